<?php
/**
 * Turns the service's error codes into sentences.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** The words for what went wrong between WordPress and the service: what happened, and what to do. */
final class Problem {

	/**
	 * A sentence for a failed answer.
	 *
	 * @param Answer $answer An answer that is not ok().
	 */
	public static function words( Answer $answer ): string {
		$code = $answer->code();
		if ( 'token_expired' === $code ) {
			return self::clock_words( $answer->text( 'server_time' ) );
		}
		$known = self::known();
		if ( isset( $known[ $code ] ) ) {
			return $known[ $code ];
		}
		if ( 429 === $answer->status ) {
			return __( 'Too many attempts in a short time. Wait a minute, then try again.', 'unified-inbox' );
		}
		if ( '' !== $answer->text( 'detail' ) ) {
			return $answer->text( 'detail' );
		}
		/* translators: %d: HTTP status such as 500. */
		return sprintf( __( 'The inbox service answered with error %d. Look into its log, then try again.', 'unified-inbox' ), $answer->status );
	}

	/**
	 * No answer at all.
	 *
	 * @param string $service_url Address that was tried.
	 * @param string $reason      What the HTTP client said.
	 */
	public static function unreachable( string $service_url, string $reason ): \WP_Error {
		return new \WP_Error(
			'service_unreachable',
			sprintf(
				/* translators: 1: address of the service, 2: technical reason. */
				__( 'The inbox service at %1$s does not answer (%2$s). Check that it is running and that this address is right.', 'unified-inbox' ),
				$service_url,
				$reason
			),
			array( 'status' => 502 )
		);
	}

	/** Nothing was ever paired. */
	public static function not_paired(): \WP_Error {
		return new \WP_Error( 'not_paired', __( 'This site is not connected to an inbox service yet.', 'unified-inbox' ), array( 'status' => 409 ) );
	}

	/** The stored secret cannot be opened any more. */
	public static function secret_unreadable(): \WP_Error {
		return new \WP_Error(
			'secret_unreadable',
			__( 'The secret for the inbox service can no longer be read, most likely because the salts or UNIFIED_INBOX_SECRET in wp-config.php were changed. Your tickets are safe in the service. Connect this site again with a new pairing code.', 'unified-inbox' ),
			array( 'status' => 409 )
		);
	}

	/**
	 * Codes of the service that need our own words.
	 *
	 * @return array<string, string>
	 */
	private static function known(): array {
		return array(
			'pairing_code_invalid' => __( 'This pairing code is wrong, was used before or is too old. Make a new one on the server with "inbox site add" and enter it within 15 minutes.', 'unified-inbox' ),
			'pairing_other_site'   => __( 'This pairing code was made for a site with another address. Make one for exactly the address shown above.', 'unified-inbox' ),
			'site_paused'          => __( 'This site is paused at the inbox service. Its owner can take it up again there; no mail is lost.', 'unified-inbox' ),
			'https_required'       => __( 'The address must start with https://, because the mail of your customers travels over it. Only a service on this same machine may use http://.', 'unified-inbox' ),
			'site_moved'           => __( 'The inbox service knows this site by another address. Open the settings of the inbox and say whether the site moved or is a copy.', 'unified-inbox' ),
			'token_invalid'        => __( 'The inbox service no longer accepts this site\'s key. Connect this site again with a new pairing code.', 'unified-inbox' ),
			'agent_unknown'        => __( 'The inbox service does not know you as an agent yet. Ask whoever manages the inbox to give you a role, then reload this page.', 'unified-inbox' ),
		);
	}

	/**
	 * The token was too old on arrival: nearly always a clock that is off.
	 *
	 * @param string $server_time The service's clock, RFC 3339.
	 */
	private static function clock_words( string $server_time ): string {
		return sprintf(
			/* translators: 1: time of this site, 2: time of the service. */
			__( 'The clocks do not agree: here it is %1$s, at the inbox service %2$s. Set the clocks of both machines by network time.', 'unified-inbox' ),
			gmdate( 'Y-m-d H:i:s' ),
			'' === $server_time ? '?' : gmdate( 'Y-m-d H:i:s', (int) strtotime( $server_time ) )
		);
	}
}
