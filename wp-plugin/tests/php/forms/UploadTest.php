<?php
use UnifiedInbox\Forms\Upload;

final class UploadTest extends Doors_Test_Case {

	/** @return mixed */
	private function read( array $sent, int $most = 0 ) {
		return Upload::read( $sent, $most, 'is_readable' );
	}

	public function test_a_file_is_read_byte_for_byte(): void {
		$bytes = random_bytes( 5000 );
		$this->assertSame( array( array( 'name' => 'cup.png', 'type' => 'image/png', 'content' => base64_encode( $bytes ) ) ), $this->read( $this->sent_file( 'cup.png', $bytes ) ) );
	}

	public function test_a_field_that_was_left_empty_is_no_file(): void {
		$this->assertSame( array(), $this->read( array( 'name' => array( '' ), 'tmp_name' => array( '' ), 'error' => array( UPLOAD_ERR_NO_FILE ), 'size' => array( 0 ) ) ) );
		$this->assertSame( array(), $this->read( array() ) );
	}

	public function test_a_single_file_field_is_read_as_well(): void {
		$sent = array_map( 'current', $this->sent_file( 'a.txt', 'hi' ) );
		$this->assertSame( 'a.txt', $this->read( $sent )[0]['name'] );
	}

	public function test_a_path_that_was_not_sent_is_never_read(): void {
		$sent = $this->sent_file( 'a.txt', 'secret' );
		$this->assertWPErrorWith( 'did not arrive', Upload::read( $sent ) );
	}

	/** @dataProvider names */
	public function test_names_lose_folders_and_keep_their_letters( string $sent, string $read ): void {
		$this->assertSame( $read, $this->read( $this->sent_file( $sent, 'x' ) )[0]['name'] );
	}

	public function names(): array {
		return array( array( '../../a.txt', 'a.txt' ), array( 'C:\\x\\b.txt', 'b.txt' ), array( 'فاتورة 7.pdf', 'فاتورة 7.pdf' ), array( "a\x01\"b.txt", 'a b.txt' ) );
	}

	/** @dataProvider programs */
	public function test_programs_are_refused( string $name ): void {
		$this->assertWPErrorWith( 'cannot be taken', $this->read( $this->sent_file( $name, 'x' ) ) );
	}

	public function programs(): array {
		return array( array( 'a.php' ), array( 'a.html' ), array( 'a.svg' ), array( 'a.exe' ), array( 'noending' ), array( 'a.js' ) );
	}

	public function test_too_many_files_are_refused(): void {
		$one = $this->sent_file( 'a.txt', 'x' );
		$this->assertWPErrorWith( 'at most 1 file.', $this->read( array_map( static function ( array $part ): array {
			return array( $part[0], $part[0] );
		}, $one ), 1 ) );
	}

	public function test_too_much_is_refused_whoever_notices(): void {
		$sent          = $this->sent_file( 'a.txt', 'x' );
		$sent['error'] = array( UPLOAD_ERR_INI_SIZE );
		$this->assertWPErrorWith( 'at most', $this->read( $sent ) );
		$this->assertWPErrorWith( 'at most', $this->read( $this->sent_file( 'a.txt', str_repeat( 'x', Upload::BYTES + 1 ) ) ) );
	}

	/** @param mixed $error */
	private function assertWPErrorWith( string $words, $error ): void {
		$this->assertInstanceOf( WP_Error::class, $error );
		$this->assertStringContainsString( $words, $error->get_error_message() );
	}
}
