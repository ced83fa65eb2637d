<?php
/**
 * All requests of a visitor.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Forms\Markup;

defined( 'ABSPATH' ) || exit;

/** A list of subjects with where each stands. */
final class List_View {

	/**
	 * The list.
	 *
	 * @param object[] $tickets As the service tells them.
	 * @param Outcome  $outcome Of the last form.
	 */
	public static function html( array $tickets, Outcome $outcome ): string {
		$html = sprintf( '<h2>%s</h2>', esc_html__( 'Your requests', 'unified-inbox' ) );
		if ( array() === $tickets ) {
			$html .= sprintf( '<p>%s</p>', esc_html__( 'There are no requests yet.', 'unified-inbox' ) );
		} else {
			$html .= '<ul class="unified-inbox-tickets">' . implode( '', array_map( array( self::class, 'line' ), $tickets ) ) . '</ul>';
		}
		$user = wp_get_current_user();
		return $html . ( $user->exists() ? Gate_View::confirm_form( $user, $outcome ) : '' ) . self::leave_form();
	}

	/** A button that ends the visit: people read their mail on machines of others. */
	public static function leave_form(): string {
		if ( ! isset( $_COOKIE[ Visit::COOKIE ] ) ) {
			return '';
		}
		return sprintf( '<form class="unified-inbox-form unified-inbox-leave" method="post" action="">%s%s</form>', Acts::hidden(), Markup::button( __( 'Leave this page and forget me on this device', 'unified-inbox' ), 'leave', 'outline' ) );
	}

	/**
	 * One request.
	 *
	 * @param object $ticket As the service tells it.
	 */
	private static function line( object $ticket ): string {
		$reference = (string) ( $ticket->reference ?? '' );
		return sprintf(
			'<li><a href="%s"><bdi>%s</bdi></a><span class="unified-inbox-meta"><span dir="ltr">%s</span> · %s · %s</span></li>',
			esc_url( Status_Page::ticket_url( $reference ) ),
			esc_html( '' === (string) ( $ticket->subject ?? '' ) ? __( '(no subject)', 'unified-inbox' ) : $ticket->subject ),
			esc_html( $reference ),
			esc_html( Steps::name( (string) ( $ticket->step ?? '' ) ) ),
			Steps::moment( (string) ( $ticket->last_activity_at ?? '' ) )
		);
	}
}
