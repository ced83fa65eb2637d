<?php
use UnifiedInbox\Agents;
use UnifiedInbox\Badge;
use UnifiedInbox\Connection;
use UnifiedInbox\Pairing;

final class PairingTest extends Plugin_Test_Case {

	public function test_a_good_code_connects_the_site(): void {
		$this->pair();
		$connection = Pairing::connection();
		$this->assertSame( array( self::SERVICE, '7', 'k1', self::SECRET ), array( $connection->service_url, $connection->site_id, $connection->key_id, $connection->secret ) );
	}

	public function test_the_site_introduces_itself_with_the_code(): void {
		$this->service->refuses( 'POST /pairing', 403, 'pairing_code_invalid' );
		Pairing::pair( self::SERVICE, ' abc ' );
		$sent = json_decode( $this->service->requests[0]['body'], true );
		$this->assertSame( array( 'code', 'home_url', 'name', 'locale', 'timezone' ), array_keys( $sent ) );
		$this->assertSame( array( 'abc', Connection::home() ), array( $sent['code'], $sent['home_url'] ) );
		$this->assertArrayNotHasKey( 'Authorization', $this->service->requests[0]['headers'] );
	}

	public function test_the_database_never_holds_the_secret_itself(): void {
		$this->pair();
		$this->assertStringNotContainsString( self::SECRET, serialize( get_option( Pairing::OPTION ) ) );
	}

	public function test_pages_that_are_not_ours_do_not_load_the_connection(): void {
		$this->pair();
		$this->assertArrayNotHasKey( Pairing::OPTION, wp_load_alloptions( true ) );
	}

	public function test_pairing_introduces_all_agents_and_starts_the_daily_report(): void {
		$agent = $this->user( 'unified_inbox_agent' );
		$this->service->answers( 'POST /pairing', 201, array( 'site_id' => '7', 'key_id' => 'k1', 'secret' => self::SECRET ) );
		$this->service->answers( 'PUT /agents', 200, array( 'agents' => 1, 'suspended' => 0 ) );
		Pairing::pair( self::SERVICE, 'code' );
		$sent = json_decode( $this->service->asked( 'PUT /agents' )[0]['body'], true );
		$this->assertContains( $agent, array_column( $sent['agents'], 'wp_user_id' ) );
		$this->assertNotFalse( wp_next_scheduled( Agents::TIMER ) );
	}

	/** @dataProvider refusals */
	public function test_a_refusal_is_told_at_the_field_it_is_about( int $status, string $code, string $field ): void {
		$this->service->refuses( 'POST /pairing', $status, $code );
		$error = Pairing::pair( self::SERVICE, 'code' );
		$this->assertSame( array( $code, $field ), array( $error->get_error_code(), $error->get_error_data()['field'] ) );
		$this->assertFalse( Pairing::is_paired() );
	}

	public function refusals(): array {
		return array(
			array( 403, 'pairing_code_invalid', 'code' ),
			array( 409, 'pairing_other_site', 'code' ),
			array( 422, 'https_required', 'service_url' ),
			array( 429, 'rate_limited', 'code' ),
		);
	}

	public function test_a_service_that_is_down_is_told_at_the_address(): void {
		$this->service->is_down( 'POST /pairing' );
		$error = Pairing::pair( self::SERVICE, 'code' );
		$this->assertSame( array( 'service_unreachable', 'service_url' ), array( $error->get_error_code(), $error->get_error_data()['field'] ) );
		$this->assertStringContainsString( self::SERVICE, $error->get_error_message() );
	}

	/** @dataProvider strangers */
	public function test_another_server_at_the_address_is_recognised( int $status, string $body ): void {
		$this->service->answers( 'POST /pairing', $status, $body );
		$this->assertSame( 'not_the_service', Pairing::pair( self::SERVICE, 'code' )->get_error_code() );
	}

	public function strangers(): array {
		return array( array( 404, '<h1>Not Found</h1>' ), array( 200, '<h1>Welcome</h1>' ), array( 201, '{"ok":true}' ) );
	}

	public function test_no_code_and_a_bad_address_ask_nobody(): void {
		$this->assertSame( 'code_missing', Pairing::pair( self::SERVICE, ' ' )->get_error_code() );
		$this->assertSame( 'https_required', Pairing::pair( 'http://inbox.example.com', 'code' )->get_error_code() );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_a_site_that_was_never_paired_says_so(): void {
		$this->assertSame( 'not_paired', Pairing::connection()->get_error_code() );
	}

	public function test_changed_salts_ask_for_a_new_pairing(): void {
		$this->pair();
		add_filter( 'salt', '__return_empty_string' );
		$connection = Pairing::connection();
		remove_filter( 'salt', '__return_empty_string' );
		$this->assertSame( 'secret_unreadable', $connection->get_error_code() );
		$this->assertTrue( Pairing::is_paired() );
	}

	public function test_a_new_key_replaces_the_old_one(): void {
		$this->pair();
		$this->service->answers( 'POST /pairing/rotate', 200, array( 'key_id' => 'k2', 'secret' => 'another' ) );
		$this->assertTrue( Pairing::rotate() );
		$this->assertSame( array( 'k2', 'another' ), array( Pairing::connection()->key_id, Pairing::connection()->secret ) );
	}

	public function test_the_old_key_stays_when_no_new_one_comes(): void {
		$this->pair();
		$this->service->answers( 'POST /pairing/rotate', 200, array() );
		$this->assertSame( 'not_the_service', Pairing::rotate()->get_error_code() );
		$this->assertSame( self::SECRET, Pairing::connection()->secret );
	}

	public function test_unpairing_forgets_the_service_the_timer_and_the_number_in_the_menu(): void {
		$this->pair();
		$this->log_in( 'unified_inbox_agent' );
		update_user_option( get_current_user_id(), Badge::OWN, '5' );
		Pairing::unpair();
		$this->assertFalse( Pairing::is_paired() );
		$this->assertFalse( wp_next_scheduled( Agents::TIMER ) );
		$this->assertSame( 0, Badge::number() );
	}

	/**
	 * As above.
	 *
	 * @runInSeparateProcess
	 * @preserveGlobalState disabled
	 */
	public function test_a_secret_in_the_configuration_without_its_key_id_is_unreadable(): void {
		$this->pair();
		define( 'UNIFIED_INBOX_SECRET', 'only-a-secret' );
		$this->assertSame( 'secret_unreadable', Pairing::connection()->get_error_code() );
	}

	/**
	 * The constant cannot be taken back, so this runs on its own.
	 *
	 * @runInSeparateProcess
	 * @preserveGlobalState disabled
	 */
	public function test_a_secret_in_the_configuration_wins_and_is_never_overwritten(): void {
		$this->pair();
		define( 'UNIFIED_INBOX_SECRET', 'k9:from-wp-config' );
		$this->assertSame( array( 'k9', 'from-wp-config' ), array( Pairing::connection()->key_id, Pairing::connection()->secret ) );
		$this->assertSame( 'secret_constant', Pairing::pair( self::SERVICE, 'code' )->get_error_code() );
		$this->assertSame( 'secret_constant', Pairing::rotate()->get_error_code() );
	}
}
