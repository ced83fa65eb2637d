<?php
/**
 * What became of a sent form.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

defined( 'ABSPATH' ) || exit;

/** Either an address to go to, or words about what is wrong together with what was typed. */
final class Outcome {

	/**
	 * Where to go, or ''.
	 *
	 * @var string
	 */
	public $address = '';

	/**
	 * What is wrong, or ''.
	 *
	 * @var string
	 */
	public $error = '';

	/**
	 * Field at fault, or ''.
	 *
	 * @var string
	 */
	public $field = '';

	/**
	 * What was typed into it.
	 *
	 * @var string
	 */
	public $typed = '';

	/**
	 * All is well.
	 *
	 * @param string $address Where to go.
	 */
	public static function go( string $address ): self {
		$outcome          = new self();
		$outcome->address = $address;
		return $outcome;
	}

	/**
	 * Something is wrong.
	 *
	 * @param string $error What, and what to do.
	 * @param string $field Field at fault.
	 * @param string $typed What was typed.
	 */
	public static function wrong( string $error, string $field = '', string $typed = '' ): self {
		$outcome        = new self();
		$outcome->error = $error;
		$outcome->field = $field;
		$outcome->typed = $typed;
		return $outcome;
	}
}
