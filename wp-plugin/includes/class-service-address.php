<?php
/**
 * The address of a service, as typed by a person.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Checks and tidies an address before anything is sent to it. */
final class Service_Address {

	/**
	 * A root address without a trailing slash.
	 *
	 * @param string $typed What was typed.
	 * @return string|\WP_Error Error data: field service_url.
	 */
	public static function clean( string $typed ) {
		$address = untrailingslashit( trim( $typed ) );
		$address = (string) preg_replace( '#/api/v1$#', '', $address );
		$parts   = wp_parse_url( $address );
		$scheme  = strtolower( $parts['scheme'] ?? '' );
		if ( empty( $parts['host'] ) || ! in_array( $scheme, array( 'http', 'https' ), true ) || self::has_extras( $parts ) ) {
			return self::error( 'address_invalid', __( 'Enter the full address of the service, such as https://inbox.example.com', 'unified-inbox' ) );
		}
		if ( 'http' === $scheme && ! self::is_this_machine( $parts['host'] ) ) {
			return self::error( 'https_required', __( 'The address must start with https://, because the mail of your customers travels over it. Only a service on this same machine may use http://.', 'unified-inbox' ) );
		}
		return $address;
	}

	/**
	 * Whether a host is the machine itself.
	 *
	 * @param string $host Host of an address.
	 */
	private static function is_this_machine( string $host ): bool {
		$host = trim( strtolower( $host ), '[]' );
		if ( 'localhost' === $host || '::1' === $host ) {
			return true;
		}
		return false !== filter_var( $host, FILTER_VALIDATE_IP, FILTER_FLAG_IPV4 ) && 0 === strpos( $host, '127.' );
	}

	/**
	 * Whether an address carries more than scheme, host, port and path: a password in it would end up in logs.
	 *
	 * @param array<string, mixed> $parts From wp_parse_url().
	 */
	private static function has_extras( array $parts ): bool {
		return isset( $parts['user'] ) || isset( $parts['pass'] ) || isset( $parts['query'] ) || isset( $parts['fragment'] );
	}

	/**
	 * An error at the address field.
	 *
	 * @param string $code    Code.
	 * @param string $message Words.
	 */
	private static function error( string $code, string $message ): \WP_Error {
		return new \WP_Error( $code, $message, array( 'field' => 'service_url' ) );
	}
}
