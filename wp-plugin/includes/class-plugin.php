<?php
/**
 * Composition root: the one place that knows every part of the plugin.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Wires the parts to WordPress, and looks after activation and removal. */
final class Plugin {

	/** Hooks every part up; nothing here reads the database. */
	public static function boot(): void {
		register_activation_hook( UNIFIED_INBOX_FILE, array( self::class, 'activate' ) );
		register_deactivation_hook( UNIFIED_INBOX_FILE, array( self::class, 'deactivate' ) );
		add_action( 'wp_initialize_site', array( self::class, 'set_up_new_site' ), 20 );

		Languages::register();
		Capabilities::register();
		Agents::register();
		add_action( 'init', array( Forms\Blocks::class, 'register' ) );
		add_action( 'rest_api_init', array( Forms\Blocks::class, 'register_route' ) );
		Forms\Definitions::register();
		Forms\Delivery::register();
		Forms\Form_Page::register();
		Portal\Status_Address::register();
		Portal\Status_Page::register();
		Care\Oauth_Callback::register();
		Care\Site_Health::register();
		Care\Alarm::register();
		Care\Privacy::register();
		add_action( 'rest_api_init', array( Proxy::class, 'register_route' ) );
		add_action( 'rest_api_init', array( Files::class, 'register_route' ) );
		add_action( 'rest_api_init', array( Access::class, 'register_routes' ) );
		add_action( 'rest_api_init', array( Push::class, 'register_route' ) );
		add_action( 'rest_api_init', array( Customer_Cards::class, 'register_route' ) );
		add_action( 'admin_menu', array( Inbox_Screen::class, 'register' ) );
		add_action( 'admin_menu', array( Settings_Screen::class, 'register' ) );
	}

	/**
	 * Makes the roles ready, on every site when the whole network switches the plugin on.
	 *
	 * @param bool $network_wide Whether all sites of a network are meant.
	 */
	public static function activate( bool $network_wide = false ): void {
		self::on_sites( $network_wide, array( self::class, 'set_up' ) );
	}

	/**
	 * Stops our timers; settings and roles stay until the plugin is deleted.
	 *
	 * @param bool $network_wide Whether all sites of a network are meant.
	 */
	public static function deactivate( bool $network_wide = false ): void {
		self::on_sites( $network_wide, array( Care\Removal::class, 'stop' ) );
	}

	/** Roles and the options of the menu's marks for this site, and the timers where it is already paired. */
	public static function set_up(): void {
		Capabilities::install();
		if ( false === get_option( Badge::OPTION ) ) {
			Badge::reset();
		}
		if ( false === get_option( Care\Alarm::OPTION ) ) {
			Care\Alarm::reset();
		}
		if ( Pairing::is_paired() ) {
			Agents::schedule();
			Care\Alarm::schedule();
			Forms\Delivery::resume();
		}
	}

	/**
	 * A site added to a network that runs the plugin everywhere gets its roles as well.
	 *
	 * @param \WP_Site $site The new site.
	 */
	public static function set_up_new_site( \WP_Site $site ): void {
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		if ( is_plugin_active_for_network( plugin_basename( UNIFIED_INBOX_FILE ) ) ) {
			switch_to_blog( (int) $site->blog_id );
			self::set_up();
			restore_current_blog();
		}
	}

	/**
	 * Runs a callable in each site of the network, or once on a plain site.
	 *
	 * @param callable $work Takes no arguments.
	 */
	public static function on_every_site( callable $work ): void {
		self::on_sites( is_multisite(), $work );
	}

	/**
	 * Runs a callable on all sites or just on this one.
	 *
	 * @param bool     $all  Whether every site of the network is meant.
	 * @param callable $work Takes no arguments.
	 */
	private static function on_sites( bool $all, callable $work ): void {
		if ( ! $all || ! is_multisite() ) {
			$work();
			return;
		}
		foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $site_id ) {
			switch_to_blog( $site_id );
			$work();
			restore_current_blog();
		}
	}
}
