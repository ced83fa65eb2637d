<?php
use UnifiedInbox\Care\Site_Health;
use UnifiedInbox\Forms\Entry;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Pairing;

final class SiteHealthTest extends Doors_Test_Case {

	/** @return array<string, array<string, mixed>> Results by the last part of their names. */
	private function results(): array {
		$results = array();
		foreach ( Site_Health::add( array( 'direct' => array() ) )['direct'] as $name => $test ) {
			$results[ substr( $name, strlen( 'unified_inbox_' ) ) ] = call_user_func( $test['test'] );
		}
		return $results;
	}

	private function statuses(): array {
		return wp_list_pluck( $this->results(), 'status' );
	}

	private function site( array $more = array() ): void {
		$this->service->answers( 'GET /site', 200, $more + array( 'version' => '0.1.0', 'service_time' => gmdate( 'Y-m-d\TH:i:s.000\Z' ), 'mailboxes' => array( array( 'address' => 'a@example.test', 'state' => 'healthy', 'reason' => null ) ) ) );
	}

	public function test_a_site_where_all_is_well_has_five_good_results_from_one_call(): void {
		$this->site();
		$this->assertSame( array_fill_keys( array( 'pairing', 'service', 'clock', 'mailboxes', 'forms' ), 'good' ), $this->statuses() );
		$this->assertCount( 1, $this->service->requests );
	}

	public function test_a_service_that_is_down_is_critical_and_what_depends_on_it_is_not(): void {
		$this->service->is_down( 'GET /site' );
		$this->assertSame( array( 'pairing' => 'good', 'service' => 'critical', 'clock' => 'recommended', 'mailboxes' => 'recommended', 'forms' => 'good' ), $this->statuses() );
	}

	public function test_a_site_that_is_not_paired_asks_nobody(): void {
		Pairing::unpair();
		$this->assertSame( array( 'pairing' => 'recommended', 'forms' => 'good' ), $this->statuses() );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_a_secret_that_cannot_be_read_is_critical(): void {
		update_option( Pairing::OPTION, array( 'sealed' => 'x' ) + get_option( Pairing::OPTION ) );
		$this->assertSame( 'critical', Site_Health::pairing()['status'] );
	}

	public function test_clocks_that_differ_too_much_are_critical(): void {
		$this->site( array( 'service_time' => gmdate( 'Y-m-d\TH:i:s.000\Z', time() - 45 ) ) );
		$this->assertSame( 'critical', $this->statuses()['clock'] );
	}

	public function test_a_token_the_service_finds_too_old_is_told_as_a_clock_that_is_off(): void {
		$this->service->refuses( 'GET /site', 401, 'token_expired', array( 'server_time' => '2026-11-21T10:00:00.000Z' ) );
		$clock = $this->results()['clock'];
		$this->assertSame( 'critical', $clock['status'] );
		$this->assertStringContainsString( '2026-11-21 10:00:00', $clock['description'] );
	}

	public function test_a_mailbox_that_needs_somebody_is_named(): void {
		$this->site( array( 'mailboxes' => array( array( 'address' => 'b@example.test', 'state' => 'reauth_needed', 'reason' => 'Consent <ended>' ) ) ) );
		$result = $this->results()['mailboxes'];
		$this->assertSame( 'critical', $result['status'] );
		$this->assertStringContainsString( 'b@example.test: Needs to be connected again. Consent &lt;ended&gt;', $result['description'] );
	}

	public function test_it_says_for_how_long_a_mailbox_needs_somebody(): void {
		$since = gmdate( 'Y-m-d\TH:i:s.000\Z', time() - 3 * DAY_IN_SECONDS );
		$this->site( array( 'mailboxes' => array( array( 'address' => 'b@example.test', 'state' => 'stopped', 'reason' => '', 'since' => $since ) ) ) );
		$this->assertStringContainsString( 'b@example.test: Stopped (for 3 days).', $this->results()['mailboxes']['description'] );
	}

	public function test_waiting_forms_are_counted_and_become_critical_with_time(): void {
		Queue::keep( Entry::make( '5', array( 'email' => 'a@example.test' ), array(), 't', '' ) );
		$this->assertSame( 'recommended', Site_Health::forms()['status'] );
		$file = Queue::files()[0];
		rename( $file, dirname( $file ) . sprintf( '/%08x%s', time() - 2 * HOUR_IN_SECONDS, substr( basename( $file ), 8 ) ) );
		$result = Site_Health::forms();
		$this->assertSame( 'critical', $result['status'] );
		$this->assertStringContainsString( '2 hours', $result['description'] );
	}

	public function test_forms_that_can_no_longer_be_read_are_told_with_the_remedy(): void {
		Queue::keep( Entry::make( '5', array(), array(), 't', '' ) );
		file_put_contents( Queue::files()[0], 'x' );
		$this->assertStringContainsString( 'old salts', Site_Health::forms()['description'] );
	}

	public function test_wordpress_finds_the_tests(): void {
		require_once ABSPATH . 'wp-admin/includes/class-wp-site-health.php';
		$this->assertArrayHasKey( 'unified_inbox_service', WP_Site_Health::get_tests()['direct'] );
	}
}
