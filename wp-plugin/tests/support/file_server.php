<?php
/**
 * Router of a small web server on loopback that plays the service's files: /file.N (N bytes), /gone, /empty, /cut.
 *
 * @package UnifiedInbox
 */

list( $name, $size ) = explode( '.', basename( $_SERVER['REQUEST_URI'] ) . '.0' );
if ( 'gone' === $name ) {
	http_response_code( 410 );
	echo '{"code":"gone"}';
	return;
}
if ( 'empty' === $name ) {
	header( 'Content-Type: text/plain' );
	return;
}
header( 'Content-Type: application/pdf' );
header( 'Content-Disposition: attachment; filename="big.pdf"' );
header( 'Content-Length: ' . $size );
header( 'X-Was-Signed: ' . ( $_SERVER['HTTP_AUTHORIZATION'] ?? '' ) );
for ( $left = 'cut' === $name ? 1000 : (int) $size; $left > 0; $left -= 65536 ) {
	echo str_repeat( 'x', min( 65536, $left ) );
	flush();
}
