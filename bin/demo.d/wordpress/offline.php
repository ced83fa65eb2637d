<?php
/**
 * Plugin Name: Demo on loopback
 * Description: Keeps a private WordPress and its pages on this machine: no update checks, no
 *              avatars or emoji from elsewhere, and mail into a file.
 */

namespace UnifiedInbox\Demo;

defined( 'ABSPATH' ) || exit;

/**
 * Lets requests through to this machine alone.
 *
 * @param mixed  $answer What an earlier filter answered.
 * @param array  $args   The request.
 * @param string $url    Its address.
 * @return mixed
 */
function refuse_outside( $answer, array $args, string $url ) {
	$host = wp_parse_url( $url, PHP_URL_HOST );
	if ( in_array( $host, array( '127.0.0.1', 'localhost' ), true ) ) {
		return $answer;
	}
	return new \WP_Error( 'offline', "This WordPress talks to its own machine only, not to $host." );
}

/**
 * The answer of an update check that has found nothing.
 */
function no_updates(): object {
	return (object) array(
		'last_checked'    => time(),
		'version_checked' => get_bloginfo( 'version' ),
		'updates'         => array(),
		'response'        => array(),
		'translations'    => array(),
	);
}

/**
 * Writes a mail to a file in place of sending it.
 *
 * @param mixed $answer What an earlier filter answered.
 * @param array $mail   The arguments of wp_mail().
 */
function keep_mail( $answer, array $mail ): bool {
	file_put_contents( WP_CONTENT_DIR . '/mail.log', wp_json_encode( $mail ) . "\n", FILE_APPEND | LOCK_EX );
	return true;
}

/**
 * Takes out of the pages what would load from elsewhere.
 */
function drop_outside_assets(): void {
	remove_action( 'wp_head', 'print_emoji_detection_script', 7 );
	remove_action( 'admin_print_scripts', 'print_emoji_detection_script' );
	remove_action( 'init', 'wp_schedule_update_checks' );
}

add_filter( 'pre_http_request', __NAMESPACE__ . '\refuse_outside', 1, 3 );
add_filter( 'pre_site_transient_update_core', __NAMESPACE__ . '\no_updates' );
add_filter( 'pre_site_transient_update_plugins', __NAMESPACE__ . '\no_updates' );
add_filter( 'pre_site_transient_update_themes', __NAMESPACE__ . '\no_updates' );
add_filter(
	'translations_api',
	static function (): array {
		return array( 'translations' => array() );
	}
);
// The script that puts the cursor into the login form steals it from a browser test's typing.
add_filter( 'enable_login_autofocus', '__return_false' );
add_filter( 'pre_option_show_avatars', '__return_zero' );
add_filter( 'emoji_svg_url', '__return_false' );
add_filter( 'pre_wp_mail', __NAMESPACE__ . '\keep_mail', 10, 2 );
add_action( 'init', __NAMESPACE__ . '\drop_outside_assets', 0 );
add_action(
	'wp_dashboard_setup',
	static function (): void {
		remove_meta_box( 'dashboard_primary', 'dashboard', 'side' );
	}
);
