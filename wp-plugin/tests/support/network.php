<?php
/**
 * A real network of two sites beside the test site, in the same database under another table prefix:
 * php network.php install PREFIX, then php network.php use PREFIX, each a process of its own. Every line on stdout is one fact
 * as JSON; whoever starts it drops the tables.
 *
 * @package UnifiedInbox
 */

list( , $step, $prefix ) = $argv;

$site    = getenv( 'WP_SITE' );
$_SERVER = array_merge( $_SERVER, array( 'HTTP_HOST' => 'network.test', 'SERVER_NAME' => 'network.test', 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1' ) );
define( 'ABSPATH', "$site/" );
define( 'WP_HOME', 'http://network.test' );
define( 'WP_SITEURL', 'http://network.test' );
define( 'UPLOADS', 'wp-content/uploads/network-test' );
define( 'WP_ALLOW_MULTISITE', true );
if ( 'install' === $step ) {
	define( 'WP_INSTALLING', true );
} else {
	define( 'MULTISITE', true );
	define( 'SUBDOMAIN_INSTALL', false );
	define( 'DOMAIN_CURRENT_SITE', 'network.test' );
	define( 'PATH_CURRENT_SITE', '/' );
	define( 'SITE_ID_CURRENT_SITE', 1 );
	define( 'BLOG_ID_CURRENT_SITE', 1 );
}
$config = (string) file_get_contents( "$site/wp-config.php" );
$config = preg_replace( "/define\( '(WP_HOME|WP_SITEURL)'[^;]*;/", '', $config );
$config = str_replace( "\$table_prefix = 'wp_';", "\$table_prefix = '$prefix';", $config );
eval( '?>' . $config ); // phpcs:ignore Squiz.PHP.Eval -- the test site's own settings, but for addresses and prefix.
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
if ( 'install' === $step ) {
	ob_start();
	wp_install( 'Network', 'owner', 'owner@network.test', false, '', 'x' );
	foreach ( $wpdb->tables( 'ms_global' ) as $table => $name ) {
		$wpdb->$table = $name;
	}
	require_once ABSPATH . 'wp-admin/includes/network.php';
	install_network();
	populate_network( 1, 'network.test', 'owner@network.test', 'Network', '/', false );
	ob_end_clean();
	exit;
}
require_once ABSPATH . 'wp-admin/includes/plugin.php';
// A plugin that is linked into the plugins' folder is known by its place there.
wp_register_plugin_realpath( WP_PLUGIN_DIR . '/unified-inbox/unified-inbox.php' );
require_once WP_PLUGIN_DIR . '/unified-inbox/unified-inbox.php';
require_once __DIR__ . '/Fake_Service.php';

use UnifiedInbox\Capabilities;
use UnifiedInbox\Forms\Delivery;
use UnifiedInbox\Forms\Entry;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Pairing;
use UnifiedInbox\Plugin;

/**
 * Prints a fact.
 *
 * @param string $name  Fact.
 * @param mixed  $value Value.
 */
function tell( string $name, $value ): void {
	echo json_encode( array( $name, $value ) ) . "\n";
}

/**
 * Does something on a site of the network.
 *
 * @param int      $id   Site.
 * @param callable $work What.
 * @return mixed
 */
function on_site( int $id, callable $work ) {
	switch_to_blog( $id );
	$result = $work();
	restore_current_blog();
	return $result;
}

$owner = get_user_by( 'login', 'owner' )->ID;
wp_set_current_user( $owner );
tell( 'multisite', is_multisite() );

$service = new Fake_Service();
Plugin::activate( true );
update_site_option( 'active_sitewide_plugins', array( 'unified-inbox/unified-inbox.php' => time() ) );
$second = wpmu_create_blog( 'network.test', '/two/', 'Two', $owner );
tell( 'second site', $second );
$has_roles = static function () {
	return null !== get_role( 'unified_inbox_agent' );
};
tell( 'roles', array( $has_roles(), on_site( $second, $has_roles ) ) );

$service->answers( 'POST /pairing', 201, array( 'site_id' => '7', 'key_id' => 'k1', 'secret' => 'one' ) );
$service->answers( 'POST /pairing', 201, array( 'site_id' => '8', 'key_id' => 'k2', 'secret' => 'two' ) );
$service->answers( 'PUT /agents', 200, array() );
$service->is_down( 'POST /forms/5/entries' );
on_site( 1, static function () {
	return Pairing::pair( 'http://127.0.0.1:9999', 'a' );
} );
tell( 'second is paired with the first', on_site( $second, array( Pairing::class, 'is_paired' ) ) );
on_site( $second, static function () {
	return Pairing::pair( 'http://127.0.0.1:9999', 'b' );
} );
tell( 'homes', array_map( static function ( array $request ) {
	return json_decode( $request['body'], true )['home_url'];
}, $service->asked( 'POST /pairing' ) ) );
tell( 'secrets', array( Pairing::connection()->secret, on_site( $second, array( Pairing::class, 'connection' ) )->secret ) );

$first = get_option( Pairing::OPTION );
tell( 'a secret moved to another site opens', on_site( $second, static function () use ( $first ) {
	$own = get_option( Pairing::OPTION );
	update_option( Pairing::OPTION, $first );
	$opened = Pairing::connection();
	update_option( Pairing::OPTION, $own );
	return is_wp_error( $opened ) ? $opened->get_error_code() : 'yes';
} ) );

$entry = Entry::make( '5', array( 'message' => 'm' ), array(), 't', '' );
on_site( $second, static function () use ( $entry ) {
	return Delivery::send( $entry );
} );
tell( 'waiting', array( count( Queue::files() ), on_site( $second, static function () {
	return count( Queue::files() );
} ) ) );

on_site( $second, static function () {
	UnifiedInbox\Care\Removal::decide( true );
} );
Plugin::on_every_site( array( UnifiedInbox\Care\Removal::class, 'uninstall' ) );
tell( 'left after removal', array( Pairing::is_paired(), on_site( $second, static function () {
	global $wpdb;
	return $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%unified\\_inbox%'" );
} ) ) );
