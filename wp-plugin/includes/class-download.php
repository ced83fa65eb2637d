<?php
/**
 * Fetches one file of the service piece by piece.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/**
 * A download that is never held as a whole, neither in memory nor on disk.
 *
 * This is the one use of curl itself: the HTTP API of WordPress can only collect a body or write it to a file.
 */
final class Download {

	/** A stalled transfer is given up after this many seconds without a byte. */
	const PATIENCE = 30;

	/**
	 * Called once with the status and the headers (lower-case names); returns whether the body is wanted.
	 *
	 * @var callable(int, array<string, string>): bool
	 */
	private $on_start;

	/**
	 * Called with each piece.
	 *
	 * @var callable(string): void
	 */
	private $on_piece;

	/**
	 * Headers seen so far.
	 *
	 * @var array<string, string>
	 */
	private $headers = array();

	/**
	 * Whether on_start said it wants the body; null before it was asked.
	 *
	 * @var bool|null
	 */
	private $wanted = null;

	/**
	 * Takes the two callbacks.
	 *
	 * @param callable $on_start Gets (int status, array headers), returns bool.
	 * @param callable $on_piece Gets (string bytes).
	 */
	public function __construct( callable $on_start, callable $on_piece ) {
		$this->on_start = $on_start;
		$this->on_piece = $on_piece;
	}

	/**
	 * Runs to the end.
	 *
	 * @param string   $url     Address.
	 * @param string[] $headers Request headers, "Name: value".
	 * @return true|\WP_Error An error when the transfer never began or broke off.
	 */
	public function run( string $url, array $headers ) {
		if ( ! function_exists( 'curl_init' ) ) {
			return new \WP_Error( 'curl_missing', __( 'Files need the PHP extension curl. Ask your host to switch it on.', 'unified-inbox' ), array( 'status' => 501 ) );
		}
		$handle = curl_init( $url );
		curl_setopt_array( $handle, $this->options( $headers ) );
		$complete = curl_exec( $handle );
		$reason   = curl_error( $handle );
		$status   = (int) curl_getinfo( $handle, CURLINFO_RESPONSE_CODE );
		if ( $complete && null === $this->wanted ) {
			$this->start( $status );
		}
		// Refusing the body stops curl with an error that is none.
		return $complete || false === $this->wanted ? true : new \WP_Error( 'service_unreachable', $reason, array( 'status' => 502 ) );
	}

	/**
	 * Settings of the transfer.
	 *
	 * @param string[] $headers Request headers.
	 * @return array<int, mixed>
	 */
	private function options( array $headers ): array {
		return array(
			CURLOPT_HTTPHEADER      => $headers,
			CURLOPT_PROTOCOLS       => CURLPROTO_HTTP | CURLPROTO_HTTPS,
			CURLOPT_FOLLOWLOCATION  => false,
			CURLOPT_CONNECTTIMEOUT  => Client::TIMEOUT,
			CURLOPT_LOW_SPEED_LIMIT => 1,
			CURLOPT_LOW_SPEED_TIME  => self::PATIENCE,
			CURLOPT_CAINFO          => ABSPATH . WPINC . '/certificates/ca-bundle.crt',
			CURLOPT_HEADERFUNCTION  => array( $this, 'take_header' ),
			CURLOPT_WRITEFUNCTION   => array( $this, 'take_piece' ),
		);
	}

	/**
	 * One header line.
	 *
	 * @param resource|\CurlHandle $handle The transfer.
	 * @param string               $line   With its line end.
	 * @return int Bytes taken.
	 */
	public function take_header( $handle, string $line ): int {
		$parts = explode( ':', $line, 2 );
		if ( 2 === count( $parts ) ) {
			$this->headers[ strtolower( trim( $parts[0] ) ) ] = trim( $parts[1] );
		}
		return strlen( $line );
	}

	/**
	 * One piece of the body.
	 *
	 * @param resource|\CurlHandle $handle The transfer.
	 * @param string               $bytes  The piece.
	 * @return int Bytes taken; 0 ends the transfer.
	 */
	public function take_piece( $handle, string $bytes ): int {
		if ( null === $this->wanted ) {
			$this->start( (int) curl_getinfo( $handle, CURLINFO_RESPONSE_CODE ) );
		}
		if ( ! $this->wanted ) {
			return 0;
		}
		( $this->on_piece )( $bytes );
		return strlen( $bytes );
	}

	/**
	 * Asks whether the body is wanted.
	 *
	 * @param int $status HTTP status.
	 */
	private function start( int $status ): void {
		$this->wanted = (bool) ( $this->on_start )( $status, $this->headers );
	}
}
