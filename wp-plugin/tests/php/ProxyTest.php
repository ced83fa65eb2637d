<?php
final class ProxyTest extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->pair();
	}

	public function test_an_agents_question_comes_back_answered(): void {
		$agent = $this->log_in( 'unified_inbox_agent' );
		$this->service->answers( 'GET /tickets', 200, array( 'items' => array( array( 'number' => 4 ) ), 'next_cursor' => null ) );
		$response = $this->rest( 'GET', 'api/tickets' );
		$this->assertSame( 4, $response->get_data()->items[0]->number );
		$claims = $this->claims( $this->service->requests[0] );
		$this->assertSame( array( 'agent', (string) $agent ), array( $claims['typ'], $claims['sub'] ) );
	}

	public function test_the_query_goes_along_without_what_is_meant_for_wordpress(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->service->answers( 'GET /customers', 200, array() );
		$this->rest( 'GET', 'api/customers', array( 'query' => 'سارة & co', '_locale' => 'user', 'rest_route' => '/x', '_wpnonce' => 'n' ) );
		$this->assertSame( '/customers?query=' . rawurlencode( 'سارة & co' ), $this->service->requests[0]['path'] );
	}

	public function test_what_is_signed_is_what_arrives(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->service->answers( 'GET /customers', 200, array() );
		$this->rest( 'GET', 'api/customers', array( 'query' => "a+b~c'(d)*%/é" ) );
		$sent = $this->service->requests[0];
		$this->assertSame( $this->claims( $sent )['path'], '/api/v1' . $sent['path'] );
		// Requests tidies addresses before they leave; ours has to be tidy already, or the signature would not fit.
		$this->assertSame( $sent['url'], ( new WpOrg\Requests\Iri( $sent['url'] ) )->uri );
	}

	public function test_a_change_carries_its_body_and_its_conditions_untouched(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->service->answers( 'POST /tickets/7/messages', 201, array( 'id' => '12' ) );
		$body = '{"kind":"reply","text":"مرحبا \u0041"}';
		$this->rest( 'POST', 'api/tickets/7/messages', array(), $body, array( 'If-Match' => '"3"', 'Idempotency-Key' => 'k-1', 'X-Other' => 'no' ) );
		$sent = $this->service->requests[0];
		$this->assertSame( $body, $sent['body'] );
		$this->assertSame( hash( 'sha256', $body ), $this->claims( $sent )['body_sha256'] );
		$this->assertSame( array( '"3"', 'k-1' ), array( $sent['headers']['If-Match'], $sent['headers']['Idempotency-Key'] ) );
		$this->assertArrayNotHasKey( 'X-Other', $sent['headers'] );
	}

	public function test_the_version_of_a_ticket_comes_back(): void {
		$this->log_in( 'unified_inbox_viewer' );
		$this->service->answers( 'GET /tickets/7', 200, array( 'number' => 7 ), array( 'etag' => '"5"' ) );
		$this->assertSame( '"5"', $this->rest( 'GET', 'api/tickets/7' )->get_headers()['ETag'] );
	}

	public function test_a_refusal_keeps_its_status_and_everything_it_says(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->service->refuses( 'PATCH /tickets/7', 412, 'stale', array( 'ticket' => array( 'version' => 9 ) ) );
		$response = $this->rest( 'PATCH', 'api/tickets/7', array(), '{"status":"solved"}' );
		$this->assertSame( array( 412, 'stale', 9 ), array( $response->get_status(), $response->get_data()->code, $response->get_data()->ticket->version ) );
	}

	public function test_an_empty_object_stays_an_object(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->service->answers( 'GET /events', 200, '{"items":[{"data":{}}]}' );
		$this->assertSame( '{"items":[{"data":{}}]}', wp_json_encode( $this->rest( 'GET', 'api/events' )->get_data() ) );
	}

	public function test_a_service_that_is_down_is_a_502_with_words_in_both_shapes(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->service->is_down( 'GET /inboxes' );
		$response = $this->rest( 'GET', 'api/inboxes' );
		$data     = $response->get_data();
		$this->assertSame( array( 502, 'service_unreachable', 502 ), array( $response->get_status(), $data['code'], $data['status'] ) );
		$this->assertSame( $data['detail'], $data['message'] );
	}

	public function test_an_agent_the_service_does_not_know_is_introduced_and_asks_again(): void {
		$agent = $this->log_in( 'unified_inbox_agent' );
		$this->service->refuses( 'GET /me', 403, 'agent_unknown' )->answers( 'GET /me', 200, array( 'id' => '9' ) );
		$this->service->answers( "PUT /agents/$agent", 200, array() );
		$this->assertSame( 200, $this->rest( 'GET', 'api/me' )->get_status() );
		list( $first, $second ) = $this->service->asked( 'GET /me' );
		$this->assertNotSame( $this->claims( $first )['jti'], $this->claims( $second )['jti'] );
	}

	public function test_an_agent_who_stays_unknown_is_told_after_one_try(): void {
		$agent = $this->log_in( 'unified_inbox_agent' );
		$this->service->refuses( 'GET /me', 403, 'agent_unknown' );
		$this->service->answers( "PUT /agents/$agent", 200, array() );
		$this->assertSame( 403, $this->rest( 'GET', 'api/me' )->get_status() );
		$this->assertCount( 2, $this->service->asked( 'GET /me' ) );
	}

	/** @dataProvider trespasses */
	public function test_who_may_not_is_stopped_before_anything_is_sent( string $role, string $method, string $path, int $status ): void {
		if ( '' !== $role ) {
			$this->log_in( $role );
		}
		$this->assertSame( $status, $this->rest( $method, "api/$path" )->get_status() );
		$this->assertSame( array(), $this->service->asked( "$method /$path" ) );
	}

	public function trespasses(): array {
		return array(
			'a guest'                    => array( '', 'GET', 'tickets', 401 ),
			'a customer'                 => array( 'subscriber', 'GET', 'tickets', 403 ),
			'an author'                  => array( 'author', 'GET', 'tickets', 403 ),
			'a viewer who replies'       => array( 'unified_inbox_viewer', 'POST', 'tickets/7/messages', 403 ),
			'a viewer who changes'       => array( 'unified_inbox_viewer', 'PATCH', 'tickets/7', 403 ),
			'an agent at the mailboxes'  => array( 'unified_inbox_agent', 'GET', 'mailboxes', 403 ),
			'the plugin\'s own routes'   => array( 'administrator', 'PUT', 'agents', 404 ),
			'pairing'                    => array( 'administrator', 'POST', 'pairing', 404 ),
			'files, which have a route'  => array( 'administrator', 'GET', 'files/abc', 404 ),
			'a way out of the API'       => array( 'administrator', 'GET', 'tickets/../../metrics', 404 ),
			'an encoded way out'         => array( 'administrator', 'GET', 'tickets/%2e%2e/metrics', 404 ),
			'a query in the path'        => array( 'administrator', 'GET', 'tickets/7?x=1', 404 ),
			'a method nobody offers'     => array( 'administrator', 'PUT', 'tickets/7', 404 ),
		);
	}

	public function test_somebody_who_only_reads_still_hears_news_and_marks_as_seen(): void {
		$this->log_in( 'unified_inbox_viewer' );
		$this->service->answers( 'POST /live', 200, array( 'seq' => 1 ) )->answers( 'PUT /tickets/7/seen', 204 );
		$this->assertSame( 200, $this->rest( 'POST', 'api/live', array(), '{"after":0}' )->get_status() );
		$this->assertSame( 204, $this->rest( 'PUT', 'api/tickets/7/seen', array(), '{"message_id":"1"}' )->get_status() );
	}

	public function test_a_login_cookie_without_the_nonce_is_nobody(): void {
		$this->log_in( 'unified_inbox_agent' );
		$GLOBALS['wp_rest_auth_cookie'] = true;
		rest_cookie_check_errors( null );
		$this->assertSame( 401, $this->rest( 'GET', 'api/tickets' )->get_status() );
	}

	public function test_an_unpaired_site_says_so(): void {
		$this->log_in( 'unified_inbox_agent' );
		delete_option( UnifiedInbox\Pairing::OPTION );
		$this->assertSame( 'not_paired', $this->rest( 'GET', 'api/me' )->get_data()['code'] );
	}

	public function test_nothing_that_goes_to_the_browser_holds_a_token_or_the_secret(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->service->answers( 'GET /me', 200, array( 'id' => '9' ) );
		$shown = serialize( $this->rest( 'GET', 'api/me' ) );
		$this->assertStringNotContainsString( self::SECRET, $shown );
		$this->assertStringNotContainsString( 'Bearer', $shown );
	}
}
