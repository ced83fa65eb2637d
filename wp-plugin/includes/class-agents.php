<?php
/**
 * Tells the service who the agents are.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/**
 * Reports changes at the end of the request that made them, and everybody once a day.
 *
 * What was last reported of a user is kept as a mark on that user, so that a customer who edits a profile causes no call.
 */
final class Agents {

	const TIMER = 'unified_inbox_report_agents';
	const MARK  = 'unified_inbox_reported';

	/**
	 * Users to look at when this request ends: site id => user id => whether the service knows them.
	 *
	 * @var array<int, array<int, bool>>
	 */
	private static $touched = array();

	/** Hooks into everything that can change a user's role, name or existence. */
	public static function register(): void {
		$changes = array( 'set_user_role', 'add_user_role', 'remove_user_role', 'profile_update', 'user_register', 'delete_user', 'remove_user_from_blog' );
		foreach ( $changes as $change ) {
			add_action( $change, array( self::class, 'touch' ) );
		}
		add_action( 'shutdown', array( self::class, 'report_touched' ) );
		add_action( self::TIMER, array( self::class, 'report_all' ) );
	}

	/**
	 * Remembers that a user has to be looked at. The mark is read now: after a deletion it is gone.
	 *
	 * @param int $user_id WordPress user id.
	 */
	public static function touch( $user_id ): void {
		$known = (bool) get_user_option( self::MARK, (int) $user_id );
		$site  = get_current_blog_id();

		self::$touched[ $site ][ (int) $user_id ] = $known || ( self::$touched[ $site ][ (int) $user_id ] ?? false );
	}

	/** Reports what changed; on failure the full list follows in a minute. */
	public static function report_touched(): void {
		$touched       = self::$touched;
		self::$touched = array();
		foreach ( $touched as $site_id => $users ) {
			$elsewhere = get_current_blog_id() !== $site_id && is_multisite();
			if ( $elsewhere ) {
				switch_to_blog( $site_id );
			}
			self::report_changes( $users );
			if ( $elsewhere ) {
				restore_current_blog();
			}
		}
	}

	/**
	 * The full list; whoever is not in it is suspended by the service.
	 *
	 * @return true|\WP_Error
	 */
	public static function report_all() {
		$profiles = array_values( array_filter( array_map( array( self::class, 'profile' ), self::everybody() ) ) );
		$answer   = Client::call_as_plugin( 'PUT', '/agents', array( 'agents' => $profiles ) );
		if ( is_wp_error( $answer ) ) {
			self::try_again_soon( $answer );
			return $answer;
		}
		self::forget_reports();
		foreach ( $profiles as $profile ) {
			self::mark( $profile );
		}
		return true;
	}

	/**
	 * Reports one user at once.
	 *
	 * @param \WP_User $user A user with a rank.
	 * @return true|\WP_Error
	 */
	public static function report( \WP_User $user ) {
		$profile = self::profile( $user );
		if ( null === $profile ) {
			return new \WP_Error( 'not_an_agent', __( 'You have no role in the inbox.', 'unified-inbox' ), array( 'status' => 403 ) );
		}
		$answer = Client::call_as_plugin( 'PUT', "/agents/{$user->ID}", array_diff_key( $profile, array( 'wp_user_id' => 0 ) ) );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		self::mark( $profile );
		return true;
	}

	/** Starts the daily report. */
	public static function schedule(): void {
		if ( ! wp_next_scheduled( self::TIMER ) ) {
			wp_schedule_event( time() + DAY_IN_SECONDS, 'daily', self::TIMER );
		}
	}

	/** Stops it. */
	public static function unschedule(): void {
		wp_clear_scheduled_hook( self::TIMER );
	}

	/** Removes the marks of this site from all users. */
	public static function forget_reports(): void {
		delete_metadata( 'user', 0, $GLOBALS['wpdb']->get_blog_prefix() . self::MARK, '', true );
	}

	/**
	 * Reports those of some users whose profile differs from what was last reported.
	 *
	 * @param array<int, bool> $users User id => whether the service knows them.
	 */
	private static function report_changes( array $users ): void {
		if ( ! Pairing::is_paired() ) {
			return;
		}
		foreach ( $users as $user_id => $known ) {
			$done = self::report_change( $user_id, $known );
			if ( is_wp_error( $done ) ) {
				self::try_again_soon( $done );
				return;
			}
		}
	}

	/**
	 * Brings one user up to date at the service.
	 *
	 * @param int  $user_id WordPress user id, perhaps of a user who is gone.
	 * @param bool $known   Whether the service knows them.
	 * @return true|\WP_Error
	 */
	private static function report_change( int $user_id, bool $known ) {
		$user    = get_userdata( $user_id );
		$profile = $user ? self::profile( $user ) : null;
		if ( $user && null !== $profile && self::fingerprint( $profile ) === get_user_option( self::MARK, $user_id ) ) {
			return true;
		}
		if ( $known ) {
			Capabilities::keep_a_manager();
		}
		if ( $user && null !== $profile ) {
			return self::report( $user );
		}
		return $known ? self::withdraw( $user_id ) : true;
	}

	/**
	 * Tells the service that somebody is no longer an agent.
	 *
	 * @param int $user_id WordPress user id.
	 * @return true|\WP_Error
	 */
	private static function withdraw( int $user_id ) {
		delete_user_option( $user_id, self::MARK );
		$answer = Client::call_as_plugin( 'DELETE', "/agents/$user_id" );
		return is_wp_error( $answer ) && 404 !== $answer->get_error_data()['status'] ? $answer : true;
	}

	/**
	 * All users with a rank, and those who are kept out by a word of their own.
	 *
	 * @return \WP_User[]
	 */
	public static function everybody(): array {
		return get_users( array( 'capability' => Capabilities::VIEW ) );
	}

	/**
	 * What the service gets to know of a user.
	 *
	 * @param \WP_User $user Any user.
	 * @return array<string, mixed>|null Null for users without a rank.
	 */
	private static function profile( \WP_User $user ): ?array {
		$rank = Capabilities::rank_of( $user );
		if ( '' === $rank ) {
			return null;
		}
		return array(
			'wp_user_id' => $user->ID,
			'name'       => $user->display_name,
			'email'      => $user->user_email,
			'role'       => $rank,
			'locale'     => get_user_locale( $user ),
		);
	}

	/**
	 * Notes what the service now knows.
	 *
	 * @param array<string, mixed> $profile As reported.
	 */
	private static function mark( array $profile ): void {
		update_user_option( $profile['wp_user_id'], self::MARK, self::fingerprint( $profile ) );
	}

	/**
	 * A short stand-in for a profile.
	 *
	 * @param array<string, mixed> $profile As reported.
	 */
	private static function fingerprint( array $profile ): string {
		return md5( (string) wp_json_encode( $profile ) );
	}

	/**
	 * Plans a full report for the next minute, unless trying again cannot help.
	 *
	 * @param \WP_Error $error Why the last one failed.
	 */
	private static function try_again_soon( \WP_Error $error ): void {
		if ( ! in_array( $error->get_error_code(), array( 'not_paired', 'secret_unreadable', 'site_moved' ), true ) ) {
			wp_schedule_single_event( time() + MINUTE_IN_SECONDS, self::TIMER );
		}
	}
}
