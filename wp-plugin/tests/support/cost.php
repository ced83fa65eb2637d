<?php
/**
 * Draws one page in a process of its own and prints what it took: php cost.php URI with|without [USER]. JSON on stdout.
 *
 * @package UnifiedInbox
 */

list( , $uri, $how ) = $argv;
$user    = (int) ( $argv[3] ?? 0 );
$site    = getenv( 'WP_SITE' );
$_SERVER = array_merge( $_SERVER, array( 'HTTP_HOST' => '127.0.0.1', 'SERVER_NAME' => '127.0.0.1', 'REQUEST_URI' => $uri, 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'SCRIPT_NAME' => '/index.php', 'PHP_SELF' => strtok( $uri, '?' ), 'REMOTE_ADDR' => '127.0.0.1' ) );
parse_str( (string) parse_url( $uri, PHP_URL_QUERY ), $_GET );
$_REQUEST = $_GET;

// Filters that have to be there before WordPress is: it takes over what it finds in this variable.
$wp_filter = array(
	'option_active_plugins'  => array( 10 => array( array( 'accepted_args' => 1, 'function' => static function ( $plugins ) use ( $how ) {
		$others = array_values( array_diff( (array) $plugins, array( 'unified-inbox/unified-inbox.php' ) ) );
		return 'with' === $how ? array_merge( $others, array( 'unified-inbox/unified-inbox.php' ) ) : $others;
	} ) ) ),
	'determine_current_user' => array( 99 => array( array( 'accepted_args' => 1, 'function' => static function () use ( $user ) {
		return $user;
	} ) ) ),
	// In this process alone: somebody who signs in meanwhile would write over what the database has.
	'session_token_manager'  => array( 10 => array( array( 'accepted_args' => 0, 'function' => static function () {
		require_once __DIR__ . '/Own_Session.php';
		return Own_Session::class;
	} ) ) ),
	'redirect_canonical'     => array( 10 => array( array( 'accepted_args' => 0, 'function' => '__return_false' ) ) ),
);
register_shutdown_function( static function (): void {
	$html    = ob_get_clean();
	$queries = $GLOBALS['wpdb']->num_queries;
	preg_match_all( '#<(?:script|link|style)\b[^>]*#', (string) $html, $assets );
	echo json_encode( array(
		'queries' => $queries,
		'bytes'   => strlen( (string) $html ),
		'assets'  => count( $assets[0] ),
		'ours'    => preg_match_all( '/unified-inbox/', implode( $assets[0] ) ),
		'whole'   => 1 === preg_match( '#</html>#', (string) $html ),
		'end'     => ( error_get_last()['message'] ?? '' ) . ' ' . substr( (string) $html, -300 ),
	) );
} );
ob_start();
if ( 0 === $user ) {
	define( 'WP_USE_THEMES', true );
	require "$site/wp-blog-header.php";
} else {
	define( 'WP_ADMIN', true );
	chdir( "$site/wp-admin" );
	$PHP_SELF = $_SERVER['PHP_SELF'];
	require "$site/wp-load.php";
	foreach ( array( AUTH_COOKIE => 'auth', LOGGED_IN_COOKIE => 'logged_in' ) as $cookie => $scheme ) {
		$_COOKIE[ $cookie ] = wp_generate_auth_cookie( $user, time() + 3600, $scheme, 'test' );
	}
	require $site . $_SERVER['PHP_SELF'];
}
