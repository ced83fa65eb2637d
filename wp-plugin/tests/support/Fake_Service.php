<?php
/**
 * Stands in for the service below WordPress's HTTP API.
 *
 * @package UnifiedInbox
 */

/** Answers what it was told to, remembers what it was asked, and lets nothing out to a network. */
final class Fake_Service {

	/**
	 * Requests, oldest first: method, url, path (with query), headers, body.
	 *
	 * @var array<int, array<string, mixed>>
	 */
	public $requests = array();

	/**
	 * Answers by "METHOD /path": the last one of a list stays.
	 *
	 * @var array<string, array<int, mixed>>
	 */
	private $answers = array();

	/** Takes the place of the network. */
	public function __construct() {
		add_filter( 'pre_http_request', array( $this, 'take' ), 99, 3 );
	}

	/**
	 * Queues an answer.
	 *
	 * @param string                $what    "GET /me": method and path below the root, without query.
	 * @param int                   $status  HTTP status.
	 * @param mixed                 $body    JSON-able, or text that is sent as it is.
	 * @param array<string, string> $headers Lower-case names.
	 */
	public function answers( string $what, int $status, $body = null, array $headers = array() ): self {
		$this->answers[ $what ][] = array(
			'headers'  => new WpOrg\Requests\Utility\CaseInsensitiveDictionary( $headers ),
			'response' => array( 'code' => $status, 'message' => '' ),
			'cookies'  => array(),
			'body'     => is_string( $body ) ? $body : ( null === $body ? '' : wp_json_encode( $body ) ),
		);
		return $this;
	}

	/**
	 * Answers with a problem.
	 *
	 * @param string               $what   As answers().
	 * @param int                  $status HTTP status.
	 * @param string               $code   Stable code.
	 * @param array<string, mixed> $more   Further members.
	 */
	public function refuses( string $what, int $status, string $code, array $more = array() ): self {
		return $this->answers( $what, $status, array( 'type' => 'about:blank', 'title' => $code, 'status' => $status, 'code' => $code ) + $more );
	}

	/**
	 * Does not answer at all.
	 *
	 * @param string $what As answers().
	 */
	public function is_down( string $what ): self {
		$this->answers[ $what ][] = new WP_Error( 'http_request_failed', 'Connection refused' );
		return $this;
	}

	/**
	 * All requests of a kind.
	 *
	 * @param string $what As answers().
	 * @return array<int, array<string, mixed>>
	 */
	public function asked( string $what ): array {
		return array_values(
			array_filter(
				$this->requests,
				static function ( array $request ) use ( $what ): bool {
					return "{$request['method']} " . strtok( $request['path'], '?' ) === $what;
				}
			)
		);
	}

	/**
	 * The filter.
	 *
	 * @param mixed                $before    What others answered.
	 * @param array<string, mixed> $arguments Of the request.
	 * @param string               $url       Address.
	 * @return array<string, mixed>|WP_Error
	 */
	public function take( $before, array $arguments, string $url ) {
		$path = (string) preg_replace( '#^https?://[^/]+/api/v1#', '', $url );
		$what = $arguments['method'] . ' ' . strtok( $path, '?' );

		$this->requests[] = array( 'url' => $url, 'path' => $path ) + $arguments;
		if ( ! isset( $this->answers[ $what ] ) ) {
			return new WP_Error( 'unexpected', "The test did not expect $what" );
		}
		return count( $this->answers[ $what ] ) > 1 ? array_shift( $this->answers[ $what ] ) : $this->answers[ $what ][0];
	}
}
