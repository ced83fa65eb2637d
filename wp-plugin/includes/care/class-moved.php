<?php
/**
 * A site that goes by another address than the one it was paired under.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Client;
use UnifiedInbox\Connection;
use UnifiedInbox\Pairing;
use UnifiedInbox\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/** Asks the one question only the owner can answer: did the site move, or is this a copy? A copy must never answer customers. */
final class Moved {

	/**
	 * Does what was chosen.
	 *
	 * @param string $choice "moved" or "copy".
	 * @return true|\WP_Error
	 */
	public static function choose( string $choice ) {
		$answer = Client::call_as_plugin( 'POST', '/site/moved', array( 'choice' => $choice ) );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		if ( 'copy' === $choice ) {
			Pairing::unpair();
		} else {
			/** The address has changed, the key has not: forms and the status page are told anew all the same. */
			do_action( 'unified_inbox_key_changed' );
		}
		return true;
	}

	/** Prints the question with its two answers. */
	public static function render(): void {
		printf(
			'<div class="unified-inbox-card unified-inbox-moved" role="alert"><h2>%s</h2><p>%s</p><dl><dt>%s</dt><dd><code dir="ltr">%s</code></dd></dl>',
			esc_html__( 'Did this site move, or is it a copy?', 'unified-inbox' ),
			esc_html__( 'The inbox service knows this site by another address. Until you choose, nothing is read and nothing is sent from here.', 'unified-inbox' ),
			esc_html__( 'This site', 'unified-inbox' ),
			esc_html( Connection::home() )
		);
		self::print_choice( 'moved', __( 'It moved', 'unified-inbox' ), __( 'This is the real site, and its address has changed. The inbox goes on here; at the old address it stops.', 'unified-inbox' ), 'button button-primary' );
		self::print_choice( 'copy', __( 'It is a copy', 'unified-inbox' ), __( 'This is a copy for testing. It is disconnected, so that it can never answer real customers; the real site goes on untouched.', 'unified-inbox' ), 'button' );
		echo '</div>';
	}

	/**
	 * One answer.
	 *
	 * @param string $choice     Choice.
	 * @param string $label      Button.
	 * @param string $words      What exactly happens.
	 * @param string $class_name Of the button.
	 */
	private static function print_choice( string $choice, string $label, string $words, string $class_name ): void {
		Settings_Screen::print_form_start( $choice );
		printf( '<div class="unified-inbox-ending"><p>%s</p><p><button class="%s">%s</button></p></div></form>', esc_html( $words ), esc_attr( $class_name ), esc_html( $label ) );
	}
}
