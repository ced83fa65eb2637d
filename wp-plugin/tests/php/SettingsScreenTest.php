<?php
use UnifiedInbox\Pairing;
use UnifiedInbox\Settings_Screen;

final class SettingsScreenTest extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->log_in( 'administrator' );
	}

	private function send( string $wish, array $fields = array() ): void {
		$_POST    = wp_slash( $fields + array( 'unified_inbox_action' => $wish, '_wpnonce' => wp_create_nonce( Settings_Screen::NONCE ) ) );
		$_REQUEST = $_POST;
	}

	private function page(): string {
		return $this->printed( array( Settings_Screen::class, 'render' ) );
	}

	private function paired_page( array $mailboxes ): string {
		$this->pair();
		$this->service->answers( 'GET /site', 200, array( 'version' => '0.1.0', 'mailboxes' => $mailboxes ) );
		return $this->page();
	}

	public function test_a_good_address_and_code_connect_the_site(): void {
		$this->service->answers( 'POST /pairing', 201, array( 'site_id' => '7', 'key_id' => 'k1', 'secret' => self::SECRET ) );
		$this->service->answers( 'PUT /agents', 200, array() );
		$this->send( 'pair', array( 'service_url' => self::SERVICE, 'code' => 'abc' ) );
		$this->assertTrue( Settings_Screen::handle() );
		$this->assertTrue( Pairing::is_paired() );
	}

	public function test_a_bad_code_is_explained_beside_its_field_and_nothing_typed_is_lost(): void {
		$this->service->refuses( 'POST /pairing', 403, 'pairing_code_invalid' );
		$this->send( 'pair', array( 'service_url' => self::SERVICE, 'code' => 'a"b' ) );
		Settings_Screen::prepare();
		$html = $this->page();
		$this->assertMatchesRegularExpression( '/name="code" value="a&quot;b"[^>]*aria-invalid="true".*inbox site add/s', $html );
		$this->assertStringContainsString( 'value="' . self::SERVICE . '"', $html );
		$this->assertSame( 1, substr_count( $html, 'aria-invalid' ) );
	}

	public function test_the_form_says_which_command_makes_a_code(): void {
		update_option( 'blogname', 'Cups & "$(reboot)" mugs' );
		$this->assertStringContainsString( 'inbox site add --name &quot;Cups &amp; (reboot) mugs&quot; --url ' . untrailingslashit( get_option( 'home' ) ), $this->page() );
	}

	public function test_a_form_without_its_nonce_does_nothing(): void {
		$this->pair();
		$_POST    = array( 'unified_inbox_action' => 'unpair' );
		$_REQUEST = $_POST;
		$stop     = static function (): callable {
			return static function (): void {
				throw new DomainException( 'stopped' );
			};
		};
		add_filter( 'wp_die_handler', $stop );
		try {
			Settings_Screen::handle();
			$this->fail( 'It went through.' );
		} catch ( DomainException $stopped ) {
			$this->assertTrue( Pairing::is_paired() );
		} finally {
			remove_filter( 'wp_die_handler', $stop );
		}
	}

	public function test_an_agent_with_a_nonce_still_changes_nothing(): void {
		$this->pair();
		$this->log_in( 'unified_inbox_lead' );
		$this->send( 'unpair' );
		$this->assertSame( 'forbidden', Settings_Screen::handle()->get_error_code() );
		$this->assertTrue( Pairing::is_paired() );
	}

	/** @dataProvider doors */
	public function test_all_who_answer_find_the_page_in_the_menu_and_viewers_do_not( string $role, bool $is_there ): void {
		$this->log_in( $role );
		$GLOBALS['menu'] = $GLOBALS['submenu'] = array();
		UnifiedInbox\Inbox_Screen::register();
		Settings_Screen::register();
		$slugs = array_column( $GLOBALS['submenu'][ UnifiedInbox\Inbox_Screen::SLUG ] ?? array(), 2 );
		$this->assertSame( $is_there, in_array( Settings_Screen::SLUG, $slugs, true ) );
	}

	public function doors(): array {
		return array(
			array( 'unified_inbox_manager', true ),
			array( 'unified_inbox_lead', true ),
			array( 'unified_inbox_agent', true ),
			array( 'unified_inbox_viewer', false ),
		);
	}

	public function test_a_lead_gets_the_app_and_nothing_of_the_connection(): void {
		$this->log_in( 'unified_inbox_lead' );
		$html = $this->paired_page( array( array( 'address' => 'secret-box@example.test', 'state' => 'healthy' ) ) );
		$this->assertStringContainsString( 'id="unified-inbox-settings"', $html );
		$this->assertDoesNotMatchRegularExpression( '/<form|secret-box|' . preg_quote( self::SERVICE, '/' ) . '/', $html );
		$boot = UnifiedInbox\Care\Settings_App::boot_data( false );
		$this->assertSame( array( false, true ), array( $boot['canManage'], $boot['canRoute'] ) );
	}

	/** @dataProvider troubles */
	public function test_a_lead_without_a_connection_is_told_whom_to_ask( bool $is_paired ): void {
		if ( $is_paired ) {
			$this->pair();
			$this->service->is_down( 'GET /site' );
		}
		$this->log_in( 'unified_inbox_lead' );
		$html = $this->page();
		$this->assertStringContainsString( 'Ask whoever manages the inbox', $html );
		$this->assertStringNotContainsString( '<form', $html );
	}

	public function troubles(): array {
		return array( 'not paired' => array( false ), 'down' => array( true ) );
	}

	public function test_disconnecting_takes_one_click_that_says_what_will_happen(): void {
		$this->assertStringContainsString( 'all tickets stay in the service', $this->paired_page( array() ) );
		$this->send( 'unpair' );
		$this->assertTrue( Settings_Screen::handle() );
		$this->assertFalse( Pairing::is_paired() );
	}

	public function test_the_key_can_be_replaced(): void {
		$this->pair();
		$this->service->answers( 'POST /pairing/rotate', 200, array( 'key_id' => 'k2', 'secret' => 'another' ) );
		$this->send( 'rotate' );
		$this->assertTrue( Settings_Screen::handle() );
		$this->assertSame( 'k2', Pairing::connection()->key_id );
	}

	public function test_mailboxes_are_listed_with_their_state_in_words(): void {
		$html = $this->paired_page( array(
			array( 'address' => 'support@example.test', 'state' => 'healthy', 'reason' => null ),
			array( 'address' => 'sales@example.test', 'state' => 'reauth_needed', 'reason' => 'Password <changed>' ),
		) );
		$this->assertMatchesRegularExpression( '/is-good.*support@example.test.*Up to date/', $html );
		$this->assertMatchesRegularExpression( '/is-bad.*sales@example.test.*Needs to be connected again.*Password &lt;changed&gt;/', $html );
	}

	public function test_no_mailbox_yet_teaches_the_next_step(): void {
		$this->assertStringContainsString( 'inbox mailbox add', $this->paired_page( array() ) );
	}

	public function test_a_state_we_do_not_know_is_shown_as_it_is(): void {
		$this->assertStringContainsString( 'brand_new', $this->paired_page( array( array( 'address' => 'a@example.test', 'state' => 'brand_new' ) ) ) );
	}

	public function test_a_service_that_is_down_leaves_a_page_that_can_still_disconnect(): void {
		$this->pair();
		$this->service->is_down( 'GET /site' );
		$html = $this->page();
		$this->assertStringContainsString( 'does not answer', $html );
		$this->assertStringContainsString( 'value="unpair"', $html );
	}

	public function test_an_unreadable_secret_shows_the_form_with_the_old_address(): void {
		$this->pair();
		add_filter( 'salt', '__return_empty_string' );
		$html = $this->page();
		remove_filter( 'salt', '__return_empty_string' );
		$this->assertStringContainsString( 'salts', $html );
		$this->assertStringContainsString( 'value="' . self::SERVICE . '"', $html );
	}

	public function test_the_page_never_shows_the_secret(): void {
		$this->assertStringNotContainsString( self::SECRET, $this->paired_page( array() ) );
	}
}
