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
		$nonce  = random_bytes( SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES );
		$sealed = sodium_crypto_aead_xchacha20poly1305_ietf_encrypt( $text, $context, $nonce, self::key() );
		return base64_encode( $nonce . $sealed );
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
		$size  = SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES;
		if ( false === $bytes || strlen( $bytes ) <= $size ) {
			return null;
		}
		$nonce = substr( $bytes, 0, $size );
		$text  = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt( substr( $bytes, $size ), $context, $nonce, self::key() );
		return false === $text ? null : $text;
	}

	/** 32 bytes that only this installation's configuration yields. */
	private static function key(): string {
		return sodium_crypto_generichash( 'unified-inbox secret v1|' . wp_salt( 'secure_auth' ) );
	}
}
