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

	/** What roles of WordPress's own are here when the plugin is switched on for the first time. */
	const DEFAULTS = array(
		'administrator' => 'manager',
		'editor'        => 'agent',
	);

	/** Hooks the login redirect. */
	public static function register(): void {
		add_filter( 'login_redirect', array( self::class, 'send_agents_to_the_inbox' ), 10, 3 );
		add_filter( 'gettext_with_context_default', array( self::class, 'say_role' ), 10, 3 );
	}

	/**
	 * Says the name of one of our roles in the reader's language; WordPress asks its own catalogue alone.
	 *
	 * @param string $translation What WordPress knows.
	 * @param string $text        The role's name as it is stored.
	 * @param string $context     What the text is.
	 */
	public static function say_role( $translation, $text, $context ): string {
		if ( 'User role' !== $context || $translation !== $text ) {
			return $translation;
		}
		// phpcs:ignore WordPress.WP.I18n.LowLevelTranslationFunction,WordPress.WP.I18n.NonSingularStringLiteralText,WordPress.WP.I18n.NonSingularStringLiteralContext -- The names are extracted from roles().
		return translate_with_gettext_context( $text, 'User role', 'unified-inbox' );
	}

	/** Adds the roles, and the first time gives WordPress's own their place. */
	public static function install(): void {
		$is_new = null === get_role( 'unified_inbox_manager' );
		foreach ( self::roles() as $rank => $label ) {
			add_role( "unified_inbox_$rank", $label, array( 'read' => true ) + self::granted( $rank ) );
		}
		// Later the places are the owner's: switching off and on again must not bring back what he took away.
		foreach ( $is_new ? self::DEFAULTS : array() as $role => $rank ) {
			self::map( $role, $rank );
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
	 * The place that a role of WordPress gives to everybody who has it.
	 *
	 * @param string $role Name of a role.
	 * @return string A rank, or '' for none.
	 */
	public static function rank_of_role( string $role ): string {
		$object = get_role( $role );
		return $object ? self::rank_in( $object->capabilities ) : '';
	}

	/**
	 * Gives a role of WordPress a place in the inbox.
	 *
	 * @param string $role Name of a role.
	 * @param string $rank A rank, or '' for none.
	 */
	public static function map( string $role, string $rank ): void {
		$object  = get_role( $role );
		$granted = self::granted( $rank );
		foreach ( $object ? self::RANKS : array() as $capability ) {
			if ( isset( $granted[ $capability ] ) ) {
				$object->add_cap( $capability );
			} else {
				$object->remove_cap( $capability );
			}
		}
	}

	/**
	 * The place that somebody has whatever his role gives.
	 *
	 * @param \WP_User $user Any user.
	 * @return string|null A rank, '' for somebody who is kept out, null where the role decides.
	 */
	public static function own_rank( \WP_User $user ): ?string {
		$own = array_intersect_key( $user->caps, array_flip( self::RANKS ) );
		return array() === $own ? null : self::rank_in( $own );
	}

	/**
	 * Gives somebody a place of his own, or lets his role decide again.
	 *
	 * @param \WP_User    $user Any user.
	 * @param string|null $rank As own_rank() tells it.
	 */
	public static function set_own_rank( \WP_User $user, ?string $rank ): void {
		$granted = self::granted( (string) $rank );
		foreach ( self::RANKS as $capability ) {
			if ( null === $rank ) {
				$user->remove_cap( $capability );
			} else {
				// A "no" of one's own outweighs the "yes" of a role.
				$user->add_cap( $capability, isset( $granted[ $capability ] ) );
			}
		}
		// WordPress has no hook for this.
		Agents::touch( $user->ID );
	}

	/** Whether anybody manages the inbox. */
	public static function has_manager(): bool {
		foreach ( get_users( array( 'capability' => self::MANAGE ) ) as $user ) {
			if ( 'manager' === self::rank_of( $user ) ) {
				return true;
			}
		}
		return false;
	}

	/** Lets administrators manage again where the last manager's account is gone: nobody else could let them. */
	public static function keep_a_manager(): void {
		if ( ! self::has_manager() ) {
			self::map( 'administrator', 'manager' );
			wp_schedule_single_event( time(), Agents::TIMER );
		}
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
	 * Labels of the roles. WordPress stores them in the language of whoever switched the plugin on: in English they are
	 * said to everybody in his own.
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
	 * @param string $rank Rank, or '' for none.
	 * @return array<string, true>
	 */
	private static function granted( string $rank ): array {
		$place = array_search( $rank, array_keys( self::RANKS ), true );
		return false === $place ? array() : array_fill_keys( array_values( array_slice( self::RANKS, $place ) ), true );
	}

	/**
	 * The strongest rank among capabilities.
	 *
	 * @param array<string, bool> $granted Capability => whether it is given.
	 */
	private static function rank_in( array $granted ): string {
		foreach ( empty( $granted[ self::VIEW ] ) ? array() : self::RANKS as $rank => $capability ) {
			if ( ! empty( $granted[ $capability ] ) ) {
				return $rank;
			}
		}
		return '';
	}
}
