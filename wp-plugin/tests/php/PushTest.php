<?php
use UnifiedInbox\Push;

final class PushTest extends Plugin_Test_Case {

	const NOTICE = '{"message":{"data":"e30=","messageId":"7"},"subscription":"projects/p/subscriptions/s"}';

	/** @return array<string, string> */
	private function with( string $token ): array {
		return array( 'Authorization' => "Bearer $token" );
	}

	private function token(): string {
		return str_repeat( 'h', 40 ) . '.' . str_repeat( 'c', 200 ) . '.' . str_repeat( 's', 342 );
	}

	public function test_a_notice_is_handed_on_as_it_came_with_its_token(): void {
		$this->pair();
		$this->service->answers( 'POST /push/notices/gmail', 204 );
		$this->assertSame( 204, $this->rest( 'POST', 'push/gmail', array(), self::NOTICE, $this->with( $this->token() ) )->get_status() );
		list( $asked ) = $this->service->asked( 'POST /push/notices/gmail' );
		$this->assertSame( array( 'proof' => $this->token(), 'notice' => self::NOTICE ), json_decode( $asked['body'], true ) );
		$this->assertSame( 'plugin', $this->claims( $asked )['typ'] );
	}

	public function test_googles_token_is_not_the_one_that_signs_our_call(): void {
		$this->pair();
		$this->service->answers( 'POST /push/notices/gmail', 204 );
		$this->rest( 'POST', 'push/gmail', array(), self::NOTICE, $this->with( $this->token() ) );
		$this->assertStringNotContainsString( $this->token(), $this->service->requests[0]['headers']['Authorization'] );
	}

	/** @dataProvider strangers */
	public function test_what_cannot_be_a_push_never_reaches_the_service( string $authorization, string $body ): void {
		$this->pair();
		$answer = $this->rest( 'POST', 'push/gmail', array(), $body, array( 'Authorization' => $authorization ) );
		$this->assertSame( 401, $answer->get_status() );
		$this->assertSame( array(), $this->service->requests );
	}

	public function strangers(): array {
		$token = 'Bearer ' . $this->token();
		return array(
			'no token'      => array( '', self::NOTICE ),
			'a password'    => array( 'Basic YTpi', self::NOTICE ),
			'two parts'     => array( 'Bearer ' . str_repeat( 'a', 300 ) . '.' . str_repeat( 'b', 300 ), self::NOTICE ),
			'a long token'  => array( $token . str_repeat( 's', 5000 ), self::NOTICE ),
			'a second line' => array( "$token\nX: y", self::NOTICE ),
			'a large body'  => array( $token, '"' . str_repeat( 'x', Push::LARGEST ) . '"' ),
		);
	}

	public function test_a_site_that_is_not_paired_takes_no_push(): void {
		$this->assertSame( 401, $this->rest( 'POST', 'push/gmail', array(), self::NOTICE, $this->with( $this->token() ) )->get_status() );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_nothing_can_be_read_there(): void {
		$this->pair();
		$this->assertSame( 404, $this->rest( 'GET', 'push/gmail', array(), '', $this->with( $this->token() ) )->get_status() );
	}

	/** @dataProvider refusals */
	public function test_google_is_told_whether_to_send_it_again( int $theirs, int $ours ): void {
		$this->pair();
		$this->service->refuses( 'POST /push/notices/gmail', $theirs, 'push_refused' );
		$answer = $this->rest( 'POST', 'push/gmail', array(), self::NOTICE, $this->with( $this->token() ) );
		$this->assertSame( array( $ours, null ), array( $answer->get_status(), $answer->get_data() ) );
	}

	public function refusals(): array {
		return array( array( 403, 403 ), array( 503, 503 ), array( 500, 500 ) );
	}

	public function test_a_service_that_is_down_gets_the_notice_later(): void {
		$this->pair();
		$this->service->is_down( 'POST /push/notices/gmail' );
		$this->assertSame( 503, $this->rest( 'POST', 'push/gmail', array(), self::NOTICE, $this->with( $this->token() ) )->get_status() );
	}
}
