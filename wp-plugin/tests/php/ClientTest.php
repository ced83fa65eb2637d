<?php
use UnifiedInbox\Actor;
use UnifiedInbox\Client;

final class ClientTest extends Plugin_Test_Case {

	public function test_a_call_is_signed_for_the_path_that_is_sent(): void {
		$this->pair();
		$this->service->answers( 'GET /tickets', 200, array( 'items' => array() ) );
		Client::call( Actor::agent( 5 ), 'GET', '/tickets?status=open' );
		$sent = $this->service->requests[0];
		$this->assertSame( self::SERVICE . $this->claims( $sent )['path'], $sent['url'] );
	}

	public function test_a_call_waits_ten_seconds_and_follows_no_redirect(): void {
		$this->pair();
		$this->service->answers( 'GET /me', 200, array() );
		Client::call( Actor::plugin(), 'GET', '/me' );
		$this->assertSame( array( 10, 0 ), array( $this->service->requests[0]['timeout'], $this->service->requests[0]['redirection'] ) );
	}

	public function test_an_unpaired_site_calls_nobody(): void {
		$this->assertSame( 'not_paired', Client::call( Actor::plugin(), 'GET', '/me' )->get_error_code() );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_a_refused_call_of_the_plugin_is_an_error_in_words(): void {
		$this->pair();
		$this->service->refuses( 'GET /site', 409, 'site_moved' );
		$error = Client::call_as_plugin( 'GET', '/site' );
		$this->assertSame( 'site_moved', $error->get_error_code() );
		$this->assertStringContainsString( 'copy', $error->get_error_message() );
	}

	public function test_clocks_that_disagree_are_shown_side_by_side(): void {
		$this->pair();
		$this->service->refuses( 'GET /site', 401, 'token_expired', array( 'server_time' => '2031-05-06T07:08:09.000Z' ) );
		$words = Client::call_as_plugin( 'GET', '/site' )->get_error_message();
		$this->assertStringContainsString( '2031-05-06 07:08:09', $words );
		$this->assertStringContainsString( gmdate( 'Y-m-d H:' ), $words );
	}

	public function test_an_answer_without_sense_still_says_what_to_do(): void {
		$this->pair();
		$this->service->answers( 'GET /site', 500, '<html>' );
		$this->assertStringContainsString( '500', Client::call_as_plugin( 'GET', '/site' )->get_error_message() );
	}

	public function test_words_of_the_service_are_used_when_we_have_none_of_our_own(): void {
		$this->pair();
		$this->service->refuses( 'GET /site', 422, 'odd', array( 'detail' => 'Do this.' ) );
		$this->assertSame( 'Do this.', Client::call_as_plugin( 'GET', '/site' )->get_error_message() );
	}

	public function test_no_error_carries_the_secret_or_a_token(): void {
		$this->pair();
		$this->service->is_down( 'GET /site' );
		$error = serialize( Client::call_as_plugin( 'GET', '/site' ) );
		$this->assertStringNotContainsString( self::SECRET, $error );
		$this->assertStringNotContainsString( 'Bearer', $error );
	}
}
