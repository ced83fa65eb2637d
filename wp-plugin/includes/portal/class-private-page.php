<?php
/**
 * Keeps a page out of caches, search engines and referrers.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

defined( 'ABSPATH' ) || exit;

/** What a page with somebody's conversation on it must say about itself. */
final class Private_Page {

	/** Says it in headers and to the caching plugins, which all know this constant. */
	public static function mark(): void {
		if ( ! defined( 'DONOTCACHEPAGE' ) ) {
			define( 'DONOTCACHEPAGE', true );
		}
		add_filter( 'wp_robots', 'wp_robots_no_robots' );
		// It fetches pictures of the emoji in a conversation from another host.
		remove_action( 'wp_head', 'print_emoji_detection_script', 7 );
		if ( headers_sent() ) {
			return;
		}
		foreach ( self::headers() as $name => $value ) {
			header( "$name: $value" );
		}
	}

	/**
	 * The headers.
	 *
	 * @return array<string, string>
	 */
	public static function headers(): array {
		return array(
			'Cache-Control'                 => 'no-store, private, max-age=0',
			'Expires'                       => 'Wed, 11 Jan 1984 05:00:00 GMT',
			'X-Robots-Tag'                  => 'noindex, nofollow',
			'Referrer-Policy'               => 'no-referrer',
			'X-LiteSpeed-Cache-Control'     => 'no-cache',
			'X-Content-Type-Options'        => 'nosniff',
		);
	}
}
