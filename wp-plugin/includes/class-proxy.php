<?php
/**
 * The way from the browser to the service.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** One REST route that checks, signs and passes on; the browser never sees a secret. */
final class Proxy {

	const NAMESPACE = 'unified-inbox/v1';

	/** Request headers that mean something to the service: ours => theirs. */
	const FORWARDED = array(
		'if_match'        => 'If-Match',
		'idempotency_key' => 'Idempotency-Key',
	);

	/** Registers the route. */
	public static function register_route(): void {
		register_rest_route(
			self::NAMESPACE,
			'/api/(?P<path>.+)',
			array(
				'methods'             => array( 'GET', 'POST', 'PUT', 'PATCH', 'DELETE' ),
				'permission_callback' => array( self::class, 'may_pass' ),
				'callback'            => array( self::class, 'pass' ),
			)
		);
	}

	/**
	 * Whether the current user may make this request.
	 *
	 * @param \WP_REST_Request $request From the browser.
	 * @return true|\WP_Error
	 */
	public static function may_pass( \WP_REST_Request $request ) {
		$capability = Routes::capability( $request->get_method(), self::path( $request ) );
		if ( null === $capability ) {
			return new \WP_Error( 'rest_no_route', __( 'The inbox has no such address.', 'unified-inbox' ), array( 'status' => 404 ) );
		}
		if ( ! current_user_can( $capability ) ) {
			$words = __( 'Your role in the inbox does not allow this. Ask whoever manages the inbox.', 'unified-inbox' );
			return new \WP_Error( 'rest_forbidden', $words, array( 'status' => rest_authorization_required_code() ) );
		}
		return true;
	}

	/**
	 * Passes a request on and its answer back.
	 *
	 * @param \WP_REST_Request $request From the browser, already allowed.
	 */
	public static function pass( \WP_REST_Request $request ): \WP_REST_Response {
		$answer = self::call( $request );
		if ( ! is_wp_error( $answer ) && 'agent_unknown' === $answer->code() && true === Agents::report( wp_get_current_user() ) ) {
			$answer = self::call( $request );
		}
		if ( is_wp_error( $answer ) ) {
			return self::problem( $answer );
		}
		Badge::learn( self::path( $request ), $answer );
		Care\Alarm::learn( self::path( $request ), $answer );
		if ( $answer->ok() ) {
			/** Fires after a browser's request was done by the service. */
			do_action( 'unified_inbox_passed_on', $request->get_method(), self::path( $request ) );
		}
		$response = new \WP_REST_Response( $answer->body, $answer->status );
		if ( '' !== $answer->etag ) {
			$response->header( 'ETag', $answer->etag );
		}
		return $response;
	}

	/**
	 * The same request, signed for the service. Each attempt has its own token.
	 *
	 * @param \WP_REST_Request $request From the browser.
	 * @return Answer|\WP_Error
	 */
	private static function call( \WP_REST_Request $request ) {
		$headers = array();
		foreach ( self::FORWARDED as $ours => $theirs ) {
			$value = (string) $request->get_header( $ours );
			if ( '' !== $value ) {
				$headers[ $theirs ] = $value;
			}
		}
		$method = $request->get_method();
		$path   = '/' . self::path( $request ) . self::query( $request );
		$body   = 'GET' === $method ? '' : (string) $request->get_body();
		return Client::call( Actor::agent( get_current_user_id() ), $method, $path, $body, $headers );
	}

	/**
	 * Path below the API's root.
	 *
	 * @param \WP_REST_Request $request From the browser.
	 */
	private static function path( \WP_REST_Request $request ): string {
		return trim( (string) ( $request->get_url_params()['path'] ?? '' ), '/' );
	}

	/**
	 * The query without what is meant for WordPress itself.
	 *
	 * @param \WP_REST_Request $request From the browser.
	 */
	private static function query( \WP_REST_Request $request ): string {
		$ours = static function ( $name ): bool {
			return 'rest_route' !== $name && 0 !== strpos( (string) $name, '_' );
		};
		// RFC 3986 encoding: the path that is signed has to be, byte for byte, the path that arrives.
		$query = http_build_query( array_filter( $request->get_query_params(), $ours, ARRAY_FILTER_USE_KEY ), '', '&', PHP_QUERY_RFC3986 );
		return '' === $query ? '' : "?$query";
	}

	/**
	 * Our own failures in the shape of the service's, so that the screen has to know only one.
	 *
	 * @param \WP_Error $error Why nothing could be passed on.
	 */
	private static function problem( \WP_Error $error ): \WP_REST_Response {
		$status = (int) ( $error->get_error_data()['status'] ?? 502 );
		$body   = array(
			'type'    => 'about:blank',
			'title'   => $error->get_error_message(),
			'status'  => $status,
			'code'    => $error->get_error_code(),
			'detail'  => $error->get_error_message(),
			'message' => $error->get_error_message(),
		);
		return new \WP_REST_Response( $body, $status );
	}
}
