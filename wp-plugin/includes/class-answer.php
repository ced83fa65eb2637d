<?php
/**
 * One answer of the service.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Status, body and the one header we pass on. */
final class Answer {

	/**
	 * HTTP status.
	 *
	 * @var int
	 */
	public $status;

	/**
	 * Decoded JSON: objects stay objects, so that an empty one is not sent on as a list. Null without a body.
	 *
	 * @var mixed
	 */
	public $body;

	/**
	 * The resource's version, or ''.
	 *
	 * @var string
	 */
	public $etag;

	/**
	 * Takes the parts as they came.
	 *
	 * @param int    $status HTTP status.
	 * @param mixed  $body   Decoded JSON.
	 * @param string $etag   ETag header.
	 */
	public function __construct( int $status, $body, string $etag = '' ) {
		$this->status = $status;
		$this->body   = $body;
		$this->etag   = $etag;
	}

	/**
	 * Reads what the HTTP API of WordPress returned.
	 *
	 * @param array<string, mixed> $response A response that is not a WP_Error.
	 */
	public static function from_http( array $response ): self {
		return new self(
			(int) wp_remote_retrieve_response_code( $response ),
			json_decode( wp_remote_retrieve_body( $response ) ),
			(string) wp_remote_retrieve_header( $response, 'etag' )
		);
	}

	/** Whether the service did what was asked. */
	public function ok(): bool {
		return $this->status >= 200 && $this->status < 300;
	}

	/**
	 * A text member of the body.
	 *
	 * @param string $name Member.
	 * @return string '' when missing or not a text.
	 */
	public function text( string $name ): string {
		$value = is_object( $this->body ) ? ( $this->body->$name ?? '' ) : '';
		return is_scalar( $value ) ? (string) $value : '';
	}

	/** The stable code of a problem, or ''. */
	public function code(): string {
		return $this->text( 'code' );
	}

	/** The failure in words the reader can act on; call it only when ok() is false. */
	public function error(): \WP_Error {
		$code = '' === $this->code() ? 'service_error' : $this->code();
		$data = array(
			'status' => $this->status,
			'field'  => $this->text( 'field' ),
		);
		return new \WP_Error( $code, Problem::words( $this ), $data );
	}
}
