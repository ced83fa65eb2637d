<?php
/**
 * Plugin Name:       Unified Inbox
 * Description:       Answer your customers from WordPress: your mailboxes as one shared inbox, worked by your whole team.
 * Version:           0.1.0
 * Requires at least: 6.8
 * Requires PHP:      7.4
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       unified-inbox
 * Domain Path:       /languages
 *
 * @package UnifiedInbox
 */

defined( 'ABSPATH' ) || exit;

define( 'UNIFIED_INBOX_VERSION', '0.1.0' );
define( 'UNIFIED_INBOX_FILE', __FILE__ );

spl_autoload_register(
	static function ( string $name ): void {
		if ( 0 !== strpos( $name, 'UnifiedInbox\\' ) ) {
			return;
		}
		$parts = explode( '\\', strtolower( str_replace( '_', '-', substr( $name, strlen( 'UnifiedInbox\\' ) ) ) ) );
		$slug  = array_pop( $parts );
		$path  = __DIR__ . '/includes/' . implode( '', preg_replace( '/$/', '/', $parts ) ) . "class-$slug.php";
		if ( is_readable( $path ) ) {
			require_once $path;
		}
	}
);

UnifiedInbox\Plugin::boot();
