<?php
use UnifiedInbox\Badge;
use UnifiedInbox\Capabilities;
use UnifiedInbox\Connection;
use UnifiedInbox\Plugin;

final class PluginTest extends Plugin_Test_Case {

	/** @dataProvider hooks */
	public function test_every_part_is_wired( string $hook, array $part ): void {
		$this->assertNotFalse( has_filter( $hook, $part ) );
	}

	public function hooks(): array {
		return array(
			array( 'rest_api_init', array( UnifiedInbox\Proxy::class, 'register_route' ) ),
			array( 'rest_api_init', array( UnifiedInbox\Files::class, 'register_route' ) ),
			array( 'rest_api_init', array( UnifiedInbox\Customer_Cards::class, 'register_route' ) ),
			array( 'rest_api_init', array( UnifiedInbox\Forms\Blocks::class, 'register_route' ) ),
			array( 'init', array( UnifiedInbox\Forms\Blocks::class, 'register' ) ),
			array( 'template_redirect', array( UnifiedInbox\Forms\Form_Page::class, 'take' ) ),
			array( 'template_redirect', array( UnifiedInbox\Portal\Status_Page::class, 'prepare' ) ),
			array( 'unified_inbox_replay_forms', array( UnifiedInbox\Forms\Delivery::class, 'replay' ) ),
			array( 'unified_inbox_fetch_forms', array( UnifiedInbox\Forms\Definitions::class, 'fetch' ) ),
			array( 'unified_inbox_report_status_page', array( UnifiedInbox\Portal\Status_Address::class, 'report' ) ),
			array( 'admin_post_unified_inbox_oauth', array( UnifiedInbox\Care\Oauth_Callback::class, 'arrive' ) ),
			array( 'admin_post_nopriv_unified_inbox_oauth', array( UnifiedInbox\Care\Oauth_Callback::class, 'arrive_logged_out' ) ),
			array( 'admin_menu', array( UnifiedInbox\Inbox_Screen::class, 'register' ) ),
			array( 'admin_menu', array( UnifiedInbox\Settings_Screen::class, 'register' ) ),
			array( 'login_redirect', array( Capabilities::class, 'send_agents_to_the_inbox' ) ),
			array( 'shutdown', array( UnifiedInbox\Agents::class, 'report_touched' ) ),
			array( 'profile_update', array( UnifiedInbox\Agents::class, 'touch' ) ),
			array( 'load_script_translation_file', array( UnifiedInbox\Languages::class, 'tagalog_script_for_filipino' ) ),
		);
	}

	public function test_switching_on_makes_the_roles_once_and_for_all(): void {
		$before = get_option( wp_roles()->role_key );
		Plugin::activate();
		$this->assertSame( $before, get_option( wp_roles()->role_key ) );
		$this->assertTrue( get_role( 'administrator' )->has_cap( Capabilities::MANAGE ) );
	}

	public function test_switching_on_again_keeps_the_number_in_the_menu(): void {
		$this->log_in( 'unified_inbox_agent' );
		update_option( Badge::OPTION, 7 );
		update_user_option( get_current_user_id(), Badge::OWN, Badge::ALL );
		Plugin::activate();
		$this->assertSame( 7, Badge::number() );
	}

	public function test_the_number_is_loaded_with_all_other_options(): void {
		$this->assertArrayHasKey( Badge::OPTION, wp_load_alloptions( true ) );
	}

	public function test_the_site_goes_by_one_address_whatever_the_request_came_by(): void {
		update_option( 'home', 'http://shop.example/' );
		$_SERVER['HTTPS'] = 'on';
		$home             = Connection::home();
		unset( $_SERVER['HTTPS'] );
		$this->assertSame( untrailingslashit( get_option( 'home' ) ), $home );
		$this->assertStringStartsWith( 'http://', $home );
	}

	public function test_the_headers_name_what_the_plugin_needs(): void {
		$headers = get_plugin_data( UNIFIED_INBOX_FILE, false, false );
		$this->assertSame( array( '6.8', '7.4', 'unified-inbox', '/languages' ), array( $headers['RequiresWP'], $headers['RequiresPHP'], $headers['TextDomain'], $headers['DomainPath'] ) );
		$this->assertSame( UNIFIED_INBOX_VERSION, $headers['Version'] );
	}
}
