<?php
/**
 * One filled-in form.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

use UnifiedInbox\Secret_Box;

defined( 'ABSPATH' ) || exit;

/** What the service gets to know of a submission, complete before anything is sent, so that a replay says exactly the same. */
final class Entry {

	/** The service's own: Crockford's base 32, which has no letter that people take for a digit. */
	const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

	/**
	 * Form it was made with.
	 *
	 * @var string
	 */
	public $form_id;

	/**
	 * Body of POST /forms/<id>/entries.
	 *
	 * @var array<string, mixed>
	 */
	public $body;

	/**
	 * Takes both parts.
	 *
	 * @param string               $form_id Form.
	 * @param array<string, mixed> $body    Body of the call.
	 */
	public function __construct( string $form_id, array $body ) {
		$this->form_id = $form_id;
		$this->body    = $body;
	}

	/**
	 * A new entry. Key and reference follow from what was sent and from the token of the shown form: a second press of the
	 * button is the same entry, and gets the same reference.
	 *
	 * @param string                            $form_id Form.
	 * @param array<string, mixed>              $fields  Values by field.
	 * @param array<int, array<string, string>> $files   From Upload.
	 * @param string                            $token   Token of the shown form.
	 * @param string                            $page    Address of the page.
	 */
	public static function make( string $form_id, array $fields, array $files, string $token, string $page ): self {
		$user = get_current_user_id();
		$key  = Secret_Box::mark( (string) wp_json_encode( array( $form_id, $fields, $files, $token, $user ) ), 'entry' );
		return new self(
			$form_id,
			array(
				'entry_key'    => $key,
				'reference'    => self::reference( $key ),
				'submitted_at' => gmdate( 'Y-m-d\TH:i:s.000\Z' ),
				'locale'       => Locale::language(),
				'wp_user_id'   => $user > 0 ? $user : null,
				'fields'       => (object) $fields,
				'files'        => $files,
				'page_url'     => $page,
			)
		);
	}

	/** What the visitor is told to mention. */
	public function shown_reference(): string {
		return (string) $this->body['reference'];
	}

	/** Address of the sender, or ''. */
	public function email(): string {
		return (string) ( ( (array) $this->body['fields'] )['email'] ?? '' );
	}

	/** As text, for the queue. */
	public function to_text(): string {
		return (string) wp_json_encode(
			array(
				'form_id' => $this->form_id,
				'body'    => $this->body,
			)
		);
	}

	/**
	 * Reads what to_text() wrote.
	 *
	 * @param string $text JSON.
	 */
	public static function from_text( string $text ): ?self {
		$read = json_decode( $text, true );
		if ( ! is_array( $read ) || ! isset( $read['form_id'], $read['body']['entry_key'] ) ) {
			return null;
		}
		$read['body']['fields'] = (object) $read['body']['fields'];
		return new self( (string) $read['form_id'], $read['body'] );
	}

	/**
	 * Eight characters for people, out of a key nobody can guess.
	 *
	 * @param string $key Hexadecimal digits.
	 */
	private static function reference( string $key ): string {
		$reference = '';
		foreach ( str_split( substr( hash( 'sha256', "reference $key" ), 0, 64 ), 8 ) as $part ) {
			$reference .= self::ALPHABET[ hexdec( $part ) % strlen( self::ALPHABET ) ];
		}
		return $reference;
	}
}
