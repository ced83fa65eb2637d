<?php
/**
 * The part of the settings that is drawn in the browser.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Capabilities;
use UnifiedInbox\Inbox_Screen;
use UnifiedInbox\Languages;
use UnifiedInbox\Mailbox_List;
use UnifiedInbox\Proxy;
use UnifiedInbox\Portal\Status_Address;

defined( 'ABSPATH' ) || exit;

/** Mailboxes, forms and routing: a mount point, and what the app has to know. */
final class Settings_App {

	const HANDLE = 'unified-inbox-settings-app';
	const MOUNT  = 'unified-inbox-settings';

	/**
	 * Puts the app on the page.
	 *
	 * @param bool $moved Whether the service knows this site by another address.
	 */
	public static function enqueue( bool $moved ): void {
		if ( ! self::is_built() ) {
			return;
		}
		$asset = require self::file( 'build/settings.asset.php' );
		wp_enqueue_script( self::HANDLE, self::url( 'build/settings.js' ), $asset['dependencies'], $asset['version'], true );
		wp_set_script_translations( self::HANDLE, 'unified-inbox', Languages::folder() );
		wp_add_inline_script( self::HANDLE, 'window.unifiedInboxSettings = ' . wp_json_encode( self::boot_data( $moved ), JSON_HEX_TAG | JSON_UNESCAPED_SLASHES ) . ';', 'before' );
		if ( is_readable( self::file( 'build/settings.css' ) ) ) {
			wp_enqueue_style( self::HANDLE, self::url( 'build/settings.css' ), array( 'wp-components' ), $asset['version'] );
			wp_style_add_data( self::HANDLE, 'rtl', 'replace' );
		}
	}

	/**
	 * Prints the mount point; without JavaScript, or without the built app, there is at least the list of the mailboxes.
	 *
	 * @param object[]|null $mailboxes As GET /site tells them; null for somebody who has nothing to do with them.
	 */
	public static function render( ?array $mailboxes ): void {
		if ( self::is_built() ) {
			printf( '<div id="%s"></div><noscript>', esc_attr( self::MOUNT ) );
			self::print_without_app( $mailboxes );
			echo '</noscript>';
		} else {
			self::print_without_app( $mailboxes );
		}
	}

	/**
	 * What can be shown without the app, and what has to be done to have it.
	 *
	 * @param object[]|null $mailboxes As render() takes them.
	 */
	private static function print_without_app( ?array $mailboxes ): void {
		if ( null !== $mailboxes ) {
			Mailbox_List::render( $mailboxes );
		}
		printf( '<p>%s</p>', esc_html__( 'Mailboxes, forms and rules are set up with JavaScript. Switch it on in your browser, then reload this page.', 'unified-inbox' ) );
	}

	/**
	 * What the app knows before its first call.
	 *
	 * @param bool $moved Whether the service knows this site by another address.
	 * @return array<string, mixed>
	 */
	public static function boot_data( bool $moved ): array {
		// phpcs:ignore WordPress.Security.NonceVerification -- only chooses what is shown.
		$flow = wp_unslash( $_GET['flow'] ?? '' );
		$data = array(
			'apiRoot'       => Proxy::NAMESPACE . '/api',
			'siteRoot'      => Proxy::NAMESPACE,
			'editorUrl'     => Inbox_Screen::editor_url(),
			'canManage'     => current_user_can( Capabilities::MANAGE ),
			'canRoute'      => current_user_can( Capabilities::LEAD ),
			'redirectUri'   => Oauth_Callback::url(),
			'pushAddress'   => rest_url( Proxy::NAMESPACE . '/push/gmail' ),
			'siteMoved'     => $moved,
			'paired'        => ! is_wp_error( \UnifiedInbox\Pairing::connection() ),
			'statusPageUrl' => Status_Address::get(),
			'locale'        => get_user_locale(),
			'timeZone'      => wp_timezone_string(),
			'isRtl'         => is_rtl(),
		);
		$way  = is_string( $flow ) && '' !== $flow ? Oauth_Callback::outcome( $flow ) : null;
		return null === $way ? $data : $data + array( 'flow' => $way );
	}

	/** Whether the built app is there. */
	private static function is_built(): bool {
		return is_readable( self::file( 'build/settings.asset.php' ) );
	}

	/**
	 * A file of the plugin.
	 *
	 * @param string $path Below the plugin's folder.
	 */
	private static function file( string $path ): string {
		return dirname( UNIFIED_INBOX_FILE ) . "/$path";
	}

	/**
	 * The address of a file of the plugin.
	 *
	 * @param string $path Below the plugin's folder.
	 */
	private static function url( string $path ): string {
		return plugins_url( $path, UNIFIED_INBOX_FILE );
	}
}
