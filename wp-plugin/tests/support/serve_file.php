<?php
/**
 * Serves one file through the plugin in a process of its own: php serve_file.php SERVICE_ROOT TOKEN. Bytes on stdout, peak memory on stderr.
 *
 * @package UnifiedInbox
 */

$_SERVER += array( 'HTTP_HOST' => '127.0.0.1', 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1' );
require getenv( 'WP_SITE' ) . '/wp-load.php';
require_once dirname( __DIR__, 2 ) . '/unified-inbox.php';

use UnifiedInbox\Files;
use UnifiedInbox\Secret_Box;

$pairing = array(
	'service_url' => $argv[1],
	'site_id'     => '7',
	'key_id'      => 'k1',
	'sealed'      => Secret_Box::seal( 'secret', get_current_blog_id() . '|7' ),
);
add_filter(
	'pre_option_unified_inbox_connection',
	static function () use ( $pairing ): array {
		return $pairing;
	}
);
$request = new WP_REST_Request( 'GET', '/unified-inbox/v1/files/x' );
$request->set_url_params( array( 'token' => $argv[2] ) );
$request->set_attributes( array( 'callback' => array( Files::class, 'accept' ) ) );
$before = memory_get_peak_usage();
Files::serve( false, Files::accept(), $request );
fwrite( STDERR, (string) ( memory_get_peak_usage() - $before ) );
