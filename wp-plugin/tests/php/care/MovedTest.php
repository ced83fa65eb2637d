<?php
use UnifiedInbox\Care\Moved;
use UnifiedInbox\Pairing;
use UnifiedInbox\Settings_Screen;

final class MovedTest extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->pair();
		$this->log_in( 'administrator' );
	}

	public function test_a_site_with_another_address_is_asked_which_it_is_and_shown_nothing_else(): void {
		$this->service->refuses( 'GET /site', 409, 'site_moved' );
		$html = $this->printed( array( Settings_Screen::class, 'render' ) );
		$this->assertMatchesRegularExpression( '#value="moved".*It moved.*value="copy".*It is a copy#s', $html );
		$this->assertStringNotContainsString( 'id="unified-inbox-settings"', $html );
	}

	public function test_a_site_that_moved_keeps_its_connection(): void {
		$this->service->answers( 'POST /site/moved', 200, array() );
		$this->assertTrue( Moved::choose( 'moved' ) );
		$this->assertTrue( Pairing::is_paired() );
		$sent = $this->service->asked( 'POST /site/moved' )[0];
		$this->assertSame( array( '{"choice":"moved"}', 'plugin' ), array( $sent['body'], $this->claims( $sent )['typ'] ) );
	}

	public function test_a_copy_is_disconnected(): void {
		$this->service->answers( 'POST /site/moved', 200, array() );
		$this->assertTrue( Moved::choose( 'copy' ) );
		$this->assertFalse( Pairing::is_paired() );
	}

	public function test_a_choice_the_service_did_not_hear_changes_nothing(): void {
		$this->service->is_down( 'POST /site/moved' );
		$this->assertInstanceOf( WP_Error::class, Moved::choose( 'copy' ) );
		$this->assertTrue( Pairing::is_paired() );
	}

	public function test_the_buttons_do_what_they_say(): void {
		$this->service->answers( 'POST /site/moved', 200, array() );
		$_POST    = array( 'unified_inbox_action' => 'copy', '_wpnonce' => wp_create_nonce( Settings_Screen::NONCE ) );
		$_REQUEST = $_POST;
		$this->assertTrue( Settings_Screen::handle() );
		$this->assertFalse( Pairing::is_paired() );
	}
}
