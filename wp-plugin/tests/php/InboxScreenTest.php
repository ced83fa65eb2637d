<?php
use UnifiedInbox\Capabilities;
use UnifiedInbox\Colour_Schemes;
use UnifiedInbox\Inbox_Screen;
use UnifiedInbox\Pairing;

final class InboxScreenTest extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$GLOBALS['wp_scripts'] = null;
		$GLOBALS['wp_styles']  = null;
	}

	/** Takes away what prepare() hooks up: the next page may be another one. */
	private function leave(): void {
		remove_all_actions( 'in_admin_header' );
		remove_action( 'admin_enqueue_scripts', array( Inbox_Screen::class, 'enqueue' ) );
		remove_action( 'admin_enqueue_scripts', array( Colour_Schemes::class, 'enqueue' ) );
	}

	private function needs_build(): void {
		if ( ! is_readable( dirname( __DIR__, 2 ) . '/build/index.asset.php' ) ) {
			$this->markTestSkipped( 'Run "npm ci && npm run build" in wp-plugin first.' );
		}
	}

	public function test_the_app_gets_what_it_needs_to_start(): void {
		$id   = $this->log_in( 'unified_inbox_agent' );
		$boot = Inbox_Screen::boot_data();
		$this->assertSame( array( $id, 'agent' ), array( $boot['user']['id'], $boot['user']['role'] ) );
		$this->assertSame( array( true, false, false ), array( $boot['canReply'], $boot['canManage'], $boot['paired'] ) );
		$this->assertSame( 'unified-inbox/v1/api', $boot['apiRoot'] );
		$this->assertStringEndsWith( '/unified-inbox/v1/files/', $boot['filesRoot'] );
		$this->assertMatchesRegularExpression( '~/build/editor\.js\?ver=~', $boot['editorUrl'] );
	}

	public function test_the_app_learns_neither_the_secret_nor_the_services_address(): void {
		$this->pair();
		$this->log_in( 'administrator' );
		$boot = wp_json_encode( Inbox_Screen::boot_data(), JSON_UNESCAPED_SLASHES );
		$this->assertStringNotContainsString( self::SECRET, $boot );
		$this->assertStringNotContainsString( self::SERVICE, $boot );
		$this->assertStringContainsString( '"paired":true', $boot );
	}

	public function test_an_arabic_agent_starts_right_to_left(): void {
		$this->log_in( 'unified_inbox_agent' );
		$GLOBALS['wp_locale']->text_direction = 'rtl';
		$boot                                 = Inbox_Screen::boot_data();
		$GLOBALS['wp_locale']->text_direction = 'ltr';
		$this->assertTrue( $boot['isRtl'] );
	}

	public function test_a_name_cannot_break_out_of_the_script(): void {
		$this->needs_build();
		wp_set_current_user( $this->user( 'unified_inbox_agent', array( 'display_name' => '</script><b>' ) ) );
		Inbox_Screen::enqueue();
		$inline = implode( '', array_filter( wp_scripts()->get_data( Inbox_Screen::HANDLE, 'before' ) ) );
		$this->assertStringNotContainsString( '</script>', $inline );
		$this->assertStringContainsString( 'window.unifiedInbox = {', $inline );
	}

	public function test_every_script_the_app_builds_on_exists_in_this_wordpress(): void {
		$this->needs_build();
		Inbox_Screen::enqueue();
		$scripts = wp_scripts();
		foreach ( $scripts->registered[ Inbox_Screen::HANDLE ]->deps as $handle ) {
			$this->assertArrayHasKey( $handle, $scripts->registered, "WordPress drops our script without a word when $handle is missing" );
		}
	}

	public function test_the_mirrored_style_replaces_the_other_one(): void {
		$this->needs_build();
		Inbox_Screen::enqueue();
		$this->assertSame( 'replace', wp_styles()->get_data( Inbox_Screen::HANDLE, 'rtl' ) );
		$this->assertFileExists( dirname( __DIR__, 2 ) . '/build/index-rtl.css' );
	}

	public function test_the_page_has_a_heading_and_a_place_for_the_app(): void {
		$this->needs_build();
		$this->pair();
		$html = $this->printed( array( Inbox_Screen::class, 'render' ) );
		$this->assertStringContainsString( '<div id="unified-inbox-root">', $html );
		$this->assertStringContainsString( '<h1', $html );
		$this->assertStringContainsString( '<noscript>', $html );
	}

	public function test_notices_of_others_do_not_push_the_app_out_of_the_window(): void {
		add_action( 'admin_notices', '__return_true' );
		Inbox_Screen::prepare();
		do_action( 'in_admin_header' );
		$this->assertFalse( has_action( 'admin_notices' ) );
		$this->leave();
	}

	public function test_emoji_of_customers_fetch_nothing_from_another_host(): void {
		add_action( 'admin_print_scripts', 'print_emoji_detection_script' );
		Inbox_Screen::prepare();
		$this->assertFalse( has_action( 'admin_print_scripts', 'print_emoji_detection_script' ) );
		$this->leave();
	}

	public function test_the_page_follows_the_colour_scheme_somebody_has_chosen(): void {
		Inbox_Screen::prepare();
		$this->assertNotFalse( has_filter( 'admin_body_class', array( Colour_Schemes::class, 'body_class' ) ) );
		$this->assertSame( 'wp-admin unified-inbox-colours', Colour_Schemes::body_class( 'wp-admin' ) );
		$this->leave();
	}

	public function test_styles_can_tell_the_page_from_all_others(): void {
		$this->assertSame( 'wp-admin unified-inbox-screen', Inbox_Screen::body_class( 'wp-admin' ) );
	}

	public function test_the_texts_of_the_app_come_from_our_own_folder(): void {
		$this->needs_build();
		Inbox_Screen::enqueue();
		$script = wp_scripts()->registered[ Inbox_Screen::HANDLE ];
		$this->assertSame( array( 'unified-inbox', UnifiedInbox\Languages::folder() ), array( $script->textdomain, $script->translations_path ) );
	}

	public function test_an_unreadable_secret_is_one_clear_notice_with_the_next_step(): void {
		$this->pair();
		$this->log_in( 'administrator' );
		add_filter( 'salt', '__return_empty_string' );
		$html = $this->printed( array( Inbox_Screen::class, 'render' ) );
		remove_filter( 'salt', '__return_empty_string' );
		$this->assertStringContainsString( 'salts', $html );
		$this->assertStringContainsString( 'page=unified-inbox-settings', $html );
		$this->assertStringNotContainsString( 'unified-inbox-root', $html );
	}

	public function test_an_agent_is_not_sent_to_settings_that_are_closed_to_agents(): void {
		$this->pair();
		$this->log_in( 'unified_inbox_agent' );
		update_option( Pairing::OPTION, array( 'sealed' => 'x' ) + get_option( Pairing::OPTION ) );
		$this->assertStringNotContainsString( 'page=unified-inbox-settings', $this->printed( array( Inbox_Screen::class, 'render' ) ) );
	}

	public function test_the_menu_is_there_for_agents_with_the_number_of_unassigned_tickets(): void {
		$this->log_in( 'unified_inbox_agent' );
		update_option( UnifiedInbox\Badge::OPTION, 4 );
		update_user_option( get_current_user_id(), UnifiedInbox\Badge::OWN, UnifiedInbox\Badge::ALL );
		$GLOBALS['menu'] = array();
		Inbox_Screen::register();
		$entry = current( $GLOBALS['menu'] );
		$this->assertSame( array( Capabilities::VIEW, Inbox_Screen::SLUG ), array( $entry[1], $entry[2] ) );
		$this->assertStringContainsString( 'count-4', $entry[0] );
	}

	public function test_other_pages_get_no_script_no_style_and_no_query_from_us(): void {
		$this->log_in( 'administrator' );
		wp_load_alloptions( true );
		set_current_screen( 'dashboard' );
		$ours   = array();
		$listen = static function ( string $query ) use ( &$ours ): string {
			$ours = array_merge( $ours, false === strpos( $query, 'unified_inbox' ) ? array() : array( $query ) );
			return $query;
		};
		add_filter( 'query', $listen );
		Inbox_Screen::register();
		UnifiedInbox\Settings_Screen::register();
		do_action( 'admin_enqueue_scripts', 'index.php' );
		remove_filter( 'query', $listen );
		$this->assertSame( array(), $ours );
		$this->assertFalse( wp_script_is( Inbox_Screen::HANDLE, 'registered' ) );
		$this->assertFalse( wp_style_is( 'unified-inbox-screen', 'registered' ) );
		$this->assertSame( array(), $this->service->requests );
	}
}
