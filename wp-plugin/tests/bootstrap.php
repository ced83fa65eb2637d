<?php
/**
 * Loads an installed WordPress into PHPUnit: WP_SITE=/path/to/wordpress phpunit --bootstrap wp-plugin/tests/bootstrap.php wp-plugin/tests/php
 *
 * @package UnifiedInbox
 */

// PHPUnit includes this file inside a function; what WordPress expects to be global has to be said to be.
global $wpdb, $table_prefix, $wp_version, $wp_db_version, $required_php_version, $required_mysql_version, $wp_local_package;
global $wp_filter, $wp_actions, $wp_filters, $wp_current_filter, $wp_rewrite, $wp, $wp_query, $wp_the_query, $wp_roles, $wp_locale;
global $wp_locale_switcher, $wp_widget_factory, $wp_plugin_paths, $wp_object_cache, $wp_textdomain_registry, $l10n, $blog_id, $pagenow;
global $timestart, $current_user, $shortcode_tags, $PHP_SELF, $menu, $submenu, $_wp_submenu_nopriv, $_wp_menu_nopriv;
global $_registered_pages, $_parent_pages, $admin_page_hooks, $parent_file, $submenu_file, $plugin_page, $title, $typenow;

$wp_site = getenv( 'WP_SITE' );
if ( ! $wp_site || ! is_readable( "$wp_site/wp-load.php" ) ) {
	fwrite( STDERR, "Set WP_SITE to the folder of an installed WordPress 6.8 or newer, for example the one bin/demo makes.\n" );
	exit( 2 );
}
$request = array(
	'HTTP_HOST'       => '127.0.0.1',
	'SERVER_NAME'     => '127.0.0.1',
	'REQUEST_URI'     => '/',
	'REQUEST_METHOD'  => 'GET',
	'SERVER_PROTOCOL' => 'HTTP/1.1',
	'REMOTE_ADDR'     => '127.0.0.1',
);
$_SERVER = array_merge( $_SERVER, $request );
require "$wp_site/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once dirname( __DIR__ ) . '/unified-inbox.php';
require_once __DIR__ . '/support/Fake_Service.php';
require_once __DIR__ . '/support/Plugin_Test_Case.php';
require_once __DIR__ . '/support/Doors_Test_Case.php';
require_once __DIR__ . '/support/Portal_Test_Case.php';
// As where the plugin is switched on for the first time, whatever an earlier version left here.
UnifiedInbox\Capabilities::uninstall();
UnifiedInbox\Capabilities::install();
