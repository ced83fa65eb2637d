<?php
/**
 * The Inbox page of wp-admin.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** A menu entry, a mount point and what the app needs to start; everything visible is drawn by the app. */
final class Inbox_Screen {

	const SLUG   = 'unified-inbox';
	const HANDLE = 'unified-inbox-app';

	/** Adds the menu entry, and our hooks for this page alone. */
	public static function register(): void {
		$title = __( 'Inbox', 'unified-inbox' );
		$hook  = add_menu_page( $title, $title . self::mark(), Capabilities::VIEW, self::SLUG, array( self::class, 'render' ), 'dashicons-email-alt', 3 );
		add_submenu_page( self::SLUG, $title, $title, Capabilities::VIEW, self::SLUG, array( self::class, 'render' ) );
		add_action( "load-$hook", array( self::class, 'prepare' ) );
	}

	/** One mark behind the menu's name, as two would not fit into its line: a mailbox that is not being read counts for more. */
	private static function mark(): string {
		$alarm = Care\Alarm::html();
		return '' === $alarm ? Badge::html() : $alarm;
	}

	/** Address of the page. */
	public static function url(): string {
		return admin_url( 'admin.php?page=' . self::SLUG );
	}

	/** Runs before the page is sent: scripts, styles, and quiet for the full-height layout. */
	public static function prepare(): void {
		Colour_Schemes::follow();
		// WordPress would put pictures from another host in place of emoji in customers' words, behind the app's back.
		remove_action( 'admin_print_scripts', 'print_emoji_detection_script' );
		add_filter( 'admin_body_class', array( self::class, 'body_class' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'enqueue' ) );
		// A notice above a page that fills the window would push the composer out of sight; the site editor hides them as well.
		add_action(
			'in_admin_header',
			static function (): void {
				remove_all_actions( 'admin_notices' );
				remove_all_actions( 'all_admin_notices' );
			},
			PHP_INT_MAX
		);
	}

	/**
	 * Lets styles tell our page from all others.
	 *
	 * @param string $classes Classes so far.
	 */
	public static function body_class( $classes ): string {
		return "$classes unified-inbox-screen";
	}

	/** Puts the app on the page. */
	public static function enqueue(): void {
		wp_enqueue_style( 'unified-inbox-screen', self::file_url( 'assets/screen.css' ), array(), UNIFIED_INBOX_VERSION );
		if ( ! self::ready() ) {
			return;
		}
		$asset = require self::file( 'build/index.asset.php' );
		wp_enqueue_script( self::HANDLE, self::file_url( 'build/index.js' ), $asset['dependencies'], $asset['version'], true );
		wp_set_script_translations( self::HANDLE, 'unified-inbox', Languages::folder() );
		wp_add_inline_script( self::HANDLE, 'window.unifiedInbox = ' . wp_json_encode( self::boot_data(), JSON_HEX_TAG | JSON_UNESCAPED_SLASHES ) . ';', 'before' );
		wp_enqueue_style( self::HANDLE, self::file_url( 'build/index.css' ), array( 'wp-components' ), $asset['version'] );
		wp_style_add_data( self::HANDLE, 'rtl', 'replace' );
	}

	/** Prints the mount point, or in words why there is none. */
	public static function render(): void {
		$connection = Pairing::connection();
		if ( is_wp_error( $connection ) && 'secret_unreadable' === $connection->get_error_code() ) {
			self::print_obstacle( $connection->get_error_message() );
			return;
		}
		if ( ! self::ready() ) {
			self::print_obstacle( __( 'Files of the plugin are missing. Install it again from its zip file; in a copy of the source run "npm ci && npm run build" in wp-plugin.', 'unified-inbox' ) );
			return;
		}
		printf(
			'<h1 class="screen-reader-text">%s</h1><div id="unified-inbox-root"><noscript>%s</noscript></div>',
			esc_html__( 'Inbox', 'unified-inbox' ),
			esc_html__( 'The inbox needs JavaScript. Switch it on in your browser, then reload this page.', 'unified-inbox' )
		);
	}

	/**
	 * What the app knows before its first call.
	 *
	 * @return array<string, mixed>
	 */
	public static function boot_data(): array {
		$user = wp_get_current_user();
		return array(
			'user'        => array(
				'id'   => $user->ID,
				'name' => $user->display_name,
				'role' => Capabilities::rank_of( $user ),
			),
			'locale'      => get_user_locale(),
			'timeZone'    => wp_timezone_string(),
			'isRtl'       => is_rtl(),
			'apiRoot'     => Proxy::NAMESPACE . '/api',
			'filesRoot'   => rest_url( Proxy::NAMESPACE . '/files/' ),
			'settingsUrl' => Settings_Screen::url(),
			'editorUrl'   => self::editor_url(),
			'canManage'   => current_user_can( Capabilities::MANAGE ),
			'canRoute'    => current_user_can( Capabilities::LEAD ),
			'canReply'    => current_user_can( Capabilities::REPLY ),
			'paired'      => ! is_wp_error( Pairing::connection() ),
		);
	}

	/**
	 * Says what stands in the way, with the one next step.
	 *
	 * @param string $message What happened and what to do.
	 */
	private static function print_obstacle( string $message ): void {
		printf( '<div class="unified-inbox-obstacle"><h1>%s</h1><p>%s</p>', esc_html__( 'Inbox', 'unified-inbox' ), esc_html( $message ) );
		if ( current_user_can( Capabilities::MANAGE ) ) {
			printf( '<p><a class="button button-primary" href="%s">%s</a></p>', esc_url( Settings_Screen::url() ), esc_html__( 'Open the settings', 'unified-inbox' ) );
		}
		echo '</div>';
	}

	/** The script of the editor, which the app brings when somebody first writes. */
	public static function editor_url(): string {
		$asset = self::file( 'build/editor.asset.php' );
		$built = is_readable( $asset ) ? require $asset : array( 'version' => '' );
		return add_query_arg( 'ver', $built['version'], self::file_url( 'build/editor.js' ) );
	}

	/** Whether the built app is there. */
	private static function ready(): bool {
		return is_readable( self::file( 'build/index.asset.php' ) );
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
	private static function file_url( string $path ): string {
		return plugins_url( $path, UNIFIED_INBOX_FILE );
	}
}
