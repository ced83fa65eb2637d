<?php
/**
 * Attachments and inline pictures.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** A REST route that hands a file of the service through, piece by piece, to somebody who may see tickets. */
final class Files {

	/** Types a browser may show by itself. Everything else, SVG above all, is only ever saved: it could run script on our origin. */
	const SHOWN = array( 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp' );

	/** Registers the route, and takes over the output for it. */
	public static function register_route(): void {
		register_rest_route(
			Proxy::NAMESPACE,
			'/files/(?P<token>[A-Za-z0-9._~=-]{1,1000})',
			array(
				'methods'             => 'GET',
				'permission_callback' => array( self::class, 'may_read' ),
				'callback'            => array( self::class, 'accept' ),
			)
		);
		add_filter( 'rest_pre_serve_request', array( self::class, 'serve' ), 10, 3 );
	}

	/**
	 * Pictures and links cannot send the nonce that the REST API asks for, so the login cookie is checked here. That is safe:
	 * reading changes nothing, another site cannot read the answer, and the token itself is short-lived.
	 */
	public static function may_read(): bool {
		return user_can( self::reader(), Capabilities::VIEW );
	}

	/** Who asks. */
	private static function reader(): int {
		$user_id = get_current_user_id();
		return 0 === $user_id ? (int) wp_validate_auth_cookie( '', 'logged_in' ) : $user_id;
	}

	/**
	 * Only checks that there is a service; the bytes follow in serve(), after WordPress has sent its own headers.
	 *
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function accept() {
		$connection = Pairing::connection();
		return is_wp_error( $connection ) ? $connection : new \WP_REST_Response();
	}

	/**
	 * Sends the file instead of JSON.
	 *
	 * @param bool              $served  Whether somebody else has already answered.
	 * @param \WP_HTTP_Response $result  What the route returned.
	 * @param \WP_REST_Request  $request From the browser.
	 */
	public static function serve( $served, $result, $request ): bool {
		$mine = array( self::class, 'accept' ) === ( $request->get_attributes()['callback'] ?? null );
		if ( $served || ! $mine || 200 !== $result->get_status() || 'GET' !== $request->get_method() ) {
			return (bool) $served;
		}
		$failure = self::send( (string) $request['token'] );
		if ( is_wp_error( $failure ) && ! headers_sent() ) {
			status_header( (int) $failure->get_error_data()['status'] );
			echo wp_json_encode(
				array(
					'code'    => $failure->get_error_code(),
					'message' => $failure->get_error_message(),
				)
			);
		}
		return true;
	}

	/**
	 * The response headers for a file, made from the service's.
	 *
	 * @param array<string, string> $theirs Lower-case names.
	 * @return array<string, string>
	 */
	public static function headers( array $theirs ): array {
		$type  = $theirs['content-type'] ?? 'application/octet-stream';
		$place = $theirs['content-disposition'] ?? 'attachment';
		if ( 0 === stripos( $place, 'inline' ) && ! in_array( strtolower( trim( strtok( $type, ';' ) ) ), self::SHOWN, true ) ) {
			$place = 'attachment' . substr( $place, strlen( 'inline' ) );
		}
		$ours = array(
			'Content-Type'            => $type,
			'Content-Disposition'     => $place,
			'X-Content-Type-Options'  => 'nosniff',
			'Referrer-Policy'         => 'no-referrer',
			'Content-Security-Policy' => "sandbox; default-src 'none'",
			'Cache-Control'           => 'private, max-age=600',
		);
		if ( isset( $theirs['content-length'] ) ) {
			$ours['Content-Length'] = $theirs['content-length'];
		}
		return $ours;
	}

	/**
	 * Fetches and sends.
	 *
	 * @param string $token Names one file for some minutes.
	 * @return true|\WP_Error
	 */
	public static function send( string $token ) {
		if ( ! preg_match( '/^[A-Za-z0-9._~=-]{1,1000}\z/', $token ) || false !== strpos( $token, '..' ) ) {
			return self::refused( 404 );
		}
		$connection = Pairing::connection();
		if ( is_wp_error( $connection ) ) {
			return $connection;
		}
		$target   = Client::ROOT . "/files/$token";
		$status   = 0;
		$download = new Download(
			static function ( int $code, array $theirs ) use ( &$status ): bool {
				$status = $code;
				return 200 === $code && self::open( $theirs );
			},
			static function ( string $bytes ): void {
				echo $bytes; // phpcs:ignore WordPress.Security.EscapeOutput -- the bytes of a file, under a type and sandbox that run nothing.
				flush();
			}
		);
		$done     = $download->run( $connection->service_url . $target, array( 'Authorization: Bearer ' . Signer::token( $connection, Actor::agent( self::reader() ), 'GET', $target, '' ) ) );
		return is_wp_error( $done ) || 200 === $status ? $done : self::refused( $status );
	}

	/**
	 * Sends the headers and clears the way for the bytes.
	 *
	 * @param array<string, string> $theirs The service's headers.
	 */
	private static function open( array $theirs ): bool {
		set_time_limit( 0 );
		while ( ob_get_level() > 0 ) {
			ob_end_clean();
		}
		foreach ( self::headers( $theirs ) as $name => $value ) {
			header( "$name: $value" );
		}
		return true;
	}

	/**
	 * Why there is no file.
	 *
	 * @param int $status Of the service.
	 */
	private static function refused( int $status ): \WP_Error {
		$words = 410 === $status
			? __( 'This link to the file is too old. Open the ticket again and click the file there.', 'unified-inbox' )
			: __( 'The file is not to be had right now. Open the ticket again; if it still fails, look into the log of the inbox service.', 'unified-inbox' );
		return new \WP_Error( 'file_unavailable', $words, array( 'status' => in_array( $status, array( 404, 410 ), true ) ? $status : 502 ) );
	}
}
