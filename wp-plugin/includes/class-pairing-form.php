<?php
/**
 * The form that connects a site.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Address and one-time code, each with its hint and, beside it, what is wrong with it. */
final class Pairing_Form {

	/**
	 * Prints the form.
	 *
	 * @param string         $service_url What was typed or is stored.
	 * @param string         $code        What was typed.
	 * @param \WP_Error|null $failure     Why the last attempt failed.
	 */
	public static function render( string $service_url, string $code, ?\WP_Error $failure ): void {
		printf(
			'<div class="unified-inbox-card"><h2>%s</h2><p>%s</p><ol><li>%s<br><code dir="ltr">%s</code></li><li>%s</li></ol>',
			esc_html__( 'Connect this site', 'unified-inbox' ),
			esc_html__( 'Your mail is collected by the inbox service. WordPress shows it to your team once the two know each other.', 'unified-inbox' ),
			esc_html__( 'On the machine that runs the service, ask for a code:', 'unified-inbox' ),
			esc_html( self::command() ),
			esc_html__( 'Enter the service\'s address and the code here within 15 minutes.', 'unified-inbox' )
		);
		Settings_Screen::print_form_start( 'pair' );
		$field = self::print_summary( $failure );
		self::print_field( 'service_url', __( 'Address of the service', 'unified-inbox' ), __( 'For example https://inbox.example.com', 'unified-inbox' ), $service_url, 'service_url' === $field ? $failure : null );
		self::print_field( 'code', __( 'Pairing code', 'unified-inbox' ), __( 'It works once.', 'unified-inbox' ), $code, 'code' === $field ? $failure : null );
		printf( '<p><button class="button button-primary">%s</button></p></form></div>', esc_html__( 'Connect', 'unified-inbox' ) );
	}

	/** The command that makes a code for this site, ready to be copied. */
	private static function command(): string {
		$name = trim( (string) preg_replace( '/["\\\\$`!]/', '', wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ) ) );
		return sprintf( 'inbox site add --name "%s" --url %s', '' === $name ? 'WordPress' : $name, Connection::home() );
	}

	/**
	 * One line above the fields that screen readers meet first.
	 *
	 * @param \WP_Error|null $failure Why the last attempt failed.
	 * @return string The field at fault, or ''.
	 */
	private static function print_summary( ?\WP_Error $failure ): string {
		if ( null === $failure ) {
			return '';
		}
		$field = (string) ( $failure->get_error_data()['field'] ?? '' );
		$words = in_array( $field, array( 'service_url', 'code' ), true )
			? __( 'The site is not connected yet. One field needs another look.', 'unified-inbox' )
			: $failure->get_error_message();
		printf( '<div class="notice notice-error inline" role="alert" tabindex="-1"><p>%s</p></div>', esc_html( $words ) );
		return $field;
	}

	/**
	 * One field: label above, hint and error under it.
	 *
	 * @param string         $name  Field.
	 * @param string         $label Label.
	 * @param string         $hint  Hint.
	 * @param string         $value What was typed.
	 * @param \WP_Error|null $error What is wrong with it.
	 */
	private static function print_field( string $name, string $label, string $hint, string $value, ?\WP_Error $error ): void {
		printf(
			'<p class="unified-inbox-field"><label for="unified-inbox-%1$s">%2$s</label><input type="text" class="regular-text code" dir="ltr" autocomplete="off" spellcheck="false" required id="unified-inbox-%1$s" name="%1$s" value="%3$s" aria-describedby="unified-inbox-%1$s-hint"%4$s><span id="unified-inbox-%1$s-hint">',
			esc_attr( $name ),
			esc_html( $label ),
			esc_attr( $value ),
			$error ? ' aria-invalid="true" autofocus' : ''
		);
		if ( $error ) {
			printf( '<span class="unified-inbox-field-error">%s</span>', esc_html( $error->get_error_message() ) );
		}
		printf( '<span class="description">%s</span></span></p>', esc_html( $hint ) );
	}
}
