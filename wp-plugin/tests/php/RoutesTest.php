<?php
use UnifiedInbox\Routes;

final class RoutesTest extends Plugin_Test_Case {

	public function test_every_route_takes_a_capability_of_ours(): void {
		foreach ( Routes::ALLOWED as list( $method, $pattern, $capability ) ) {
			$this->assertContains( $method, array( 'GET', 'POST', 'PUT', 'PATCH', 'DELETE' ) );
			$this->assertStringStartsWith( 'unified_inbox_', $capability, $pattern );
		}
	}

	public function test_whoever_sees_tickets_may_search_them(): void {
		$this->assertSame( 'unified_inbox_view', Routes::capability( 'GET', 'search' ) );
		$this->assertNull( Routes::capability( 'POST', 'search' ) );
	}

	public function test_whoever_sees_tickets_reads_saved_views_and_leaves_tickets_unread(): void {
		$this->assertSame( 'unified_inbox_view', Routes::capability( 'GET', 'saved-views' ) );
		$this->assertSame( 'unified_inbox_view', Routes::capability( 'DELETE', 'tickets/7/seen' ) );
		foreach ( array( 'POST saved-views', 'PATCH saved-views/7', 'DELETE saved-views/7', 'PUT saved-views/order' ) as $request ) {
			$this->assertSame( 'unified_inbox_reply', Routes::capability( ...explode( ' ', $request ) ) );
		}
	}

	public function test_whoever_may_reply_keeps_and_uses_saved_replies_and_mentions_colleagues(): void {
		$requests = array( 'GET saved-replies', 'GET saved-replies/variables', 'GET saved-replies/7', 'POST saved-replies', 'PATCH saved-replies/7', 'DELETE saved-replies/7', 'DELETE saved-replies/7/removal' );
		$requests = array( ...$requests, 'GET tickets/7/saved-replies', 'POST tickets/7/saved-replies/9/uses', 'GET tickets/7/mentionable' );
		foreach ( $requests as $request ) {
			$this->assertSame( 'unified_inbox_reply', Routes::capability( ...explode( ' ', $request ) ), $request );
		}
	}

	public function test_what_a_customer_or_colleague_would_notice_takes_the_right_to_reply(): void {
		$this->assertSame( 'unified_inbox_reply', Routes::capability( 'PATCH', 'tickets/7' ) );
		$this->assertSame( 'unified_inbox_reply', Routes::capability( 'POST', 'tickets/7/messages' ) );
		$this->assertSame( 'unified_inbox_reply', Routes::capability( 'PUT', 'tickets/7/messages/9/sender/pictures' ) );
		$this->assertSame( 'unified_inbox_reply', Routes::capability( 'DELETE', 'tickets/7/messages/9/sender/pictures' ) );
	}

	/** @dataProvider drafts */
	public function test_drafts_and_what_goes_with_them_are_for_those_who_may_reply( string $method, string $path ): void {
		$this->assertSame( 'unified_inbox_reply', Routes::capability( $method, $path ) );
	}

	public function drafts(): array {
		return array(
			array( 'GET', 'tickets/7/drafts' ),
			array( 'PUT', 'tickets/7/drafts/reply' ),
			array( 'PUT', 'tickets/7/drafts/note' ),
			array( 'DELETE', 'tickets/7/drafts/note/other' ),
			array( 'GET', 'tickets/7/addressing' ),
			array( 'POST', 'tickets/7/uploads' ),
			array( 'PUT', 'uploads/7/content' ),
			array( 'DELETE', 'uploads/7' ),
			array( 'PUT', 'me/signature' ),
			array( 'PUT', 'tickets/7/snooze' ),
			array( 'DELETE', 'tickets/7/snooze' ),
			array( 'PUT', 'tickets/7/merge' ),
			array( 'PUT', 'tickets/7/spam' ),
			array( 'DELETE', 'tickets/7/following' ),
			array( 'POST', 'blocked-senders' ),
			array( 'DELETE', 'blocked-senders/7' ),
			array( 'DELETE', 'tickets/7/merge' ),
			array( 'POST', 'tickets' ),
			array( 'POST', 'tickets/7/split' ),
			array( 'PUT', 'tickets/7/customer' ),
			array( 'POST', 'bulk' ),
			array( 'GET', 'bulk/7' ),
			array( 'DELETE', 'bulk/7' ),
			array( 'GET', 'trash' ),
		);
	}

	/** @dataProvider settings */
	public function test_settings_take_the_right_to_manage_and_routing_that_of_a_lead( string $method, string $path, string $capability ): void {
		$this->assertSame( $capability, Routes::capability( $method, $path ) );
	}

	public function settings(): array {
		return array(
			array( 'POST', 'oauth/flows', 'unified_inbox_manage' ),
			array( 'GET', 'oauth/flows/7', 'unified_inbox_manage' ),
			array( 'GET', 'acknowledgements', 'unified_inbox_manage' ),
			array( 'GET', 'sending', 'unified_inbox_view' ),
			array( 'GET', 'sending/unsent', 'unified_inbox_view' ),
			array( 'PUT', 'sending/mailboxes/7', 'unified_inbox_manage' ),
			array( 'GET', 'suppressed-addresses', 'unified_inbox_reply' ),
			array( 'PUT', 'inboxes/7/acknowledgement', 'unified_inbox_manage' ),
			array( 'PUT', 'inboxes/7/signature', 'unified_inbox_manage' ),
			array( 'PUT', 'me/notices', 'unified_inbox_reply' ),
			array( 'DELETE', 'mailboxes/7', 'unified_inbox_manage' ),
			array( 'POST', 'mailboxes/7/check', 'unified_inbox_manage' ),
			array( 'PATCH', 'forms/7', 'unified_inbox_manage' ),
			array( 'DELETE', 'tickets/7', 'unified_inbox_manage' ),
			array( 'GET', 'tickets/7/contents', 'unified_inbox_manage' ),
			array( 'PUT', 'trash', 'unified_inbox_manage' ),
			array( 'POST', 'teams', 'unified_inbox_manage' ),
			array( 'PATCH', 'teams/7', 'unified_inbox_manage' ),
			array( 'DELETE', 'teams/7', 'unified_inbox_manage' ),
			array( 'GET', 'teams/7/uses', 'unified_inbox_manage' ),
			array( 'POST', 'forms', 'unified_inbox_manage' ),
			array( 'PUT', 'routing/order', 'unified_inbox_lead' ),
			array( 'POST', 'routing/dry-run', 'unified_inbox_lead' ),
		);
	}

	/** @dataProvider pages_of_leads */
	public function test_a_lead_reaches_all_that_the_routing_page_shows_and_changes( string $method, string $path ): void {
		$this->log_in( 'unified_inbox_lead' );
		$this->assertTrue( current_user_can( (string) Routes::capability( $method, $path ) ) );
	}

	public function pages_of_leads(): array {
		return array(
			array( 'GET', 'routing/rules' ),
			array( 'POST', 'routing/rules' ),
			array( 'PATCH', 'routing/rules/7' ),
			array( 'DELETE', 'routing/rules/7' ),
			array( 'PUT', 'routing/order' ),
			array( 'POST', 'routing/dry-run' ),
			array( 'GET', 'forms' ),
			array( 'GET', 'inboxes' ),
			array( 'GET', 'teams' ),
			array( 'GET', 'agents' ),
			array( 'GET', 'tags' ),
		);
	}

	public function test_a_lead_changes_nothing_else_of_the_settings(): void {
		$this->log_in( 'unified_inbox_lead' );
		foreach ( Routes::ALLOWED as list( $method, $pattern, $capability ) ) {
			$is_setting = preg_match( '#^(mailboxes|oauth|push|forms|teams)#', $pattern ) && 'GET' !== $method;
			$this->assertFalse( $is_setting && current_user_can( $capability ), "$method $pattern" );
		}
	}

	/** @dataProvider foreign */
	public function test_anything_else_does_not_exist( string $method, string $path ): void {
		$this->assertNull( Routes::capability( $method, $path ) );
	}

	public function foreign(): array {
		return array(
			array( 'GET', 'site' ),
			array( 'POST', 'pairing/rotate' ),
			array( 'POST', 'oauth/callback' ),
			array( 'POST', 'forms/7/entries' ),
			array( 'POST', 'access/codes' ),
			array( 'POST', 'access/verified' ),
			array( 'GET', 'portal/tickets' ),
			array( 'POST', 'site/moved' ),
			array( 'PUT', 'agents/1' ),
			array( 'GET', 'ticketsX' ),
			array( 'GET', 'xtickets' ),
			array( 'GET', 'tickets/abc' ),
			array( 'GET', "tickets/7\n" ),
			array( 'PUT', 'tickets/7' ),
			array( 'get', 'me' ),
			array( 'GET', '' ),
		);
	}
}
