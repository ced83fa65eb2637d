<?php
/**
 * Who may work in the inbox, as its managers say.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** REST routes of the screen "People and roles": what WordPress's roles and single people are here. Which inboxes they see the service knows. */
final class Access {

	/** As many people as the service takes. */
	const MOST_PEOPLE = 1000;

	/** Registers the routes. */
	public static function register_routes(): void {
		self::route( '/access', 'GET', 'show' );
		self::route( '/access/roles', 'PUT', 'map_roles' );
		self::route( '/access/people/(?P<id>\d{1,18})', 'PUT', 'place' );
	}

	/** Whether the current user may say who works here. */
	public static function may_manage(): bool {
		return current_user_can( Capabilities::MANAGE );
	}

	/** How things stand. */
	public static function show(): \WP_REST_Response {
		return new \WP_REST_Response(
			array(
				'roles'    => array_map( array( self::class, 'role' ), array_keys( self::mapping() ) ),
				'people'   => array_map( array( self::class, 'person' ), Agents::everybody() ),
				// Whoever may not see WordPress's users learns of none here who has nothing to do with the inbox.
				'may_find' => current_user_can( 'list_users' ),
			)
		);
	}

	/**
	 * Gives roles of WordPress their places.
	 *
	 * @param \WP_REST_Request $request With `roles`, ranks by name; those not named stay as they are.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function map_roles( \WP_REST_Request $request ) {
		$before = self::mapping();
		$wanted = $request['roles'];
		if ( ! is_array( $wanted ) || array_diff_key( $wanted, $before ) || array_filter( $wanted, array( self::class, 'is_no_rank' ) ) ) {
			return self::refused( 400, 'unknown_role', __( 'A role that was chosen is not here any more. Reload the page.', 'unified-inbox' ) );
		}
		array_map( array( Capabilities::class, 'map' ), array_keys( $wanted ), $wanted );
		$obstacle = self::obstacle();
		if ( $obstacle ) {
			array_map( array( Capabilities::class, 'map' ), array_keys( $before ), $before );
			return $obstacle;
		}
		// If the service does not answer, the list follows in a minute; what WordPress itself lets through counts now.
		Agents::report_all();
		return self::show();
	}

	/**
	 * Gives somebody a place of his own.
	 *
	 * @param \WP_REST_Request $request With `id` and `rank`; null lets his role decide again.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function place( \WP_REST_Request $request ) {
		$user = get_userdata( (int) $request['id'] );
		$rank = $request['rank'];
		if ( ! $user || ! is_user_member_of_blog( $user->ID ) || ( null !== $rank && self::is_no_rank( $rank ) ) ) {
			return self::refused( 404, 'unknown_person', __( 'This person is not among the users of this site any more.', 'unified-inbox' ) );
		}
		$before = Capabilities::own_rank( $user );
		Capabilities::set_own_rank( $user, $rank );
		$obstacle = self::obstacle();
		if ( $obstacle ) {
			Capabilities::set_own_rank( $user, $before );
			return $obstacle;
		}
		// Now and not when this request ends: the screen goes on to what he sees, and the service has to know him.
		Agents::report_touched();
		return self::show();
	}

	/** Why things cannot stay as they are now. */
	private static function obstacle(): ?\WP_Error {
		if ( ! Capabilities::has_manager() ) {
			return self::refused( 409, 'last_manager', __( 'Somebody has to manage the inbox. Make somebody else a manager first.', 'unified-inbox' ) );
		}
		$number = count( Agents::everybody() );
		if ( $number > self::MOST_PEOPLE ) {
			/* translators: 1: how many people there would be, 2: how many there may be. */
			$words = sprintf( __( 'That would let %1$s people in, and the inbox takes %2$s. Choose a role that fewer people have.', 'unified-inbox' ), number_format_i18n( $number ), number_format_i18n( self::MOST_PEOPLE ) );
			return self::refused( 409, 'too_many_people', $words );
		}
		return null;
	}

	/**
	 * The rank of each role but ours, whose names say what they are.
	 *
	 * @return array<string, string>
	 */
	private static function mapping(): array {
		$ours  = array_map( static fn( string $rank ): string => "unified_inbox_$rank", array_keys( Capabilities::RANKS ) );
		$names = array_diff( array_keys( wp_roles()->roles ), $ours );
		return array_combine( $names, array_map( array( Capabilities::class, 'rank_of_role' ), $names ) );
	}

	/**
	 * A role as the screen shows it.
	 *
	 * @param string $name Of the role.
	 * @return array<string, string>
	 */
	private static function role( string $name ): array {
		return array(
			'name'  => $name,
			'label' => translate_user_role( wp_roles()->role_names[ $name ] ),
			'rank'  => Capabilities::rank_of_role( $name ),
		);
	}

	/**
	 * Somebody as the screen shows him.
	 *
	 * @param \WP_User $user Any user.
	 * @return array<string, mixed>
	 */
	private static function person( \WP_User $user ): array {
		$labels = array_intersect_key( wp_roles()->role_names, array_flip( $user->roles ) );
		return array(
			'id'    => $user->ID,
			'name'  => $user->display_name,
			'roles' => array_map( 'translate_user_role', array_values( $labels ) ),
			'rank'  => Capabilities::rank_of( $user ),
			'own'   => Capabilities::own_rank( $user ),
		);
	}

	/**
	 * Whether something is neither a rank nor the word for none.
	 *
	 * @param mixed $rank From outside.
	 */
	private static function is_no_rank( $rank ): bool {
		return '' !== $rank && ! ( is_string( $rank ) && isset( Capabilities::RANKS[ $rank ] ) );
	}

	/**
	 * A refusal in the shape of REST.
	 *
	 * @param int    $status HTTP status.
	 * @param string $code   For programs.
	 * @param string $words  For people.
	 */
	private static function refused( int $status, string $code, string $words ): \WP_Error {
		return new \WP_Error( $code, $words, array( 'status' => $status ) );
	}

	/**
	 * Registers one route for managers.
	 *
	 * @param string $path     Pattern.
	 * @param string $method   HTTP method.
	 * @param string $callback Method of this class.
	 */
	private static function route( string $path, string $method, string $callback ): void {
		register_rest_route(
			Proxy::NAMESPACE,
			$path,
			array(
				'methods'             => $method,
				'permission_callback' => array( self::class, 'may_manage' ),
				'callback'            => array( self::class, $callback ),
			)
		);
	}
}
