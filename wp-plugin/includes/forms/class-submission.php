<?php
/**
 * What a visitor sent, and what is wrong with it.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

defined( 'ABSPATH' ) || exit;

/** Reads the fields of a form out of a request by its definition alone. */
final class Submission {

	/** Longest values, where the definition names none. */
	const LONGEST = array(
		'text'     => 200,
		'email'    => 254,
		'textarea' => 20000,
	);

	/**
	 * Values by field, tidied.
	 *
	 * @var array<string, mixed>
	 */
	public $values = array();

	/**
	 * Files, contents in base64.
	 *
	 * @var array<int, array<string, string>>
	 */
	public $files = array();

	/**
	 * What is wrong, by field; '' names the form as a whole.
	 *
	 * @var array<string, string>
	 */
	public $errors = array();

	/**
	 * Reads a request.
	 *
	 * @param Definition           $form    The form that was shown.
	 * @param array<string, mixed> $posted  Texts, without slashes.
	 * @param array<string, mixed> $sent    Files by field, as in $_FILES.
	 * @param callable|null        $is_sent See Upload::read().
	 */
	public static function read( Definition $form, array $posted, array $sent, ?callable $is_sent = null ): self {
		$read = new self();
		foreach ( $form->fields as $field ) {
			if ( 'file' === $field->type ) {
				$read->read_files( $field, (array) ( $sent[ $field->name ] ?? array() ), $is_sent );
			} else {
				$value = $posted[ $field->name ] ?? '';
				$read->read_text( $field, is_string( $value ) ? $value : '' );
			}
		}
		return $read;
	}

	/**
	 * Takes one value.
	 *
	 * @param Field  $field Its field.
	 * @param string $typed What was typed.
	 */
	private function read_text( Field $field, string $typed ): void {
		$value = 'textarea' === $field->type ? sanitize_textarea_field( $typed ) : sanitize_text_field( $typed );
		// A message may hold angle brackets, and must arrive as it was typed; it is never printed unescaped.
		if ( 'textarea' === $field->type ) {
			$value = trim( str_replace( "\r\n", "\n", wp_check_invalid_utf8( $typed ) ) );
		}
		$this->values[ $field->name ] = 'consent' === $field->type ? '' !== $value : $value;

		$error = $this->error( $field, $value );
		if ( '' !== $error ) {
			$this->errors[ $field->name ] = $error;
		}
	}

	/**
	 * What is wrong with a value, or ''.
	 *
	 * @param Field  $field Its field.
	 * @param string $value Tidied.
	 */
	private function error( Field $field, string $value ): string {
		if ( '' === $value ) {
			return $field->required ? self::missing( $field ) : '';
		}
		if ( 'email' === $field->type && ! is_email( $value ) ) {
			return __( 'This is not a complete e-mail address. It looks like name@example.com.', 'unified-inbox' );
		}
		$most = $field->max > 0 ? $field->max : ( self::LONGEST[ $field->type ] ?? 0 );
		if ( $most > 0 && mb_strlen( $value ) > $most ) {
			/* translators: %s: number of characters. */
			return sprintf( __( 'This is too long. Use at most %s characters.', 'unified-inbox' ), number_format_i18n( $most ) );
		}
		return '';
	}

	/**
	 * Words for an empty field.
	 *
	 * @param Field $field A field that is required.
	 */
	private static function missing( Field $field ): string {
		if ( 'consent' === $field->type ) {
			return __( 'We need your agreement to answer you. Tick this box.', 'unified-inbox' );
		}
		if ( 'file' === $field->type ) {
			return __( 'Choose a file.', 'unified-inbox' );
		}
		/* translators: %s: label of a field. */
		return sprintf( __( 'Fill in: %s', 'unified-inbox' ), $field->label() );
	}

	/**
	 * Takes the files of a field.
	 *
	 * @param Field                $field   Its field.
	 * @param array<string, mixed> $sent    One member of $_FILES.
	 * @param callable|null        $is_sent See Upload::read().
	 */
	private function read_files( Field $field, array $sent, ?callable $is_sent ): void {
		$files = Upload::read( $sent, $field->max, $is_sent );
		if ( is_wp_error( $files ) ) {
			$this->errors[ $field->name ] = $files->get_error_message();
		} elseif ( array() === $files && $field->required ) {
			$this->errors[ $field->name ] = self::missing( $field );
		} else {
			$this->files = array_merge( $this->files, $files );
		}
	}
}
