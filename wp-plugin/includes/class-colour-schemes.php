<?php
/**
 * A person's colour scheme on our screens.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Gives core's components the accent of the scheme somebody has chosen; the reasons stand in the style sheet. */
final class Colour_Schemes {

	/** For the page that is being prepared. */
	public static function follow(): void {
		add_filter( 'admin_body_class', array( self::class, 'body_class' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'enqueue' ) );
	}

	/** Brings in the accents. */
	public static function enqueue(): void {
		wp_enqueue_style( 'unified-inbox-schemes', plugins_url( 'assets/schemes.css', UNIFIED_INBOX_FILE ), array(), UNIFIED_INBOX_VERSION );
	}

	/**
	 * Lets the styles count.
	 *
	 * @param string $classes Classes so far.
	 */
	public static function body_class( $classes ): string {
		return "$classes unified-inbox-colours";
	}
}
