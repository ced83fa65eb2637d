<?php
use UnifiedInbox\Secret_Box;

final class SecretBoxTest extends Plugin_Test_Case {

	public function test_what_was_sealed_can_be_opened(): void {
		$this->assertSame( 'secret', Secret_Box::open( Secret_Box::seal( 'secret', '1|7' ), '1|7' ) );
	}

	public function test_the_sealed_text_shows_nothing_and_differs_every_time(): void {
		$sealed = Secret_Box::seal( 'secret', '1|7' );
		$this->assertStringNotContainsString( 'secret', base64_decode( $sealed ) );
		$this->assertNotSame( $sealed, Secret_Box::seal( 'secret', '1|7' ) );
	}

	public function test_another_context_opens_nothing(): void {
		$this->assertNull( Secret_Box::open( Secret_Box::seal( 'secret', '1|7' ), '2|7' ) );
	}

	public function test_changed_salts_open_nothing(): void {
		$sealed = Secret_Box::seal( 'secret', '1|7' );
		add_filter( 'salt', '__return_empty_string' );
		$opened = Secret_Box::open( $sealed, '1|7' );
		remove_filter( 'salt', '__return_empty_string' );
		$this->assertNull( $opened );
	}

	/** @dataProvider damaged */
	public function test_damaged_text_opens_nothing( string $sealed ): void {
		$this->assertNull( Secret_Box::open( $sealed, '1|7' ) );
	}

	public function damaged(): array {
		return array( 'empty' => array( '' ), 'no base64' => array( '%%%' ), 'too short' => array( 'YWJj' ), 'noise' => array( base64_encode( str_repeat( 'x', 80 ) ) ) );
	}
}
