<?php
use UnifiedInbox\Portal\Private_Page;
use UnifiedInbox\Portal\Status_Page;

final class StatusPageTest extends Portal_Test_Case {

	private function page_at( string $reference, string $step = '' ): string {
		$_GET = array_filter( array( 'unified_inbox_ticket' => $reference, 'unified_inbox_step' => $step ) );
		return Status_Page::render();
	}

	public function test_a_link_shows_where_things_stand_the_conversation_and_an_answer_box(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket(), array( $this->message( array( 'from' => 'you', 'text' => "Help\n\nhttps://a.example/x" ) ), $this->message() ) );
		$html = $this->page_at( 'K7M2Q9XA' );
		$this->assertMatchesRegularExpression( '#Somebody is working.*aria-current="step">Being worked on<.*You</bdi>.*Help.*Sara.*Hello.*<textarea.*type="file"#s', $html );
		$this->assertStringContainsString( 'Broken &lt;cup&gt;', $html );
		$this->assertSame( 'grant:t', $this->claims( $this->service->requests[0] )['sub'] );
	}

	public function test_mail_is_shown_as_text_never_as_html(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket(), array( $this->message( array( 'text' => '<script>alert(1)</script> https://a.example/?q="x', 'html' => '<b style="position:fixed">x</b>', 'name' => '<i>' ) ) ) );
		$html = $this->page_at( 'K7M2Q9XA' );
		$this->assertStringNotContainsString( '<script', $html );
		$this->assertStringNotContainsString( 'position:fixed', $html );
		$this->assertStringNotContainsString( '<i>', $html );
	}

	public function test_links_in_mail_give_nothing_away(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket(), array( $this->message( array( 'text' => 'see https://a.example/x' ) ) ) );
		$this->assertMatchesRegularExpression( '#<a [^>]*noreferrer[^>]*href="https://a\.example/x"#', $this->page_at( 'K7M2Q9XA' ) );
	}

	public function test_an_address_in_mail_reads_from_the_left_in_arabic_too(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket(), array( $this->message( array( 'text' => 'انظر https://a.example/x/', 'direction' => 'rtl' ) ) ) );
		$this->assertMatchesRegularExpression( '#dir="rtl">.*<a dir="ltr" [^>]*href="https://a\.example/x/"#s', $this->page_at( 'K7M2Q9XA' ) );
	}

	/** @dataProvider steps */
	public function test_each_step_has_its_words( string $step, string $words ): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket( array( 'step' => $step ) ) );
		$html = $this->page_at( 'K7M2Q9XA' );
		$this->assertStringContainsString( $words, $html );
		$this->assertSame( 1, substr_count( $html, 'aria-current="step"' ) );
	}

	public function steps(): array {
		return array( array( 'received', 'take it up soon' ), array( 'waiting_for_you', 'need something from you' ), array( 'solved', 'is solved' ) );
	}

	public function test_a_link_that_is_revoked_shows_nothing_of_the_ticket(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->service->refuses( 'GET /portal/tickets/K7M2Q9XA', 403, 'grant_revoked' );
		$html = $this->page_at( 'K7M2Q9XA' );
		$this->assertStringContainsString( 'no longer opens', $html );
		$this->assertStringContainsString( 'type="email"', $html );
	}

	public function test_somebody_without_any_right_does_not_even_reach_the_service(): void {
		$this->assertStringContainsString( 'show that it is yours', $this->page_at( 'K7M2Q9XA' ) );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_a_service_that_is_down_is_told_as_that(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ), 's' );
		$this->service->is_down( 'GET /portal/tickets/K7M2Q9XA' )->is_down( 'GET /portal/tickets' );
		$this->assertStringContainsString( 'try again in a few minutes', $this->page_at( 'K7M2Q9XA' ) );
		$this->assertStringContainsString( 'try again in a few minutes', $this->page_at( '' ) );
	}

	public function test_the_list_leads_to_each_request(): void {
		$this->come_in( array(), 's' );
		$this->service->answers( 'GET /portal/tickets', 200, array( 'items' => array( $this->ticket() ) ) );
		$this->assertMatchesRegularExpression( '#href="[^"]*unified_inbox_ticket=K7M2Q9XA"[^>]*><bdi>Broken &lt;cup&gt;</bdi></a>.*Being worked on#s', $this->page_at( '' ) );
	}

	public function test_a_session_that_has_ended_leads_to_the_way_in(): void {
		$this->come_in( array(), 's' );
		$this->service->refuses( 'GET /portal/tickets', 401, 'session_expired' );
		$this->assertStringContainsString( 'type="email"', $this->page_at( '' ) );
	}

	public function test_a_user_sees_each_request_once_and_may_confirm_his_address(): void {
		$this->come_in( array(), 's' );
		$this->log_in( 'subscriber' );
		$this->service->answers( 'GET /portal/tickets', 200, array( 'items' => array( $this->ticket() ) ) );
		$html = $this->page_at( '' );
		$this->assertSame( 1, substr_count( $html, 'K7M2Q9XA</span>' ) );
		$this->assertStringContainsString( 'confirm once', $html );
	}

	public function test_a_long_conversation_is_read_to_its_end(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->service->answers( 'GET /portal/tickets/K7M2Q9XA', 200, $this->ticket() );
		$this->service->answers( 'GET /portal/tickets/K7M2Q9XA/messages', 200, array( 'items' => array( $this->message() ), 'next_cursor' => 'a b' ) );
		$this->service->answers( 'GET /portal/tickets/K7M2Q9XA/messages', 200, array( 'items' => array( $this->message( array( 'text' => 'The last word' ) ) ), 'next_cursor' => null ) );
		$this->assertStringContainsString( 'The last word', $this->page_at( 'K7M2Q9XA' ) );
		$this->assertStringEndsWith( '?cursor=a%20b', $this->service->requests[2]['path'] );
	}

	public function test_an_answer_with_a_file_joins_the_ticket(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket() );
		$this->service->answers( 'POST /portal/tickets/K7M2Q9XA/messages', 201, array() );
		$outcome = $this->press( 'answer', array( 'text' => "a < b\r\nc" ), 'K7M2Q9XA', array( 'unified_inbox_files' => $this->sent_file( 'a.txt', 'hi' ) ) );
		$this->assertStringContainsString( 'unified_inbox_step=answered', $outcome->address );
		$sent = $this->service->asked( 'POST /portal/tickets/K7M2Q9XA/messages' )[0];
		$body = $this->body( $sent );
		$this->assertSame( array( "a < b\nc", 'aGk=' ), array( $body['text'], $body['files'][0]['content'] ) );
		$this->assertSame( 64, strlen( $body['entry_key'] ) );
		$this->assertSame( array( 'guest', 'grant:t' ), array( $this->claims( $sent )['typ'], $this->claims( $sent )['sub'] ) );
	}

	public function test_an_answer_that_fails_stays_in_the_box(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket() );
		$this->service->is_down( 'POST /portal/tickets/K7M2Q9XA/messages' );
		$this->outcome( $this->press( 'answer', array( 'text' => 'my long answer' ), 'K7M2Q9XA' ) );
		$this->assertMatchesRegularExpression( '#role="alert".*Nothing you typed is lost.*my long answer</textarea>#s', $this->page_at( 'K7M2Q9XA' ) );
	}

	public function test_an_empty_answer_is_not_sent(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->assertSame( 'text', $this->press( 'answer', array( 'text' => " \n" ), 'K7M2Q9XA' )->field );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_somebody_without_a_right_cannot_answer_or_close(): void {
		$this->assertNotSame( '', $this->press( 'answer', array( 'text' => 'x' ), 'K7M2Q9XA' )->error );
		$this->assertNotSame( '', $this->press( 'close', array(), 'K7M2Q9XA' )->error );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_a_request_can_be_closed_and_says_so(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket( array( 'step' => 'solved' ) ) );
		$this->service->answers( 'POST /portal/tickets/K7M2Q9XA/close', 200, $this->ticket() );
		$this->assertStringContainsString( 'unified_inbox_step=closed', $this->press( 'close', array(), 'K7M2Q9XA' )->address );
		$html = $this->page_at( 'K7M2Q9XA', 'closed' );
		$this->assertStringContainsString( 'an answer opens it again', $html );
		$this->assertStringNotContainsString( 'value="close"', $html );
	}

	public function test_files_are_offered_under_our_own_address(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->show( $this->ticket(), array( $this->message( array( 'attachments' => array( array( 'name' => 'فاتورة.pdf', 'size' => 2048, 'content_type' => 'application/pdf', 'file_token' => 'f.t' ) ) ) ) ) );
		$this->assertMatchesRegularExpression( '#href="http://127\.0\.0\.1[^"]*unified_inbox_file=f\.t"><bdi>فاتورة\.pdf</bdi></a>.*2 KB#s', $this->page_at( 'K7M2Q9XA' ) );
	}

	/** @dataProvider headers */
	public function test_the_page_is_kept_out_of_caches_searches_and_referrers( string $name, string $part ): void {
		$this->assertStringContainsString( $part, Private_Page::headers()[ $name ] );
	}

	public function headers(): array {
		return array( array( 'Cache-Control', 'no-store' ), array( 'X-Robots-Tag', 'noindex' ), array( 'Referrer-Policy', 'no-referrer' ) );
	}

	public function test_the_page_marks_itself_for_robots_and_caches(): void {
		Status_Page::prepare();
		$this->assertTrue( DONOTCACHEPAGE );
		$this->assertNotFalse( has_filter( 'wp_robots', 'wp_robots_no_robots' ) );
		remove_filter( 'wp_robots', 'wp_robots_no_robots' );
	}

	public function test_other_pages_are_left_alone(): void {
		remove_filter( 'wp_robots', 'wp_robots_no_robots' );
		$this->visit_page( wp_insert_post( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Other', 'post_content' => 'x' ) ) );
		$_GET = array( 'unified_inbox_ticket' => 'K7M2Q9XA', 'grant' => 't' );
		Status_Page::prepare();
		$this->assertFalse( has_filter( 'wp_robots', 'wp_robots_no_robots' ) );
		$this->assertArrayNotHasKey( 'unified_inbox_visit', $_COOKIE );
	}
}
