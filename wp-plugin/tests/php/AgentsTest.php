<?php
use UnifiedInbox\Agents;
use UnifiedInbox\Pairing;

final class AgentsTest extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->pair();
	}

	private function listed(): array {
		Agents::report_all();
		$sent = json_decode( $this->service->asked( 'PUT /agents' )[0]['body'], true );
		return array_column( $sent['agents'], null, 'wp_user_id' );
	}

	public function test_the_full_list_holds_everybody_with_a_rank_and_nobody_else(): void {
		$lead     = $this->user( 'unified_inbox_lead' );
		$customer = $this->user( 'subscriber' );
		$listed   = $this->listed();
		$this->assertSame( 'lead', $listed[ $lead ]['role'] );
		$this->assertArrayNotHasKey( $customer, $listed );
	}

	public function test_an_agent_is_reported_with_name_address_rank_and_language(): void {
		$id = $this->user( 'unified_inbox_agent', array( 'display_name' => 'Sara', 'user_email' => 'sara@example.test', 'locale' => 'ar' ) );
		$this->assertSame(
			array( 'wp_user_id' => $id, 'name' => 'Sara', 'email' => 'sara@example.test', 'role' => 'agent', 'locale' => 'ar' ),
			$this->listed()[ $id ]
		);
	}

	public function test_administrators_are_managers(): void {
		$id = $this->user( 'administrator' );
		$this->assertSame( 'manager', $this->listed()[ $id ]['role'] );
	}

	public function test_a_capability_given_to_one_user_counts_like_a_role(): void {
		$id = $this->user( 'author' );
		( new WP_User( $id ) )->add_cap( 'unified_inbox_view' );
		$this->assertSame( 'viewer', $this->listed()[ $id ]['role'] );
	}

	public function test_a_new_agent_is_reported_when_the_request_ends(): void {
		$id = $this->user( 'unified_inbox_agent' );
		$this->service->answers( "PUT /agents/$id", 200, array() );
		$this->assertCount( 0, $this->service->requests );
		Agents::report_touched();
		$this->assertCount( 1, $this->service->asked( "PUT /agents/$id" ) );
	}

	public function test_only_what_changed_is_reported(): void {
		$id = $this->user( 'unified_inbox_agent' );
		$this->service->answers( "PUT /agents/$id", 200, array() );
		Agents::report_touched();
		wp_update_user( array( 'ID' => $id, 'description' => 'Likes tea' ) );
		Agents::report_touched();
		wp_update_user( array( 'ID' => $id, 'display_name' => 'Somebody Else' ) );
		Agents::report_touched();
		$this->assertCount( 2, $this->service->asked( "PUT /agents/$id" ) );
	}

	public function test_a_customer_who_registers_edits_and_leaves_causes_no_call(): void {
		$id = $this->user( 'subscriber' );
		wp_update_user( array( 'ID' => $id, 'display_name' => 'New name' ) );
		wp_delete_user( $id );
		Agents::report_touched();
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_an_agent_who_loses_the_role_is_withdrawn(): void {
		$id = $this->user( 'unified_inbox_agent' );
		$this->service->answers( "PUT /agents/$id", 200, array() )->answers( "DELETE /agents/$id", 204 );
		Agents::report_touched();
		( new WP_User( $id ) )->set_role( 'subscriber' );
		Agents::report_touched();
		$this->assertCount( 1, $this->service->asked( "DELETE /agents/$id" ) );
	}

	public function test_an_agent_who_is_deleted_is_withdrawn(): void {
		$id = $this->user( 'unified_inbox_agent' );
		$this->service->answers( "PUT /agents/$id", 200, array() )->answers( "DELETE /agents/$id", 204 );
		Agents::report_touched();
		wp_delete_user( $id );
		Agents::report_touched();
		$this->assertCount( 1, $this->service->asked( "DELETE /agents/$id" ) );
	}

	public function test_withdrawing_somebody_the_service_has_forgotten_is_no_failure(): void {
		$id = $this->user( 'unified_inbox_agent' );
		$this->service->answers( "PUT /agents/$id", 200, array() )->refuses( "DELETE /agents/$id", 404, 'not_found' );
		Agents::report_touched();
		Agents::unschedule();
		wp_delete_user( $id );
		Agents::report_touched();
		$this->assertFalse( wp_next_scheduled( Agents::TIMER ) );
	}

	public function test_a_report_that_fails_is_repeated_within_a_minute(): void {
		Agents::unschedule();
		$id = $this->user( 'unified_inbox_agent' );
		$this->service->is_down( "PUT /agents/$id" );
		Agents::report_touched();
		$this->assertEqualsWithDelta( time() + 60, wp_next_scheduled( Agents::TIMER ), 2 );
	}

	public function test_one_dead_service_is_asked_once_however_many_users_changed(): void {
		foreach ( array( $this->user( 'unified_inbox_agent' ), $this->user( 'unified_inbox_agent' ) ) as $id ) {
			$this->service->is_down( "PUT /agents/$id" );
		}
		Agents::report_touched();
		$this->assertCount( 1, $this->service->requests );
	}

	public function test_a_site_the_service_calls_moved_does_not_keep_knocking(): void {
		Agents::unschedule();
		$id = $this->user( 'unified_inbox_agent' );
		$this->service->refuses( "PUT /agents/$id", 409, 'site_moved' );
		Agents::report_touched();
		$this->assertFalse( wp_next_scheduled( Agents::TIMER ) );
	}

	public function test_the_timer_sends_the_full_list(): void {
		do_action( Agents::TIMER );
		$this->assertCount( 1, $this->service->asked( 'PUT /agents' ) );
	}

	public function test_an_unpaired_site_reports_nobody(): void {
		Pairing::unpair();
		$this->user( 'unified_inbox_agent' );
		Agents::report_touched();
		$this->assertSame( array(), $this->service->requests );
	}
}
