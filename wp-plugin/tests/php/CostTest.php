<?php
/** Draws whole pages with and without the plugin, each in a process of its own. */
final class CostTest extends PHPUnit\Framework\TestCase {

	/** @var bool */
	protected $backupGlobals = false;

	/** @return array<string, mixed> */
	private function draw( string $uri, string $how, int $user ): array {
		$process = proc_open( array( PHP_BINARY, '-d', 'memory_limit=256M', dirname( __DIR__ ) . '/support/cost.php', $uri, $how, (string) $user ), array( 1 => array( 'pipe', 'w' ), 2 => array( 'file', '/dev/null', 'w' ) ), $pipes );
		$printed = json_decode( (string) stream_get_contents( $pipes[1] ), true );
		proc_close( $process );
		$this->assertIsArray( $printed );
		$this->assertTrue( $printed['whole'], "$uri was not drawn to its end: {$printed['end']}" );
		return $printed;
	}

	/** @dataProvider pages */
	public function test_other_pages_take_no_query_and_no_file_more( string $uri, bool $admin ): void {
		$user = $admin ? (int) get_users( array( 'role' => 'administrator', 'fields' => 'ID', 'number' => 1 ) )[0] : 0;
		// The first drawing fills caches that both share.
		$this->draw( $uri, 'without', $user );
		$with    = $this->draw( $uri, 'with', $user );
		$without = $this->draw( $uri, 'without', $user );
		$this->assertSame( $without['queries'], $with['queries'] );
		$this->assertSame( array( $without['assets'], 0 ), array( $with['assets'], $with['ours'] ) );
		if ( ! $admin ) {
			$this->assertSame( $without['bytes'], $with['bytes'] );
		}
	}

	public function pages(): array {
		return array(
			'home'      => array( '/', false ),
			'search'    => array( '/?s=tea', false ),
			'missing'   => array( '/nothing-here/', false ),
			'posts'     => array( '/wp-admin/edit.php', true ),
			'profile'   => array( '/wp-admin/profile.php', true ),
			'dashboard' => array( '/wp-admin/index.php', true ),
		);
	}
}
