<?php
use UnifiedInbox\Care\Oauth_Callback;
use UnifiedInbox\Care\Settings_App;

final class OauthCallbackTest extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->pair();
		$this->log_in( 'administrator' );
	}

	private function came_back( array $query ): string {
		return Oauth_Callback::take( $query );
	}

	public function test_the_code_goes_to_the_service_as_the_user_who_began_and_leaves_the_address(): void {
		$this->service->answers( 'POST /oauth/callback', 200, array( 'flow_id' => '12' ) );
		$url  = $this->came_back( array( 'action' => 'x', 'state' => 's', 'code' => '4/0A', 'scope' => 'a b', 'authuser' => '0' ) );
		$sent = $this->service->requests[0];
		$this->assertSame( array( 'state' => 's', 'code' => '4/0A', 'scope' => 'a b' ), json_decode( $sent['body'], true ) );
		$this->assertSame( array( 'agent', (string) get_current_user_id() ), array( $this->claims( $sent )['typ'], $this->claims( $sent )['sub'] ) );
		$this->assertSame( admin_url( 'admin.php?page=unified-inbox-settings&flow=12' ), $url );
	}

	public function test_a_denial_is_handed_on_as_well(): void {
		$this->service->refuses( 'POST /oauth/callback', 409, 'oauth_denied' );
		$this->came_back( array( 'state' => 's', 'error' => 'access_denied' ) );
		$this->assertSame( array( 'state' => 's', 'error' => 'access_denied' ), json_decode( $this->service->requests[0]['body'], true ) );
	}

	public function test_the_screen_learns_all_that_is_known_of_a_failure(): void {
		$this->service->refuses( 'POST /oauth/callback', 409, 'oauth_wrong_account', array( 'expected' => 'a@example.test', 'got' => 'b@example.test', 'detail' => 'Another account.' ) );
		parse_str( (string) wp_parse_url( $this->came_back( array( 'state' => 's', 'code' => 'c' ) ), PHP_URL_QUERY ), $_GET );
		$flow = Settings_App::boot_data( false )['flow'];
		$_GET = array();
		$this->assertSame( array( 'oauth_wrong_account', 'a@example.test', 'b@example.test' ), array( $flow['error']['code'], $flow['error']['expected'], $flow['error']['got'] ) );
	}

	public function test_a_service_that_is_down_is_a_failure_in_words(): void {
		$this->service->is_down( 'POST /oauth/callback' );
		$this->assertStringEndsWith( 'flow=failed', $this->came_back( array( 'state' => 's', 'code' => 'c' ) ) );
		$this->assertSame( 'service_unreachable', Oauth_Callback::outcome( 'failed' )['error']['code'] );
	}

	public function test_the_failure_of_one_user_is_not_shown_to_another(): void {
		$this->service->is_down( 'POST /oauth/callback' );
		$this->came_back( array( 'state' => 's' ) );
		$this->log_in( 'administrator' );
		$this->assertNull( Oauth_Callback::outcome( 'failed' ) );
	}

	public function test_somebody_who_may_not_manage_reaches_nothing(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( admin_url(), $this->came_back( array( 'state' => 's', 'code' => 'c' ) ) );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_parameters_that_are_lists_are_dropped(): void {
		$this->service->refuses( 'POST /oauth/callback', 409, 'oauth_state_unknown' );
		$this->came_back( array( 'state' => array( 'x' ), 'code' => 'c' ) );
		$this->assertSame( '{"code":"c"}', $this->service->requests[0]['body'] );
	}

	public function test_an_address_with_somebody_elses_text_shows_nothing(): void {
		$this->assertNull( Oauth_Callback::outcome( '12<script>' ) );
		$this->assertSame( array( 'id' => '12' ), Oauth_Callback::outcome( '12' ) );
	}

	public function test_the_screen_knows_what_it_needs(): void {
		$boot = Settings_App::boot_data( true );
		$this->assertSame( array( 'unified-inbox/v1/api', true, admin_url( 'admin-post.php?action=unified_inbox_oauth' ), true, true, '' ), array( $boot['apiRoot'], $boot['canManage'], $boot['redirectUri'], $boot['siteMoved'], $boot['paired'], $boot['statusPageUrl'] ) );
		$this->assertArrayNotHasKey( 'flow', $boot );
	}

	public function test_every_script_the_screen_needs_is_known_to_wordpress(): void {
		Settings_App::enqueue( false );
		$this->assertTrue( wp_script_is( Settings_App::HANDLE ) );
		foreach ( wp_scripts()->registered[ Settings_App::HANDLE ]->deps as $handle ) {
			$this->assertTrue( wp_script_is( $handle, 'registered' ), $handle );
		}
		$this->assertStringContainsString( 'window.unifiedInboxSettings = {"apiRoot"', wp_scripts()->get_inline_script_data( Settings_App::HANDLE, 'before' ) );
		wp_dequeue_script( Settings_App::HANDLE );
	}
}
