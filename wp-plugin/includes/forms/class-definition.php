<?php
/**
 * One form as the service publishes it.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

defined( 'ABSPATH' ) || exit;

/** A definition whose signature was checked: nobody who can only write to the site's database can bend a form. */
final class Definition {

	/**
	 * Id at the service.
	 *
	 * @var string
	 */
	public $id;

	/**
	 * Name for the team.
	 *
	 * @var string
	 */
	public $name;

	/**
	 * Fields in their order.
	 *
	 * @var Field[]
	 */
	public $fields = array();

	/**
	 * Reads a form, if it is signed with our secret.
	 *
	 * @param object $form   As the service sent it.
	 * @param string $secret The site's secret.
	 * @return self|null Null when the signature is not the service's.
	 */
	public static function from_signed( object $form, string $secret ): ?self {
		$definition = $form->definition ?? null;
		if ( ! is_object( $definition ) || ! hash_equals( self::signature( $definition, $secret ), (string) ( $form->signature ?? '' ) ) ) {
			return null;
		}
		$read       = new self();
		$read->id   = (string) ( $form->id ?? '' );
		$read->name = (string) ( $form->name ?? '' );
		foreach ( is_array( $definition->fields ?? null ) ? $definition->fields : array() as $field ) {
			$read->fields[] = new Field( (object) $field );
		}
		return $read;
	}

	/**
	 * HMAC-SHA256 over the canonical JSON of a definition.
	 *
	 * @param object $definition Decoded JSON.
	 * @param string $secret     The site's secret.
	 * @return string 64 hexadecimal digits.
	 */
	public static function signature( object $definition, string $secret ): string {
		return hash_hmac( 'sha256', self::canonical( $definition ), $secret );
	}

	/**
	 * JSON that two programs write alike: names sorted, no spaces, characters as they are.
	 *
	 * @param mixed $value Decoded JSON; objects are objects.
	 */
	public static function canonical( $value ): string {
		return (string) json_encode( self::sorted( $value ), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_LINE_TERMINATORS );
	}

	/**
	 * The same value with the names of every object in order.
	 *
	 * @param mixed $value Decoded JSON.
	 * @return mixed
	 */
	private static function sorted( $value ) {
		if ( is_array( $value ) ) {
			return array_map( array( self::class, 'sorted' ), $value );
		}
		if ( ! is_object( $value ) ) {
			return $value;
		}
		$members = get_object_vars( $value );
		ksort( $members, SORT_STRING );
		return (object) array_map( array( self::class, 'sorted' ), $members );
	}

	/**
	 * The fields of some kinds.
	 *
	 * @param string $type Kind.
	 * @return Field[]
	 */
	public function of_type( string $type ): array {
		return array_values(
			array_filter(
				$this->fields,
				static function ( Field $field ) use ( $type ): bool {
					return $field->type === $type;
				}
			)
		);
	}
}
