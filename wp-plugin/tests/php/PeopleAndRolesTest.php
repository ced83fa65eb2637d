<?php
use UnifiedInbox\Agents;
use UnifiedInbox\Capabilities;

final class PeopleAndRolesTest extends Plugin_Test_Case {

	/** What WordPress has read of roles outlives the rollback of its rows. */
	protected function tearDown(): void {
		parent::tearDown();
		wp_roles()->for_site();
	}

	private function put( string $path, array $body ): WP_REST_Response {
		return $this->rest( 'PUT', "access/$path", array(), wp_json_encode( $body ) );
	}

	private function found( int $id ): ?array {
		$people = $this->rest( 'GET', 'access' )->get_data()['people'];
		return array_column( $people, null, 'id' )[ $id ] ?? null;
	}

	/** Leaves one manager on the site. */
	private function only_manager(): int {
		$id = $this->log_in( 'unified_inbox_manager' );
		Capabilities::map( 'administrator', '' );
		foreach ( get_users( array( 'capability' => Capabilities::MANAGE, 'exclude' => array( $id ) ) ) as $other ) {
			Capabilities::set_own_rank( $other, '' );
		}
		return $id;
	}

	/** @dataProvider strangers */
	public function test_only_managers_see_and_say_who_works_here( string $role ): void {
		$this->log_in( $role );
		$this->assertSame( 403, $this->rest( 'GET', 'access' )->get_status() );
		$this->assertSame( 403, $this->put( 'roles', array( 'roles' => array( 'author' => 'manager' ) ) )->get_status() );
		$this->assertSame( 403, $this->put( 'people/1', array( 'rank' => null ) )->get_status() );
	}

	public function strangers(): array {
		return array( array( 'unified_inbox_lead' ), array( 'unified_inbox_viewer' ), array( 'subscriber' ) );
	}

	public function test_roles_of_wordpress_are_listed_with_their_places_and_ours_are_not(): void {
		$this->log_in( 'administrator' );
		$roles = array_column( $this->rest( 'GET', 'access' )->get_data()['roles'], 'rank', 'name' );
		$this->assertSame( array( 'manager', 'agent', '' ), array( $roles['administrator'], $roles['editor'], $roles['subscriber'] ) );
		$this->assertArrayNotHasKey( 'unified_inbox_agent', $roles );
	}

	public function test_a_role_that_gets_a_place_gives_it_to_everybody_who_has_it(): void {
		$this->pair();
		$author = $this->user( 'author' );
		$this->log_in( 'administrator' );
		$this->assertSame( 200, $this->put( 'roles', array( 'roles' => array( 'author' => 'lead' ) ) )->get_status() );
		$this->assertSame( 'lead', $this->found( $author )['rank'] );
		$sent = json_decode( $this->service->asked( 'PUT /agents' )[0]['body'], true );
		$this->assertSame( 'lead', array_column( $sent['agents'], 'role', 'wp_user_id' )[ $author ] );
	}

	public function test_a_place_that_is_taken_away_is_gone_with_all_it_gave(): void {
		$this->log_in( 'administrator' );
		$this->put( 'roles', array( 'roles' => array( 'editor' => '' ) ) );
		$this->assertSame( '', Capabilities::rank_of( new WP_User( $this->user( 'editor' ) ) ) );
	}

	public function test_one_person_can_be_more_or_less_than_his_role_says(): void {
		$this->log_in( 'administrator' );
		$editor = $this->user( 'editor' );
		foreach ( array( 'viewer', 'manager', '' ) as $rank ) {
			$this->assertSame( 200, $this->put( "people/$editor", array( 'rank' => $rank ) )->get_status() );
			$this->assertSame( array( $rank, $rank ), array( $this->found( $editor )['rank'], $this->found( $editor )['own'] ) );
		}
		$this->put( "people/$editor", array( 'rank' => null ) );
		$this->assertSame( array( 'agent', null ), array( $this->found( $editor )['rank'], $this->found( $editor )['own'] ) );
	}

	public function test_the_service_hears_of_a_new_place_before_the_answer(): void {
		$this->pair();
		$id = $this->user( 'subscriber' );
		$this->service->answers( "PUT /agents/$id", 204 )->answers( "DELETE /agents/$id", 204 );
		$this->log_in( 'administrator' );
		Agents::report_touched();
		$this->put( "people/$id", array( 'rank' => 'viewer' ) );
		$this->assertCount( 1, $this->service->asked( "PUT /agents/$id" ) );
		$this->put( "people/$id", array( 'rank' => '' ) );
		$this->assertCount( 1, $this->service->asked( "DELETE /agents/$id" ) );
	}

	public function test_the_last_manager_stays_one(): void {
		$id     = $this->only_manager();
		$answer = $this->put( "people/$id", array( 'rank' => 'agent' ) );
		$this->assertSame( array( 409, 'last_manager' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		$this->assertSame( 'manager', Capabilities::rank_of( new WP_User( $id ) ) );
	}

	public function test_a_role_keeps_its_place_where_nobody_else_would_manage(): void {
		$id = $this->only_manager();
		Capabilities::map( 'author', 'manager' );
		$this->user( 'author' );
		Capabilities::set_own_rank( new WP_User( $id ), 'agent' );
		$author = get_users( array( 'role' => 'author' ) )[0];
		wp_set_current_user( $author->ID );
		$answer = $this->put( 'roles', array( 'roles' => array( 'author' => '' ) ) );
		$this->assertSame( 409, $answer->get_status() );
		$this->assertSame( 'manager', Capabilities::rank_of_role( 'author' ) );
	}

	public function test_administrators_manage_again_when_the_last_manager_is_gone(): void {
		$this->pair();
		$id = $this->only_manager();
		$this->service->answers( "PUT /agents/$id", 204 )->answers( "DELETE /agents/$id", 204 );
		Agents::report_touched();
		wp_delete_user( $id );
		Agents::report_touched();
		$this->assertSame( 'manager', Capabilities::rank_of_role( 'administrator' ) );
	}

	public function test_switching_the_plugin_on_again_brings_nothing_back(): void {
		Capabilities::map( 'editor', '' );
		Capabilities::install();
		$this->assertSame( '', Capabilities::rank_of_role( 'editor' ) );
	}

	public function test_what_is_no_role_and_nobody_is_refused(): void {
		$this->log_in( 'administrator' );
		$this->assertSame( 400, $this->put( 'roles', array( 'roles' => array( 'nobody' => 'agent' ) ) )->get_status() );
		$this->assertSame( 400, $this->put( 'roles', array( 'roles' => array( 'author' => 'king' ) ) )->get_status() );
		$this->assertSame( 400, $this->put( 'roles', array() )->get_status() );
		$this->assertSame( 404, $this->put( 'people/99999999', array( 'rank' => 'agent' ) )->get_status() );
		$this->assertSame( 404, $this->put( 'people/1', array( 'rank' => 'king' ) )->get_status() );
	}

	public function test_users_can_be_looked_for_by_those_who_may_see_them(): void {
		$this->log_in( 'unified_inbox_manager' );
		$this->assertFalse( $this->rest( 'GET', 'access' )->get_data()['may_find'] );
		$this->log_in( 'administrator' );
		$this->assertTrue( $this->rest( 'GET', 'access' )->get_data()['may_find'] );
	}
}
