<?php
/**
 * Prints the wp-config.php of a private site. Values come from the environment and pass through
 * var_export(), so that a quote in a folder's name cannot break the file.
 */

$constants = array(
	'DB_NAME'                    => 'wordpress',
	'DB_USER'                    => 'root',
	'DB_PASSWORD'                => '',
	'DB_HOST'                    => 'localhost:' . getenv( 'WP_SOCKET' ),
	'DB_CHARSET'                 => 'utf8mb4',
	'DB_COLLATE'                 => '',
	'WP_HOME'                    => 'http://127.0.0.1:' . getenv( 'WP_PORT' ),
	'WP_SITEURL'                 => 'http://127.0.0.1:' . getenv( 'WP_PORT' ),
	'WP_ENVIRONMENT_TYPE'        => 'local',
	'AUTOMATIC_UPDATER_DISABLED' => true,
	'DISALLOW_FILE_MODS'         => true,
	'WP_DEBUG'                   => true,
	'WP_DEBUG_DISPLAY'           => false,
	'WP_DEBUG_LOG'               => getenv( 'WP_LOG' ),
);
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {
	$constants[ "{$name}_KEY" ]  = bin2hex( random_bytes( 32 ) );
	$constants[ "{$name}_SALT" ] = bin2hex( random_bytes( 32 ) );
}

echo "<?php\n";
foreach ( $constants as $name => $value ) {
	printf( "define( '%s', %s );\n", $name, var_export( $value, true ) );
}
echo "\$table_prefix = 'wp_';\n";
echo "if ( ! defined( 'ABSPATH' ) ) {\n\tdefine( 'ABSPATH', __DIR__ . '/' );\n}\n";
echo "require_once ABSPATH . 'wp-settings.php';\n";
