<?php
use UnifiedInbox\Routes;

final class RoutesTest extends Plugin_Test_Case {

	public function test_every_route_takes_a_capability_of_ours(): void {
		foreach ( Routes::ALLOWED as list( $method, $pattern, $capability ) ) {
			$this->assertContains( $method, array( 'GET', 'POST', 'PUT', 'PATCH', 'DELETE' ) );
			$this->assertStringStartsWith( 'unified_inbox_', $capability, $pattern );
		}
	}

	public function test_what_a_customer_or_colleague_would_notice_takes_the_right_to_reply(): void {
		$this->assertSame( 'unified_inbox_reply', Routes::capability( 'PATCH', 'tickets/7' ) );
		$this->assertSame( 'unified_inbox_reply', Routes::capability( 'POST', 'tickets/7/messages' ) );
	}

	/** @dataProvider foreign */
	public function test_anything_else_does_not_exist( string $method, string $path ): void {
		$this->assertNull( Routes::capability( $method, $path ) );
	}

	public function foreign(): array {
		return array(
			array( 'GET', 'site' ),
			array( 'POST', 'pairing/rotate' ),
			array( 'PUT', 'agents/1' ),
			array( 'GET', 'ticketsX' ),
			array( 'GET', 'xtickets' ),
			array( 'GET', 'tickets/abc' ),
			array( 'GET', "tickets/7\n" ),
			array( 'DELETE', 'tickets/7' ),
			array( 'get', 'me' ),
			array( 'GET', '' ),
		);
	}
}
