<?php
/**
 * The state of the connection.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Says whether the service answers, and offers the two ways to change or end the connection. */
final class Connection_Card {

	/**
	 * Prints the card.
	 *
	 * @param string            $service_url Address of the service.
	 * @param Answer|\WP_Error $site        What GET /site said.
	 */
	public static function render( string $service_url, $site ): void {
		$failed = is_wp_error( $site );
		printf(
			'<div class="unified-inbox-card"><h2><span class="unified-inbox-dot is-%s"></span>%s</h2>',
			$failed ? 'bad' : 'good',
			$failed ? esc_html__( 'The service does not answer as it should', 'unified-inbox' ) : esc_html__( 'Connected', 'unified-inbox' )
		);
		if ( $failed ) {
			printf( '<p role="alert">%s</p>', esc_html( $site->get_error_message() ) );
		}
		printf( '<dl><dt>%s</dt><dd><code dir="ltr">%s</code></dd>', esc_html__( 'Service', 'unified-inbox' ), esc_html( $service_url ) );
		printf( '<dt>%s</dt><dd><code dir="ltr">%s</code></dd>', esc_html__( 'This site', 'unified-inbox' ), esc_html( Connection::home() ) );
		if ( ! $failed && '' !== $site->text( 'version' ) ) {
			printf( '<dt>%s</dt><dd>%s</dd>', esc_html__( 'Version', 'unified-inbox' ), esc_html( $site->text( 'version' ) ) );
		}
		echo '</dl></div>';
	}

	/** Prints the buttons that replace the key and end the connection. */
	public static function render_endings(): void {
		echo '<div class="unified-inbox-card">';
		self::print_ending(
			'rotate',
			__( 'Replace the key', 'unified-inbox' ),
			__( 'If the key may have been seen by others: the site gets a new one at once, the old one stops within 24 hours. Nobody is interrupted.', 'unified-inbox' ),
			'button'
		);
		self::print_ending(
			'unpair',
			__( 'Disconnect', 'unified-inbox' ),
			__( 'Your team no longer sees the inbox in WordPress. Mailboxes go on being collected and all tickets stay in the service; a new pairing code brings everything back.', 'unified-inbox' ),
			'button unified-inbox-danger'
		);
		echo '</div>';
	}

	/**
	 * One button with what it will do.
	 *
	 * @param string $wish       What the form asks for.
	 * @param string $label      Button.
	 * @param string $words      What exactly happens.
	 * @param string $class_name Of the button.
	 */
	private static function print_ending( string $wish, string $label, string $words, string $class_name ): void {
		Settings_Screen::print_form_start( $wish );
		printf( '<div class="unified-inbox-ending"><p>%s</p><p><button class="%s">%s</button></p></div></form>', esc_html( $words ), esc_attr( $class_name ), esc_html( $label ) );
	}
}
