<?php
use UnifiedInbox\Download;

/** Against a real web server on loopback: what is being tested is that bytes pass through. */
final class DownloadTest extends Plugin_Test_Case {

	/** @var resource */
	private static $server;

	/** @var string */
	private static $root;

	/** @var array<string, mixed> */
	private $got;

	public static function setUpBeforeClass(): void {
		$socket = stream_socket_server( 'tcp://127.0.0.1:0' );
		$free   = stream_socket_get_name( $socket, false );
		fclose( $socket );
		$quiet        = array( 'file', '/dev/null', 'w' );
		self::$server = proc_open( array( PHP_BINARY, '-S', $free, dirname( __DIR__ ) . '/support/file_server.php' ), array( 1 => $quiet, 2 => $quiet ), $pipes );
		self::$root   = "http://$free";
		for ( $i = 0; $i < 100 && ! @stream_socket_client( "tcp://$free", $number, $words, 0.1 ); $i++ ) {
			usleep( 20000 );
		}
	}

	public static function tearDownAfterClass(): void {
		proc_terminate( self::$server );
		proc_close( self::$server );
	}

	/** @return true|WP_Error */
	private function fetch( string $path, bool $wanted = true ) {
		$this->got = array( 'status' => 0, 'headers' => array(), 'bytes' => 0, 'largest' => 0 );
		$download  = new Download(
			function ( int $status, array $headers ) use ( $wanted ): bool {
				$this->got['status']  = $status;
				$this->got['headers'] = $headers;
				return $wanted;
			},
			function ( string $piece ): void {
				$this->got['bytes']  += strlen( $piece );
				$this->got['largest'] = max( $this->got['largest'], strlen( $piece ) );
			}
		);
		return $download->run( self::$root . $path, array( 'Authorization: Bearer t' ) );
	}

	/** Runs the route's output in a process of its own, which it may fill as it likes. @return string[] Standard output and error. */
	private function serve( string $token ): array {
		$process = proc_open( array( PHP_BINARY, dirname( __DIR__ ) . '/support/serve_file.php', self::$root, $token ), array( 1 => array( 'pipe', 'w' ), 2 => array( 'pipe', 'w' ) ), $pipes );
		$printed = array( stream_get_contents( $pipes[1] ), stream_get_contents( $pipes[2] ) );
		proc_close( $process );
		return $printed;
	}

	public function test_the_route_sends_every_byte_and_holds_few(): void {
		list( $bytes, $peak ) = $this->serve( 'file.30000000' );
		$this->assertSame( 30000000, strspn( $bytes, 'x' ) );
		$this->assertLessThan( 3000000, (int) $peak );
	}

	public function test_the_route_says_in_words_that_a_link_is_too_old(): void {
		list( $json ) = $this->serve( 'gone' );
		$this->assertSame( 'file_unavailable', json_decode( $json )->code );
		$this->assertStringContainsString( 'too old', $json );
	}

	public function test_a_big_file_passes_through_in_small_pieces(): void {
		$before = memory_get_peak_usage();
		$this->assertTrue( $this->fetch( '/file.50000000' ) );
		$this->assertSame( 50000000, $this->got['bytes'] );
		$this->assertLessThan( 1000000, $this->got['largest'] );
		$this->assertLessThan( 5000000, memory_get_peak_usage() - $before );
	}

	public function test_headers_are_known_before_the_first_piece(): void {
		$this->fetch( '/file.10' );
		$this->assertSame( array( '10', 'attachment; filename="big.pdf"' ), array( $this->got['headers']['content-length'], $this->got['headers']['content-disposition'] ) );
	}

	public function test_the_request_is_signed(): void {
		$this->fetch( '/file.1' );
		$this->assertSame( 'Bearer t', $this->got['headers']['x-was-signed'] );
	}

	public function test_a_refusal_is_seen_before_anything_is_passed_on(): void {
		$this->assertTrue( $this->fetch( '/gone', false ) );
		$this->assertSame( array( 410, 0 ), array( $this->got['status'], $this->got['bytes'] ) );
	}

	public function test_an_empty_file_is_a_file(): void {
		$this->assertTrue( $this->fetch( '/empty' ) );
		$this->assertSame( array( 200, 0 ), array( $this->got['status'], $this->got['bytes'] ) );
	}

	public function test_a_transfer_that_breaks_off_is_no_success(): void {
		$this->assertSame( 'service_unreachable', $this->fetch( '/cut.5000' )->get_error_code() );
	}

	public function test_nobody_there_is_a_502(): void {
		$nowhere = new Download( '__return_true', 'strlen' );
		$this->assertSame( 502, $nowhere->run( 'http://127.0.0.1:1/x', array() )->get_error_data()['status'] );
	}

	public function test_other_protocols_are_refused(): void {
		$file = new Download( '__return_true', 'strlen' );
		$this->assertInstanceOf( WP_Error::class, $file->run( 'file:///etc/hostname', array() ) );
	}
}
