<?php
/**
 * Front controller for PHP's built-in web server: files as they are, folders by their index.php,
 * everything else to WordPress. Sub-sites of a network in folders share /wp-admin and its kin.
 */

namespace UnifiedInbox\Demo;

/**
 * Whether a path must never be answered: dot files, climbing out of the site, the configuration,
 * scripts among uploads, logs.
 */
function is_forbidden( string $path ): bool {
	return (bool) preg_match( '#/\.|^/wp-config|^/wp-content/uploads/.*\.php|\.log$#i', $path );
}

/**
 * The path of the file that answers, below the site's folder.
 */
function find_target( string $root, string $path ): string {
	$shared = '#^/[\w-]+(/wp-(?:admin|content|includes)(?:/.*)?|/[^/]+\.php)$#';
	if ( ! file_exists( $root . $path ) && preg_match( $shared, $path, $match ) ) {
		$path = file_exists( $root . $match[1] ) ? $match[1] : $path;
	}
	if ( is_dir( $root . $path ) && '/' !== $path && is_file( "$root$path/index.php" ) ) {
		$path = rtrim( $path, '/' ) . '/index.php';
	}
	return is_file( $root . $path ) ? $path : '/index.php';
}

/**
 * Whether a file stays as it is under its address: WordPress's own, and what a build has named by
 * its content.
 */
function is_lasting( string $path ): bool {
	return isset( $_GET['ver'] ) && preg_match( '#^/wp-(includes|admin)/|/unified-inbox/build/#', $path );
}

/**
 * Sends a file that the built-in server would not find under the requested path, or would have
 * asked for anew by every page.
 */
function send_file( string $file, bool $lasting ): void {
	if ( $lasting ) {
		header( 'Cache-Control: max-age=31536000, immutable' );
	}
	$types  = array(
		'css' => 'text/css',
		'js'  => 'text/javascript',
		'svg' => 'image/svg+xml',
	);
	$ending = strtolower( pathinfo( $file, PATHINFO_EXTENSION ) );
	header( 'Content-Type: ' . ( $types[ $ending ] ?? mime_content_type( $file ) ) );
	readfile( $file );
}

/**
 * Answers the request, or names the PHP script that does.
 *
 * @return bool|string The built-in server's own answer (true: done, false: serve the file), or the
 *                     path of a script.
 */
function route( string $root, string $path ) {
	if ( is_forbidden( $path ) ) {
		http_response_code( 403 );
		return true;
	}
	if ( is_dir( $root . $path ) && '/' !== substr( $path, -1 ) ) {
		header( "Location: $path/", true, 301 );
		return true;
	}
	$target = find_target( $root, $path );
	if ( '.php' === substr( $target, -4 ) ) {
		return $target;
	}
	$lasting = is_lasting( $target );
	if ( $target === $path && ! $lasting ) {
		return false;
	}
	send_file( $root . $target, $lasting );
	return true;
}

$_SERVER['UNIFIED_INBOX_ROUTE'] = route(
	$_SERVER['DOCUMENT_ROOT'],
	rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) )
);
if ( is_bool( $_SERVER['UNIFIED_INBOX_ROUTE'] ) ) {
	return $_SERVER['UNIFIED_INBOX_ROUTE'];
}

// WordPress expects the global scope, and no variable of ours in it.
$_SERVER['SCRIPT_NAME']     = $_SERVER['UNIFIED_INBOX_ROUTE'];
$_SERVER['PHP_SELF']        = $_SERVER['UNIFIED_INBOX_ROUTE'];
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . $_SERVER['UNIFIED_INBOX_ROUTE'];
chdir( dirname( $_SERVER['SCRIPT_FILENAME'] ) );
require $_SERVER['SCRIPT_FILENAME'];
