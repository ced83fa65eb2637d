<?php
/**
 * Notices that Google pushes to the site.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** A REST route that hands a notice of new mail on to the service, which alone can tell whether it is Google's. */
final class Push {

	/** A notice of Gmail has some hundred bytes; whoever sends more is somebody else. */
	const LARGEST = 16384;

	/** A signed token: three parts of base64url. */
	const TOKEN = '/^Bearer ([A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,1500}\.[A-Za-z0-9_-]{100,700})\z/i';

	/** Registers the route. */
	public static function register_route(): void {
		register_rest_route(
			Proxy::NAMESPACE,
			'/push/gmail',
			array(
				'methods'             => 'POST',
				'permission_callback' => array( self::class, 'may_push' ),
				'callback'            => array( self::class, 'pass' ),
			)
		);
	}

	/**
	 * Whether this could be a push at all. It costs no query beyond the pairing's and no call: anybody can send anything here.
	 *
	 * @param \WP_REST_Request $request From outside.
	 */
	public static function may_push( \WP_REST_Request $request ): bool {
		return '' !== self::token( $request ) && strlen( (string) $request->get_body() ) <= self::LARGEST && Pairing::is_paired();
	}

	/**
	 * Hands the notice on. Google sends it again, after a while, unless the answer is 204.
	 *
	 * @param \WP_REST_Request $request From outside, of the right shape.
	 */
	public static function pass( \WP_REST_Request $request ): \WP_REST_Response {
		$notice = array(
			'proof'  => self::token( $request ),
			'notice' => (string) $request->get_body(),
		);
		$answer = Client::call( Actor::plugin(), 'POST', '/push/notices/gmail', (string) wp_json_encode( $notice ) );
		if ( is_wp_error( $answer ) ) {
			return new \WP_REST_Response( null, 503 );
		}
		return new \WP_REST_Response( null, $answer->ok() ? 204 : $answer->status );
	}

	/**
	 * The token that came with the notice, or ''.
	 *
	 * @param \WP_REST_Request $request From outside.
	 */
	private static function token( \WP_REST_Request $request ): string {
		$header = (string) $request->get_header( 'authorization' );
		return preg_match( self::TOKEN, $header, $found ) ? $found[1] : '';
	}
}
