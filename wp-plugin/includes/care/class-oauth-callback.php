<?php
/**
 * The way back from Google's consent page.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Actor;
use UnifiedInbox\Answer;
use UnifiedInbox\Capabilities;
use UnifiedInbox\Client;
use UnifiedInbox\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/** One fixed address, which the owner enters at Google. Hands the code to the service and goes on to an address without it. */
final class Oauth_Callback {

	const ACTION = 'unified_inbox_oauth';

	/** What went wrong, kept for the screen that follows; by user. */
	const FAILURE = 'unified_inbox_oauth_failure_';

	/** Parameters the service gets to see. */
	const PASSED_ON = array( 'state', 'code', 'error', 'scope' );

	/** Hooks the address, for visitors who are not logged in as well. */
	public static function register(): void {
		add_action( 'admin_post_' . self::ACTION, array( self::class, 'arrive' ) );
		add_action( 'admin_post_nopriv_' . self::ACTION, array( self::class, 'arrive_logged_out' ) );
	}

	/** The address to enter at Google. */
	public static function url(): string {
		return admin_url( 'admin-post.php?action=' . self::ACTION );
	}

	/** Comes back from Google. */
	public static function arrive(): void {
		header( 'Referrer-Policy: no-referrer' );
		nocache_headers();
		// phpcs:ignore WordPress.Security.NonceVerification -- `state` is the nonce here; the service checks it against this user.
		wp_safe_redirect( self::take( wp_unslash( $_GET ) ), 303 );
		exit;
	}

	/** The session ended while Google's page was open. The code is of no use to anybody else, and the way can be gone again. */
	public static function arrive_logged_out(): void {
		header( 'Referrer-Policy: no-referrer' );
		wp_safe_redirect( wp_login_url( Settings_Screen::url() ), 303 );
		exit;
	}

	/**
	 * Hands Google's answer to the service.
	 *
	 * @param array<string, mixed> $query As $_GET, without slashes.
	 * @return string Where to go on.
	 */
	public static function take( array $query ): string {
		if ( ! current_user_can( Capabilities::MANAGE ) ) {
			return admin_url();
		}
		$passed = array_filter( array_intersect_key( $query, array_flip( self::PASSED_ON ) ), 'is_string' );
		$answer = Client::call( Actor::agent( get_current_user_id() ), 'POST', '/oauth/callback', (string) wp_json_encode( (object) $passed ) );
		if ( ! is_wp_error( $answer ) && $answer->ok() && '' !== $answer->text( 'flow_id' ) ) {
			return add_query_arg( 'flow', rawurlencode( $answer->text( 'flow_id' ) ), Settings_Screen::url() );
		}
		set_transient( self::FAILURE . get_current_user_id(), self::failure( $answer ), 10 * MINUTE_IN_SECONDS );
		return add_query_arg( 'flow', 'failed', Settings_Screen::url() );
	}

	/**
	 * What the screen has to know of the way just gone.
	 *
	 * @param string $flow From the address.
	 * @return array<string, mixed>|null {id} after a success, {error} after a failure, null when there was none.
	 */
	public static function outcome( string $flow ): ?array {
		if ( 'failed' !== $flow ) {
			return preg_match( '/^\d{1,20}\z/', $flow ) ? array( 'id' => $flow ) : null;
		}
		$failure = get_transient( self::FAILURE . get_current_user_id() );
		return is_array( $failure ) ? array( 'error' => $failure ) : null;
	}

	/**
	 * A refusal with everything the service said about it: which address was expected, which scope is missing.
	 *
	 * @param Answer|\WP_Error $answer Of the call.
	 * @return array<string, mixed>
	 */
	private static function failure( $answer ): array {
		$error = is_wp_error( $answer ) ? $answer : $answer->error();
		$said  = is_wp_error( $answer ) || ! is_object( $answer->body ) ? array() : (array) json_decode( (string) wp_json_encode( $answer->body ), true );
		return array(
			'code'   => (string) $error->get_error_code(),
			'detail' => $error->get_error_message(),
		) + $said;
	}
}
