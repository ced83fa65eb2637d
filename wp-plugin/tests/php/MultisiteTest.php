<?php
/** A network of two sites, made for this test: each is paired by itself, and nothing of one is seen in the other. */
final class MultisiteTest extends PHPUnit\Framework\TestCase {

	/** @var bool */
	protected $backupGlobals = false;

	/** @var array<string, mixed> */
	private static $facts = array();

	/** @var string */
	private static $prefix = '';

	public static function setUpBeforeClass(): void {
		self::$prefix = 'net' . getmypid() . '_';
		self::run_step( 'install' );
		foreach ( explode( "\n", trim( self::run_step( 'use' ) ) ) as $line ) {
			list( $name, $value )  = (array) json_decode( $line, true ) + array( '', null );
			self::$facts[ $name ] = $value;
		}
	}

	public static function tearDownAfterClass(): void {
		global $wpdb;
		foreach ( $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( self::$prefix ) . '%' ) ) as $table ) {
			$wpdb->query( "DROP TABLE `$table`" );
		}
	}

	private static function run_step( string $step ): string {
		$process = proc_open( array( PHP_BINARY, '-d', 'memory_limit=256M', dirname( __DIR__ ) . '/support/network.php', $step, self::$prefix ), array( 1 => array( 'pipe', 'w' ), 2 => array( 'file', '/dev/null', 'w' ) ), $pipes );
		$printed = (string) stream_get_contents( $pipes[1] );
		proc_close( $process );
		return $printed;
	}

	/** @dataProvider facts */
	public function test_each_site_of_a_network_stands_for_itself( string $name, $value ): void {
		$this->assertArrayHasKey( $name, self::$facts, 'the network was made' );
		$this->assertSame( $value, self::$facts[ $name ] );
	}

	public function facts(): array {
		$facts = array(
			'multisite'                                => true,
			'second site'                              => 2,
			'roles'                                    => array( true, true ),
			'second is paired with the first'          => false,
			'homes'                                    => array( 'http://network.test', 'http://network.test/two' ),
			'secrets'                                  => array( 'one', 'two' ),
			'a secret moved to another site opens'     => 'secret_unreadable',
			'waiting'                                  => array( 0, 1 ),
			'left after removal'                       => array( true, array() ),
		);
		return array_map( static function ( string $name ) use ( $facts ): array {
			return array( $name, $facts[ $name ] );
		}, array_combine( array_keys( $facts ), array_keys( $facts ) ) );
	}
}
