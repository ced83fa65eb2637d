<?php
use UnifiedInbox\Portal\Status_Page;
use UnifiedInbox\Portal\Visit;
use UnifiedInbox\Portal\Visitor;

final class VisitTest extends Portal_Test_Case {

	private function subjects( string $reference = '' ): array {
		$visit = Visit::current();
		return array_column( '' === $reference ? Visitor::for_list( $visit ) : Visitor::for_ticket( $visit, $reference ), 'subject' );
	}

	public function test_a_followed_link_leaves_the_address_and_stays_in_the_cookie(): void {
		$this->assertTrue( Status_Page::follow_link( array( 'unified_inbox_ticket' => 'K7M2Q9XA', 'grant' => 'tok.en' ) ) );
		$this->assertSame( array( 'grant:tok.en' ), $this->subjects( 'K7M2Q9XA' ) );
		$this->assertStringNotContainsString( 'tok.en', Status_Page::ticket_url( 'K7M2Q9XA' ) );
	}

	public function test_a_link_opens_its_own_ticket_only(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ) );
		$this->assertSame( array(), $this->subjects( 'AAAAAAAA' ) );
		$this->assertSame( array(), $this->subjects() );
	}

	public function test_a_code_opens_the_list(): void {
		$this->come_in( array(), 's' );
		$this->assertSame( array( 'session:s' ), $this->subjects() );
	}

	public function test_the_narrowest_right_is_tried_first(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ), 's' );
		$user = $this->log_in( 'subscriber' );
		$this->assertSame( array( 'grant:t', 'session:s', (string) $user ), $this->subjects( 'K7M2Q9XA' ) );
	}

	public function test_a_user_is_always_sent_with_the_address_he_has_today(): void {
		$user = $this->log_in( 'subscriber' );
		wp_update_user( array( 'ID' => $user, 'user_email' => 'new@example.test' ) );
		wp_set_current_user( 0 );
		wp_set_current_user( $user );
		$this->service->answers( 'GET /portal/tickets', 200, array( 'items' => array() ) );
		UnifiedInbox\Portal\Portal_Client::tickets( Visitor::for_list( new Visit() )[0] );
		$claims = $this->claims( $this->service->requests[0] );
		$this->assertSame( array( 'customer', (string) $user, 'new@example.test' ), array( $claims['typ'], $claims['sub'], $claims['email'] ) );
	}

	public function test_an_altered_cookie_is_none(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ), 's' );
		$_COOKIE[ Visit::COOKIE ] = strrev( $_COOKIE[ Visit::COOKIE ] );
		$this->assertSame( array(), $this->subjects( 'K7M2Q9XA' ) );
		$_COOKIE[ Visit::COOKIE ] = array( 'x' );
		$this->assertSame( array(), $this->subjects() );
	}

	public function test_the_cookie_tells_nothing(): void {
		$this->come_in( array( 'K7M2Q9XA' => 'tok.en' ), 'sess' );
		$this->assertStringNotContainsString( 'tok', base64_decode( $_COOKIE[ Visit::COOKIE ] ) . $_COOKIE[ Visit::COOKIE ] );
	}

	public function test_only_so_many_links_are_remembered(): void {
		$visit = new Visit();
		for ( $i = 0; $i < 15; $i++ ) {
			$visit->remember_link( "R$i", 't' );
		}
		$this->assertSame( array( 'R5', 'R14' ), array( array_key_first( $visit->links ), array_key_last( $visit->links ) ) );
	}

	public function test_leaving_forgets_everything(): void {
		$this->come_in( array( 'K7M2Q9XA' => 't' ), 's' );
		$this->assertSame( get_permalink( $this->page ), $this->press( 'leave' )->address );
		$this->assertSame( array(), $this->subjects( 'K7M2Q9XA' ) );
	}
}
