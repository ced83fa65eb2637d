<?php
/**
 * Signs calls to the service.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Makes one JWT (RFC 7519, HS256 of RFC 7518 3.2) per request, good for that request only. */
final class Signer {

	const AUDIENCE = 'unified-inbox';
	const LIFETIME = 60;

	/**
	 * A token for exactly one request.
	 *
	 * @param Connection $connection Whose key signs.
	 * @param Actor      $actor      Who speaks.
	 * @param string     $method     HTTP method in capitals.
	 * @param string     $target     Path and query exactly as sent.
	 * @param string     $body       The body's bytes.
	 */
	public static function token( Connection $connection, Actor $actor, string $method, string $target, string $body ): string {
		$header = array(
			'alg' => 'HS256',
			'typ' => 'JWT',
			'kid' => $connection->key_id,
		);
		$claims = self::claims( $actor, $method, $target, $body );
		$signed = self::encode( (string) wp_json_encode( $header ) ) . '.' . self::encode( (string) wp_json_encode( $claims ) );
		return $signed . '.' . self::encode( hash_hmac( 'sha256', $signed, $connection->secret, true ) );
	}

	/**
	 * What the token asserts.
	 *
	 * @param Actor  $actor  Who speaks.
	 * @param string $method HTTP method.
	 * @param string $target Path and query.
	 * @param string $body   The body's bytes.
	 * @return array<string, mixed>
	 */
	private static function claims( Actor $actor, string $method, string $target, string $body ): array {
		$now    = time();
		$claims = array(
			'iss'         => Connection::home(),
			'aud'         => self::AUDIENCE,
			'iat'         => $now,
			'exp'         => $now + self::LIFETIME,
			'jti'         => bin2hex( random_bytes( 16 ) ),
			'typ'         => $actor->type,
			'sub'         => $actor->subject,
			'method'      => $method,
			'path'        => $target,
			'body_sha256' => hash( 'sha256', $body ),
		);
		return '' === $actor->email ? $claims : $claims + array( 'email' => $actor->email );
	}

	/**
	 * Base64url without padding (RFC 7515, appendix C).
	 *
	 * @param string $bytes Any bytes.
	 */
	private static function encode( string $bytes ): string {
		return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
	}
}
