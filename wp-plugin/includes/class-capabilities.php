<?php
/**
 * Who may do what.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Capabilities, the four roles that bundle them, and the way in for people who only work the inbox. */
final class Capabilities {

	const VIEW   = 'unified_inbox_view';
	const REPLY  = 'unified_inbox_reply';
	const LEAD   = 'unified_inbox_lead';
	const MANAGE = 'unified_inbox_manage';

	/** Role names of the service, strongest first, and the capability that earns each. */
	const RANKS = array(
		'manager' => self::MANAGE,
		'lead'    => self::LEAD,
		'agent'   => self::REPLY,
		'viewer'  => self::VIEW,
	);

	/** Hooks the login redirect. */
	public static function register(): void {
		add_filter( 'login_redirect', array( self::class, 'send_agents_to_the_inbox' ), 10, 3 );
	}

	/** Adds the roles; administrators may do everything. */
	public static function install(): void {
		foreach ( self::roles() as $rank => $label ) {
			add_role( "unified_inbox_$rank", $label, array( 'read' => true ) + self::granted( $rank ) );
		}
		$administrator = get_role( 'administrator' );
		foreach ( self::RANKS as $capability ) {
			if ( $administrator ) {
				$administrator->add_cap( $capability );
			}
		}
	}

	/** Takes roles and capabilities out of this site, from every role that was given one. */
	public static function uninstall(): void {
		foreach ( array_keys( self::RANKS ) as $rank ) {
			remove_role( "unified_inbox_$rank" );
		}
		foreach ( wp_roles()->role_objects as $role ) {
			foreach ( self::RANKS as $capability ) {
				$role->remove_cap( $capability );
			}
		}
	}

	/**
	 * What the service should know a user as.
	 *
	 * @param \WP_User $user Any user.
	 * @return string manager, lead, agent, viewer, or '' for somebody who has no business in the inbox.
	 */
	public static function rank_of( \WP_User $user ): string {
		if ( ! $user->has_cap( self::VIEW ) ) {
			return '';
		}
		foreach ( self::RANKS as $rank => $capability ) {
			if ( $user->has_cap( $capability ) ) {
				return $rank;
			}
		}
		return '';
	}

	/**
	 * People whose only work here is the inbox land in it, not on their profile.
	 *
	 * @param string             $target    Where WordPress would go.
	 * @param string             $requested Where the form asked to go.
	 * @param \WP_User|\WP_Error $user      Who logged in.
	 */
	public static function send_agents_to_the_inbox( $target, $requested, $user ): string {
		if ( ! $user instanceof \WP_User || '' === self::rank_of( $user ) || $user->has_cap( 'edit_posts' ) ) {
			return (string) $target;
		}
		$anywhere = in_array( untrailingslashit( (string) $requested ), array( '', untrailingslashit( admin_url() ) ), true );
		return $anywhere ? Inbox_Screen::url() : (string) $target;
	}

	/**
	 * Labels of the roles. WordPress stores them, so they stay in the language of whoever switched the plugin on.
	 *
	 * @return array<string, string>
	 */
	private static function roles(): array {
		return array(
			'manager' => _x( 'Inbox manager', 'User role', 'unified-inbox' ),
			'lead'    => _x( 'Inbox team lead', 'User role', 'unified-inbox' ),
			'agent'   => _x( 'Inbox agent', 'User role', 'unified-inbox' ),
			'viewer'  => _x( 'Inbox viewer', 'User role', 'unified-inbox' ),
		);
	}

	/**
	 * A rank's own capability and those of every rank below it.
	 *
	 * @param string $rank Rank.
	 * @return array<string, true>
	 */
	private static function granted( string $rank ): array {
		$below = array_slice( self::RANKS, (int) array_search( $rank, array_keys( self::RANKS ), true ) );
		return array_fill_keys( array_values( $below ), true );
	}
}
