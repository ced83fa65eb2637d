<?php
use UnifiedInbox\Portal\Status_Page;
use UnifiedInbox\Portal\Visit;

/** The way in by a code. */
final class AccessTest extends Portal_Test_Case {

	private function ask( string $email ): ?UnifiedInbox\Portal\Outcome {
		return $this->press( 'mail_code', array( 'email' => $email ) );
	}

	public function test_a_stranger_is_asked_for_an_address(): void {
		$html = Status_Page::render();
		$this->assertMatchesRegularExpression( '#<label for="unified-inbox-email">.*type="email" autocomplete="email"#s', $html );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_the_answer_is_the_same_whether_the_address_is_known_or_not(): void {
		$this->service->answers( 'POST /access/codes', 202, array() )->refuses( 'POST /access/codes', 422, 'unknown' );
		$seen = array();
		foreach ( array( 'known@example.test', 'other@example.test' ) as $email ) {
			$address = $this->ask( $email )->address;
			parse_str( (string) wp_parse_url( $address, PHP_URL_QUERY ), $_GET );
			$seen[] = str_replace( $email, 'E', $address . preg_replace( '/value="\d+\.[0-9a-f]+"/', '', Status_Page::render() ) );
		}
		$this->assertSame( $seen[0], $seen[1] );
		$this->assertStringContainsString( 'autocomplete="one-time-code"', $seen[0] );
	}

	public function test_something_that_is_no_address_is_told_at_the_field(): void {
		$this->outcome( $this->ask( 'lina' ) );
		$this->assertMatchesRegularExpression( '#aria-invalid="true"[^>]*value="lina"#', Status_Page::render() );
	}

	public function test_who_mistyped_the_address_finds_back_to_it(): void {
		$this->service->answers( 'POST /access/codes', 202, array() );
		$this->ask( 'lnia@example.test' );
		$_GET = array( 'unified_inbox_step' => 'code' );
		$this->assertMatchesRegularExpression( '#<a href="([^"]*)">Use another address</a>#', Status_Page::render() );
		$_GET = array();
		$this->assertStringContainsString( 'type="email"', Status_Page::render() );
	}

	public function test_the_right_code_opens_a_session(): void {
		$this->service->answers( 'POST /access/codes', 202, array() )->answers( 'POST /access/sessions', 201, array( 'token' => 'sess', 'expires_at' => 'x' ) );
		$this->ask( 'lina@example.test' );
		$outcome = $this->press( 'enter_code', array( 'code' => ' ١٢٣ 456 ' ) );
		$this->assertSame( get_permalink( $this->page ), $outcome->address );
		$this->assertSame( array( 'email' => 'lina@example.test', 'code' => '123456' ), $this->body( $this->service->asked( 'POST /access/sessions' )[0] ) );
		$this->assertSame( array( 'sess', '' ), array( Visit::current()->session, Visit::current()->email ) );
	}

	public function test_a_wrong_code_opens_nothing_and_says_what_to_do(): void {
		$this->service->refuses( 'POST /access/sessions', 403, 'code_invalid' );
		$outcome = $this->press( 'enter_code', array( 'code' => '000000' ) );
		$this->assertStringContainsString( 'ask for a new code', $outcome->error );
		$this->assertSame( '', Visit::current()->session );
	}

	public function test_a_service_that_is_down_is_not_taken_for_a_wrong_code(): void {
		$this->service->is_down( 'POST /access/sessions' )->is_down( 'POST /access/codes' );
		$this->assertStringContainsString( 'try again in a few minutes', $this->press( 'enter_code', array( 'code' => '1' ) )->error );
		$this->assertStringContainsString( 'try again in a few minutes', $this->ask( 'lina@example.test' )->error );
	}

	public function test_codes_cannot_be_tried_without_end(): void {
		$this->service->refuses( 'POST /access/sessions', 403, 'code_invalid' );
		for ( $i = 0; $i < 25; $i++ ) {
			$outcome = $this->press( 'enter_code', array( 'code' => (string) $i ) );
		}
		$this->assertCount( 20, $this->service->asked( 'POST /access/sessions' ) );
		$this->assertStringContainsString( 'Too many', $outcome->error );
	}

	public function test_nobody_is_flooded_with_codes_from_one_network(): void {
		$this->service->answers( 'POST /access/codes', 202, array() );
		for ( $i = 0; $i < 9; $i++ ) {
			$this->ask( 'lina@example.test' );
		}
		$this->assertCount( 6, $this->service->asked( 'POST /access/codes' ) );
	}

	public function test_a_user_can_confirm_his_own_address_only(): void {
		$user = $this->user( 'subscriber', array( 'user_email' => 'mine@example.test' ) );
		wp_set_current_user( $user );
		$this->service->answers( 'POST /access/codes', 202, array() )->answers( 'POST /access/verified', 204 );
		$this->press( 'mail_code', array( 'email' => 'victim@example.test' ) );
		$this->press( 'enter_code', array( 'code' => '123456' ) );
		$this->assertSame( 'mine@example.test', $this->body( $this->service->asked( 'POST /access/codes' )[0] )['email'] );
		$this->assertSame( array( 'wp_user_id' => $user, 'email' => 'mine@example.test', 'code' => '123456' ), $this->body( $this->service->asked( 'POST /access/verified' )[0] ) );
	}

	public function test_a_form_of_another_site_does_nothing(): void {
		$outcome = UnifiedInbox\Portal\Acts::perform( array( 'unified_inbox_do' => 'mail_code', 'email' => 'lina@example.test', 'unified_inbox_token' => 'x' ), array(), '' );
		$this->assertNotSame( '', $outcome->error );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_a_button_we_do_not_have_does_nothing(): void {
		$this->assertNull( $this->press( 'delete' ) );
	}
}
