<?php
/**
 * One field of a form.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

defined( 'ABSPATH' ) || exit;

/** What the service says about a field: its name, kind, label and bounds. */
final class Field {

	/** Kinds we know how to draw; a field of another kind is shown as one line of text. */
	const TYPES = array( 'text', 'email', 'textarea', 'file', 'consent' );

	/**
	 * Name in the entry.
	 *
	 * @var string
	 */
	public $name;

	/**
	 * One of TYPES.
	 *
	 * @var string
	 */
	public $type;

	/**
	 * Whether it has to be filled in.
	 *
	 * @var bool
	 */
	public $required;

	/**
	 * Most characters, or most files; 0 leaves it to us.
	 *
	 * @var int
	 */
	public $max;

	/**
	 * Labels by language.
	 *
	 * @var array<string, string>
	 */
	private $labels;

	/**
	 * Takes a field as the service describes it.
	 *
	 * @param object $field Of a definition.
	 */
	public function __construct( object $field ) {
		$type           = (string) ( $field->type ?? '' );
		$this->name     = (string) ( $field->name ?? '' );
		$this->type     = in_array( $type, self::TYPES, true ) ? $type : 'text';
		$this->required = ! empty( $field->required );
		$this->max      = (int) ( $field->max ?? 0 );
		$this->labels   = array_filter( (array) ( $field->label ?? array() ), 'is_string' );
	}

	/** The label in the visitor's language, else in English, else in whichever there is. */
	public function label(): string {
		$language = Locale::language();
		foreach ( array( $language, 'en' ) as $wanted ) {
			if ( '' !== ( $this->labels[ $wanted ] ?? '' ) ) {
				return $this->labels[ $wanted ];
			}
		}
		return (string) ( array_values( $this->labels )[0] ?? $this->name );
	}
}
