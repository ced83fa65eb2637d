<?php
/**
 * Where a request stands.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

defined( 'ABSPATH' ) || exit;

/** The four steps in words, and the bar that shows them. */
final class Steps {

	/**
	 * A step's name.
	 *
	 * @param string $step Code of the service.
	 */
	public static function name( string $step ): string {
		return self::all()[ $step ][0] ?? $step;
	}

	/**
	 * Where things stand, in one sentence, and the bar.
	 *
	 * @param string $step Code of the service.
	 */
	public static function html( string $step ): string {
		$codes = array_keys( self::all() );
		$at    = (int) array_search( $step, $codes, true );
		$html  = '';
		foreach ( $codes as $place => $code ) {
			$state = $place < $at ? 'done' : ( $place === $at ? 'now' : 'later' );
			$html .= sprintf( '<li class="is-%s"%s>%s</li>', $state, $place === $at ? ' aria-current="step"' : '', esc_html( self::name( $code ) ) );
		}
		return sprintf(
			'<p class="unified-inbox-standing"><strong>%s</strong></p><ol class="unified-inbox-steps" aria-label="%s">%s</ol>',
			esc_html( self::all()[ $step ][1] ?? $step ),
			esc_attr__( 'Steps of your request', 'unified-inbox' ),
			$html
		);
	}

	/**
	 * A moment in the site's time and language.
	 *
	 * @param string $at RFC 3339.
	 * @return string HTML.
	 */
	public static function moment( string $at ): string {
		$seconds = (int) strtotime( $at );
		if ( $seconds <= 0 ) {
			return '';
		}
		return sprintf( '<time datetime="%s">%s</time>', esc_attr( $at ), esc_html( (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $seconds ) ) );
	}

	/**
	 * Names and sentences by code, in order.
	 *
	 * @return array<string, string[]>
	 */
	private static function all(): array {
		return array(
			'received'        => array( __( 'Received', 'unified-inbox' ), __( 'We have your request. Somebody will take it up soon.', 'unified-inbox' ) ),
			'in_progress'     => array( __( 'Being worked on', 'unified-inbox' ), __( 'Somebody is working on your request.', 'unified-inbox' ) ),
			'waiting_for_you' => array( __( 'Waiting for you', 'unified-inbox' ), __( 'We need something from you to go on. Please answer below.', 'unified-inbox' ) ),
			'solved'          => array( __( 'Solved', 'unified-inbox' ), __( 'Your request is solved.', 'unified-inbox' ) ),
		);
	}
}
