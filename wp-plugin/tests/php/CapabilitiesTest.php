<?php
use UnifiedInbox\Capabilities;
use UnifiedInbox\Inbox_Screen;
use UnifiedInbox\Languages;

final class CapabilitiesTest extends Plugin_Test_Case {

	/** @dataProvider roles */
	public function test_each_role_may_do_its_part_and_no_more( string $role, array $may, string $rank ): void {
		$user = new WP_User( $this->user( $role ) );
		$can  = array_values( array_filter( array( 'view', 'reply', 'lead', 'manage' ), static function ( string $what ) use ( $user ): bool {
			return $user->has_cap( "unified_inbox_$what" );
		} ) );
		$this->assertSame( $may, $can );
		$this->assertSame( $rank, Capabilities::rank_of( $user ) );
	}

	public function roles(): array {
		return array(
			array( 'administrator', array( 'view', 'reply', 'lead', 'manage' ), 'manager' ),
			array( 'unified_inbox_manager', array( 'view', 'reply', 'lead', 'manage' ), 'manager' ),
			array( 'unified_inbox_lead', array( 'view', 'reply', 'lead' ), 'lead' ),
			array( 'unified_inbox_agent', array( 'view', 'reply' ), 'agent' ),
			array( 'unified_inbox_viewer', array( 'view' ), 'viewer' ),
			array( 'editor', array( 'view', 'reply' ), 'agent' ),
			array( 'author', array(), '' ),
			array( 'subscriber', array(), '' ),
		);
	}

	/** @dataProvider logins */
	public function test_who_only_works_the_inbox_lands_in_it( string $role, string $requested, bool $inbox ): void {
		$user   = new WP_User( $this->user( $role ) );
		$target = apply_filters( 'login_redirect', 'elsewhere', 'admin' === $requested ? admin_url() : $requested, $user );
		$this->assertSame( $inbox ? Inbox_Screen::url() : 'elsewhere', $target );
	}

	public function logins(): array {
		return array(
			array( 'unified_inbox_agent', '', true ),
			array( 'unified_inbox_viewer', 'admin', true ),
			array( 'unified_inbox_agent', 'http://127.0.0.1/wp-admin/profile.php', false ),
			array( 'administrator', 'admin', false ),
			array( 'subscriber', '', false ),
		);
	}

	/** @dataProvider role_names */
	public function test_our_roles_are_called_in_the_readers_language( string $stored, string $said ): void {
		load_textdomain( 'unified-inbox', Languages::folder() . '/unified-inbox-ar.mo', 'ar' );
		switch_to_locale( 'ar' );
		$words = translate_user_role( $stored );
		restore_previous_locale();
		unload_textdomain( 'unified-inbox', true );
		$this->assertSame( $said, $words );
	}

	public function role_names(): array {
		return array(
			array( 'Inbox agent', 'موظف صندوق الوارد' ),
			array( 'Name of the role of a shop', 'Name of the role of a shop' ),
		);
	}

	public function test_a_failed_login_is_left_alone(): void {
		$this->assertSame( 'elsewhere', apply_filters( 'login_redirect', 'elsewhere', '', new WP_Error( 'no', 'no' ) ) );
	}

	public function test_removal_takes_every_role_and_capability_out(): void {
		get_role( 'editor' )->add_cap( Capabilities::VIEW );
		Capabilities::uninstall();
		$left = wp_json_encode( get_option( wp_roles()->role_key ) );
		Capabilities::install();
		$this->assertStringNotContainsString( 'unified_inbox', $left );
		$this->assertNotNull( get_role( 'unified_inbox_agent' ) );
	}
}
