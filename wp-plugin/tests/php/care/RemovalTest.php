<?php
use UnifiedInbox\Care\Pages;
use UnifiedInbox\Care\Removal;
use UnifiedInbox\Forms\Delivery;
use UnifiedInbox\Forms\Entry;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Pairing;
use UnifiedInbox\Portal\Status_Address;
use UnifiedInbox\Settings_Screen;

final class RemovalTest extends Doors_Test_Case {

	/** @return string[] Rows of ours. */
	private function rows(): array {
		global $wpdb;
		return $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%unified\\_inbox%' OR ( option_name = 'cron' AND option_value LIKE '%unified_inbox%' )" );
	}

	private function use_everything(): string {
		$this->service->answers( 'PUT /site', 200, array() );
		Delivery::send( Entry::make( '5', array(), array(), 't', '' ) );
		Pages::make();
		UnifiedInbox\Forms\Guard::within_limit( 'x', 1 );
		return dirname( Queue::files()[0] );
	}

	public function test_what_the_owner_wants_gone_is_gone(): void {
		$folder = $this->use_everything();
		Removal::decide( true );
		Removal::uninstall();
		$left = $this->rows();
		UnifiedInbox\Capabilities::install();
		$this->assertSame( array(), $left );
		$this->assertDirectoryDoesNotExist( $folder );
	}

	public function test_without_his_word_only_the_timers_go(): void {
		$this->use_everything();
		Removal::uninstall();
		$this->assertTrue( Pairing::is_paired() );
		$this->assertCount( 1, Queue::files() );
		$this->assertStringNotContainsString( 'unified_inbox', (string) wp_json_encode( _get_cron_array() ) );
	}

	public function test_switching_on_again_sends_what_still_waits(): void {
		$this->use_everything();
		UnifiedInbox\Plugin::deactivate();
		$this->assertFalse( wp_next_scheduled( Delivery::TIMER ) );
		UnifiedInbox\Plugin::activate();
		$this->assertNotFalse( wp_next_scheduled( Delivery::TIMER ) );
	}

	/** @dataProvider answers */
	public function test_the_settings_ask( array $fields, bool $all ): void {
		$this->log_in( 'administrator' );
		$_POST    = $fields + array( 'unified_inbox_action' => 'removal', '_wpnonce' => wp_create_nonce( Settings_Screen::NONCE ) );
		$_REQUEST = $_POST;
		$this->assertTrue( Settings_Screen::handle() );
		$this->assertSame( $all, (bool) get_option( Removal::OPTION ) );
		$this->assertSame( $all ? 1 : 0, substr_count( $this->printed( array( Removal::class, 'render' ) ), "checked='checked'" ) );
	}

	public function answers(): array {
		return array( array( array( 'remove_all' => '1' ), true ), array( array(), false ) );
	}

	public function test_both_pages_are_made_with_one_press_and_one_becomes_the_status_page(): void {
		$this->service->answers( 'PUT /site', 200, array() );
		$this->assertStringContainsString( 'value="make_pages"', $this->printed( array( Pages::class, 'render' ) ) );
		$this->assertTrue( Pages::make() );
		$this->assertNotSame( '', Status_Address::get() );
		$html = $this->printed( array( Pages::class, 'render' ) );
		$this->assertStringContainsString( esc_url( Status_Address::get() ), $html );
		$this->assertStringNotContainsString( 'make_pages', $html );
	}

	public function test_forms_that_wait_are_told_on_our_page(): void {
		$this->use_everything();
		$this->log_in( 'administrator' );
		$this->service->answers( 'GET /site', 200, array( 'mailboxes' => array() ) );
		$this->assertStringContainsString( '1 form waits', $this->printed( array( Settings_Screen::class, 'render' ) ) );
	}
}
