<?php
/**
 * Calls the service.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** The only place, beside Download, that sends anything over the network. */
final class Client {

	const ROOT    = '/api/v1';
	const TIMEOUT = 10;

	/**
	 * One signed call.
	 *
	 * @param Actor                 $actor   Who speaks.
	 * @param string                $method  HTTP method in capitals.
	 * @param string                $path    Path below the API's root, with query, percent-encoded.
	 * @param string                $body    JSON, or '' for none.
	 * @param array<string, string> $headers Further headers.
	 * @return Answer|\WP_Error An error only when there is no answer at all.
	 */
	public static function call( Actor $actor, string $method, string $path, string $body = '', array $headers = array() ) {
		$connection = Pairing::connection();
		if ( is_wp_error( $connection ) ) {
			return $connection;
		}
		$token                    = Signer::token( $connection, $actor, $method, self::ROOT . $path, $body );
		$headers['Authorization'] = 'Bearer ' . $token;
		$answer                   = self::send( $connection->service_url, $method, $path, $body, $headers );
		if ( ! is_wp_error( $answer ) && $answer->ok() ) {
			/** Fires when the paired service has done what was asked: it is up. */
			do_action( 'unified_inbox_answered' );
		}
		return $answer;
	}

	/**
	 * A call the plugin makes for itself, as a value or as an error in words.
	 *
	 * @param string     $method HTTP method in capitals.
	 * @param string     $path   Path below the API's root.
	 * @param mixed|null $data   Body to send, or null for none.
	 * @return Answer|\WP_Error An error also when the service refused.
	 */
	public static function call_as_plugin( string $method, string $path, $data = null ) {
		$body   = null === $data ? '' : (string) wp_json_encode( $data );
		$answer = self::call( Actor::plugin(), $method, $path, $body );
		if ( is_wp_error( $answer ) || $answer->ok() ) {
			return $answer;
		}
		return $answer->error();
	}

	/**
	 * An HTTP call without a signature, for pairing.
	 *
	 * @param string                $service_url Root address of the service.
	 * @param string                $method      HTTP method.
	 * @param string                $path        Path below the API's root.
	 * @param string                $body        JSON, or ''.
	 * @param array<string, string> $headers     Headers.
	 * @return Answer|\WP_Error
	 */
	public static function send( string $service_url, string $method, string $path, string $body, array $headers = array() ) {
		$headers['Accept'] = 'application/json';
		$arguments         = array(
			'method'      => $method,
			'timeout'     => self::TIMEOUT,
			// A redirect would carry the signature to another address, and the signature would not fit it anyway.
			'redirection' => 0,
			'headers'     => $headers,
		);
		if ( '' !== $body ) {
			$arguments['headers']['Content-Type'] = 'application/json';
			$arguments['body']                    = $body;
		}
		$response = wp_remote_request( $service_url . self::ROOT . $path, $arguments );
		if ( is_wp_error( $response ) ) {
			return Problem::unreachable( $service_url, $response->get_error_message() );
		}
		return Answer::from_http( $response );
	}
}
