<?php
use UnifiedInbox\Answer;
use UnifiedInbox\Problem;

final class ProblemTest extends Plugin_Test_Case {

	private function words( int $status, array $body ): string {
		return Problem::words( new Answer( $status, (object) $body ) );
	}

	/** @dataProvider codes */
	public function test_a_known_code_is_told_in_our_own_words_with_what_to_do( string $code, string $advice ): void {
		$words = $this->words( 400, array( 'code' => $code, 'detail' => 'English of the service' ) );
		$this->assertStringContainsString( $advice, $words );
		$this->assertStringNotContainsString( 'English of the service', $words );
	}

	public function codes(): array {
		return array(
			array( 'pairing_code_invalid', 'Make a new one' ),
			array( 'pairing_other_site', 'Make one for exactly the address' ),
			array( 'https_required', 'https://' ),
			array( 'site_moved', 'whether the site moved or is a copy' ),
			array( 'site_paused', 'no mail is lost' ),
			array( 'token_invalid', 'new pairing code' ),
			array( 'agent_unknown', 'give you a role' ),
		);
	}

	public function test_too_many_attempts_ask_for_patience(): void {
		$this->assertStringContainsString( 'Wait a minute', $this->words( 429, array( 'code' => 'rate_limited', 'detail' => 'x' ) ) );
	}

	public function test_a_clock_that_is_off_is_told_even_when_the_service_names_no_time(): void {
		$this->assertStringContainsString( 'at the inbox service ?', $this->words( 401, array( 'code' => 'token_expired' ) ) );
	}

	public function test_the_unknown_is_told_by_its_number(): void {
		$this->assertStringContainsString( 'error 503', $this->words( 503, array() ) );
	}

	public function test_silence_is_told_with_the_address_and_the_reason(): void {
		$error = Problem::unreachable( 'https://inbox.example.com', 'timed out' );
		$this->assertStringContainsString( 'https://inbox.example.com does not answer (timed out)', $error->get_error_message() );
		$this->assertSame( 502, $error->get_error_data()['status'] );
	}

	public function test_a_lost_secret_says_first_that_no_ticket_is_lost_and_then_what_to_do(): void {
		$words = Problem::secret_unreadable()->get_error_message();
		$this->assertLessThan( strpos( $words, 'Connect this site again' ), strpos( $words, 'Your tickets are safe' ) );
	}
}
