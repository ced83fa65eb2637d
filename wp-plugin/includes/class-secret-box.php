<?php
/**
 * Keeps the site's secret unreadable in the database.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Seals texts with a key made from the salts in wp-config.php, so a stolen database dump alone is worth nothing. */
final class Secret_Box {

	/**
	 * Seals a text.
	 *
	 * @param string $text    What to hide.
	 * @param string $context What it belongs to; opening under another context fails.
	 * @return string Printable, safe in an option.
	 */
	public static function seal( string $text, string $context ): string {
		return base64_encode( self::seal_bytes( $text, $context ) );
	}

	/**
	 * Opens what seal() made.
	 *
	 * @param string $sealed  A sealed text.
	 * @param string $context The context it was sealed under.
	 * @return string|null Null when the salts, the context or the text have changed.
	 */
	public static function open( string $sealed, string $context ): ?string {
		$bytes = base64_decode( $sealed, true );
		return false === $bytes ? null : self::open_bytes( $bytes, $context );
	}

	/**
	 * Seals without making the result printable: for files, which are large.
	 *
	 * @param string $bytes   What to hide.
	 * @param string $context What it belongs to.
	 */
	public static function seal_bytes( string $bytes, string $context ): string {
		$nonce = random_bytes( SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES );
		return $nonce . sodium_crypto_aead_xchacha20poly1305_ietf_encrypt( $bytes, $context, $nonce, self::key() );
	}

	/**
	 * Opens what seal_bytes() made.
	 *
	 * @param string $sealed  Sealed bytes.
	 * @param string $context The context they were sealed under.
	 * @return string|null Null when the salts, the context or the bytes have changed.
	 */
	public static function open_bytes( string $sealed, string $context ): ?string {
		$size = SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES;
		if ( strlen( $sealed ) <= $size ) {
			return null;
		}
		$text = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt( substr( $sealed, $size ), $context, substr( $sealed, 0, $size ), self::key() );
		return false === $text ? null : $text;
	}

	/**
	 * A mark only this installation can make, for values that travel through a browser.
	 *
	 * @param string $text    What is marked.
	 * @param string $context What the mark is for.
	 * @return string 64 hexadecimal digits.
	 */
	public static function mark( string $text, string $context ): string {
		return hash_hmac( 'sha256', "$context|$text", self::key() );
	}

	/** 32 bytes that only this installation's configuration yields. */
	private static function key(): string {
		return sodium_crypto_generichash( 'unified-inbox secret v1|' . wp_salt( 'secure_auth' ) );
	}
}
