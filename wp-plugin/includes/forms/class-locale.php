<?php
/**
 * The visitor's language.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

defined( 'ABSPATH' ) || exit;

/** Turns WordPress's locale into one of the languages that forms and mails are written in. */
final class Locale {

	/** Languages of the service's mails and labels. */
	const KNOWN = array( 'en', 'ar', 'tl' );

	/** Two letters: en, ar or tl. */
	public static function language(): string {
		$language = strtolower( (string) strtok( str_replace( '-', '_', determine_locale() ), '_' ) );
		$language = 'fil' === $language ? 'tl' : $language;
		return in_array( $language, self::KNOWN, true ) ? $language : 'en';
	}
}
