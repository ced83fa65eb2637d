<?php
/**
 * Sets up a private WordPress, run from the site's folder (there is no wp-cli in Debian):
 *
 *   php install.php install            the tables, and the manager as the first user
 *   php install.php furnish USERS      permalinks, the plugin, the users of a tab-separated file
 *   php install.php pair URL CODE      pairs the plugin with the service
 *
 * USERS has one user a line: name, login, password, role, locale, display name, address.
 */

namespace UnifiedInbox\Demo;

const PLUGIN = 'unified-inbox/unified-inbox.php';

const HOME_TEXT = <<<'HTML'
<!-- wp:heading --><h2 class="wp-block-heading">Loose-leaf tea and the pots it deserves</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p>We blend in small batches, pack by hand and post within two working days. Questions about an order, a brew or an invoice? Write to support@jasmine-reed.example and a person answers.</p><!-- /wp:paragraph -->
HTML;

/**
 * Ends with a sentence on standard error.
 */
function fail( string $sentence ): void {
	fwrite( STDERR, "$sentence\n" );
	exit( 1 );
}

/**
 * @return array<int, array<string, string>> The users of a tab-separated file.
 */
function read_users( string $file ): array {
	$keys  = array( 'name', 'login', 'password', 'role', 'locale', 'shown', 'address' );
	$users = array();
	foreach ( file( $file, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES ) as $line ) {
		$users[] = array_combine( $keys, explode( "\t", $line ) );
	}
	return $users;
}

/**
 * Makes the tables; the first user is an administrator with a password nobody knows until
 * furnish() sets it.
 */
function install(): void {
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	if ( is_blog_installed() ) {
		return;
	}
	wp_install( 'Jasmine & Reed', 'manager', 'manager@jasmine-reed.example', false, '', bin2hex( random_bytes( 16 ) ) );
}

/**
 * @param array<string, string> $user One line of the users file.
 */
function keep_user( array $user ): void {
	$id = wp_insert_user(
		array(
			'ID'           => username_exists( $user['login'] ) ?: 0,
			'user_login'   => $user['login'],
			'user_pass'    => '',
			'user_email'   => $user['address'],
			'display_name' => $user['shown'],
			'first_name'   => strtok( $user['shown'], ' ' ),
			'role'         => $user['role'],
			'locale'       => 'en_US' === $user['locale'] ? '' : $user['locale'],
		)
	);
	if ( is_wp_error( $id ) ) {
		fail( "The user {$user['login']} could not be made: " . $id->get_error_message() );
	}
	wp_set_password( $user['password'], $id );
}

/**
 * Gives the shop its home page, once.
 */
function keep_home_page(): void {
	if ( get_page_by_path( 'welcome' ) ) {
		return;
	}
	$id = wp_insert_post(
		array(
			'post_type'    => 'page',
			'post_status'  => 'publish',
			'post_title'   => 'Welcome',
			'post_name'    => 'welcome',
			'post_content' => HOME_TEXT,
		)
	);
	update_option( 'show_on_front', 'page' );
	update_option( 'page_on_front', $id );
}

/**
 * Permalinks (without them /wp-json/ answers with the home page), the plugin, users, a page.
 */
function furnish( string $users_file ): void {
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	$GLOBALS['wp_rewrite']->set_permalink_structure( '/%postname%/' );
	$GLOBALS['wp_rewrite']->flush_rules( false );
	update_option( 'blogdescription', 'Tea, teapots and time' );
	$problem = activate_plugin( PLUGIN );
	if ( is_wp_error( $problem ) ) {
		fail( 'The plugin could not be activated: ' . $problem->get_error_message() );
	}
	foreach ( read_users( $users_file ) as $user ) {
		keep_user( $user );
	}
	keep_home_page();
}

/**
 * Does what the pairing screen does when its button is pressed.
 */
function pair( string $service_url, string $code ): void {
	wp_set_current_user( get_user_by( 'login', 'manager' )->ID );
	$result = \UnifiedInbox\Pairing::pair( $service_url, $code );
	if ( is_wp_error( $result ) ) {
		fail( 'The plugin could not be paired: ' . $result->get_error_message() );
	}
}

if ( 'cli' !== PHP_SAPI ) {
	exit( 1 );
}
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['HTTP_HOST']       = '127.0.0.1';
if ( 'install' === ( $argv[1] ?? '' ) ) {
	define( 'WP_INSTALLING', true );
}
require getcwd() . '/wp-load.php';

switch ( $argv[1] ?? '' ) {
	case 'install':
		install();
		break;
	case 'furnish':
		furnish( $argv[2] );
		break;
	case 'pair':
		pair( $argv[2], $argv[3] );
		break;
	default:
		fail( 'Say which step: install, furnish USERS, or pair URL CODE.' );
}
