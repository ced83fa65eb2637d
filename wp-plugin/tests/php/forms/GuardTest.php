<?php
use UnifiedInbox\Forms\Guard;

final class GuardTest extends Doors_Test_Case {

	public function test_a_person_passes(): void {
		$this->assertSame( '', Guard::objection( $this->token( 'f' ), 'f', '' ) );
	}

	public function test_the_token_of_a_shown_form_is_good_once_it_is_old_enough(): void {
		// Many, as some marks look like the rest of a number.
		for ( $i = 0; $i < 300; $i++ ) {
			$token = Guard::token( "f$i" );
			$this->assertTrue( Guard::is_ours( $token, "f$i" ) );
			$this->assertStringContainsString( 'faster', Guard::objection( $token, "f$i", '' ) );
		}
	}

	/** @dataProvider tokens */
	public function test_a_token_that_is_not_ours_is_refused( string $token ): void {
		$this->assertStringContainsString( 'Nothing you typed is lost', Guard::objection( $token, 'f', '' ) );
	}

	public function tokens(): array {
		return array( array( '' ), array( '1' ), array( '1.2' ), array( time() - 60 . '.' . str_repeat( '0', 32 ) ), array( str_repeat( '9', 30 ) . '.x' ) );
	}

	public function test_a_token_of_another_form_is_refused(): void {
		$this->assertNotSame( '', Guard::objection( $this->token( 'g' ), 'f', '' ) );
	}

	public function test_a_token_of_another_user_is_refused(): void {
		$token = $this->token( 'f' );
		$this->log_in( 'subscriber' );
		$this->assertFalse( Guard::is_ours( $token, 'f' ) );
	}

	public function test_a_token_lives_for_days_and_not_for_ever(): void {
		$this->assertTrue( Guard::is_ours( $this->token( 'f', 2 * DAY_IN_SECONDS ), 'f' ) );
		$this->assertFalse( Guard::is_ours( $this->token( 'f', 4 * DAY_IN_SECONDS ), 'f' ) );
	}

	public function test_the_trap_catches(): void {
		$this->assertStringContainsString( 'press the button again', Guard::objection( $this->token( 'f' ), 'f', 'http://spam.example' ) );
	}

	public function test_the_trap_is_out_of_everybodys_way(): void {
		$this->assertMatchesRegularExpression( '/aria-hidden="true".*tabindex="-1".*autocomplete="off"/', Guard::trap_html() );
	}

	public function test_an_address_has_so_many_attempts(): void {
		$this->assertTrue( Guard::within_limit( 'x', 2 ) );
		$this->assertTrue( Guard::within_limit( 'x', 2 ) );
		$this->assertFalse( Guard::within_limit( 'x', 2 ) );
		$_SERVER['REMOTE_ADDR'] = '192.0.2.1';
		$this->assertTrue( Guard::within_limit( 'x', 2 ) );
	}

	public function test_addresses_of_visitors_are_not_written_down(): void {
		global $wpdb;
		Guard::within_limit( 'x', 2 );
		$this->assertSame( array(), $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE %s", '%' . $wpdb->esc_like( $_SERVER['REMOTE_ADDR'] ) . '%' ) ) );
	}
}
