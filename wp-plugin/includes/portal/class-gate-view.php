<?php
/**
 * The way in to the status page.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Forms\Markup;

defined( 'ABSPATH' ) || exit;

/** Asks for an address, then for the code that was mailed to it. Says the same whether the address is known or not. */
final class Gate_View {

	/**
	 * The form for one of the two steps.
	 *
	 * @param Visit   $visit     From the cookie.
	 * @param bool    $asking    Whether a code was mailed already.
	 * @param Outcome $outcome   Of the last form.
	 * @param string  $reference Ticket that was asked for, or ''.
	 */
	public static function html( Visit $visit, bool $asking, Outcome $outcome, string $reference = '' ): string {
		$html = '' === $reference ? '' : self::about_ticket( $visit, $reference );
		return $html . ( $asking ? self::code_form( $visit, $outcome, $reference ) : self::email_form( $outcome ) );
	}

	/** The page while the service does not answer. */
	public static function out_of_order(): string {
		return sprintf( '<div class="unified-inbox-errors" role="alert"><p>%s</p></div>', esc_html( self::outage_words() ) );
	}

	/** Words while the service does not answer. */
	public static function outage_words(): string {
		return __( 'We cannot look up requests just now. Yours is safe; please try again in a few minutes.', 'unified-inbox' );
	}

	/**
	 * Words for an answer that did not go through.
	 *
	 * @param \WP_Error $error Of the call.
	 */
	public static function failure_words( \WP_Error $error ): string {
		$status = (int) ( $error->get_error_data()['status'] ?? 502 );
		if ( in_array( $status, array( 401, 403, 404 ), true ) ) {
			return __( 'You are no longer signed in to this request. Copy your text, then come in again by e-mail.', 'unified-inbox' );
		}
		if ( 409 === $status || 422 === $status ) {
			return $error->get_error_message();
		}
		return __( 'This did not go through. Nothing you typed is lost: try again in a few minutes.', 'unified-inbox' );
	}

	/**
	 * The code form's fields are also used for users who confirm their address.
	 *
	 * @param Visit   $visit     From the cookie.
	 * @param Outcome $outcome   Of the last form.
	 * @param string  $reference Ticket that was asked for, or ''.
	 */
	private static function code_form( Visit $visit, Outcome $outcome, string $reference ): string {
		$error = 'code' === $outcome->field ? $outcome->error : '';
		/* translators: %s: e-mail address. */
		$words = sprintf( esc_html__( 'If %s belongs to a request, a code of six digits is on its way there. It works for ten minutes.', 'unified-inbox' ), '<bdi>' . esc_html( $visit->email ) . '</bdi>' );
		return sprintf(
			'<form class="unified-inbox-form" method="post" action="">%s<p role="status">%s</p>%s%s%s</form><form class="unified-inbox-form" method="post" action="">%s<input type="hidden" name="email" value="%s">%s</form>%s',
			self::errors( $outcome ),
			$words,
			Markup::text( 'code', 'unified-inbox-code', 'code', __( 'Code', 'unified-inbox' ), $outcome->typed, true, $error ),
			Acts::hidden(),
			Markup::button( __( 'Continue', 'unified-inbox' ), 'enter_code' ),
			Acts::hidden(),
			esc_attr( $visit->email ),
			Markup::button( __( 'Send a new code', 'unified-inbox' ), 'mail_code', 'outline' ),
			self::other_address( $reference )
		);
	}

	/**
	 * The way back for somebody who mistyped; a user's code goes to the address of his account.
	 *
	 * @param string $reference Ticket that was asked for, or ''.
	 */
	private static function other_address( string $reference ): string {
		$back = '' === $reference ? Status_Page::url() : Status_Page::ticket_url( $reference );
		return is_user_logged_in() ? '' : sprintf( '<p><a href="%s">%s</a></p>', esc_url( $back ), esc_html__( 'Use another address', 'unified-inbox' ) );
	}

	/**
	 * Asks for an address.
	 *
	 * @param Outcome $outcome Of the last form.
	 */
	private static function email_form( Outcome $outcome ): string {
		$user = wp_get_current_user();
		if ( $user->exists() ) {
			return self::confirm_form( $user, $outcome );
		}
		return sprintf(
			'<form class="unified-inbox-form" method="post" action="">%s<p>%s</p>%s%s%s</form>',
			self::errors( $outcome ),
			esc_html__( 'Follow the link in our mail, or enter your e-mail address: we send you a code, and with it you see all your requests.', 'unified-inbox' ),
			Markup::text( 'email', 'unified-inbox-email', 'email', __( 'Your e-mail address', 'unified-inbox' ), $outcome->typed, true, 'email' === $outcome->field ? $outcome->error : '' ),
			Acts::hidden(),
			Markup::button( __( 'Send me a code', 'unified-inbox' ), 'mail_code' )
		);
	}

	/**
	 * Offers a user to confirm the address of his account, which WordPress itself never checks.
	 *
	 * @param \WP_User $user    Who is logged in.
	 * @param Outcome  $outcome Of the last form.
	 */
	public static function confirm_form( \WP_User $user, Outcome $outcome ): string {
		/* translators: %s: e-mail address. */
		$words = sprintf( esc_html__( 'To see requests you sent by e-mail from %s, confirm once that the address is yours.', 'unified-inbox' ), '<bdi>' . esc_html( $user->user_email ) . '</bdi>' );
		return sprintf(
			'<form class="unified-inbox-form" method="post" action="">%s<p>%s</p>%s%s</form>',
			self::errors( $outcome ),
			$words,
			Acts::hidden(),
			Markup::button( __( 'Send me a code', 'unified-inbox' ), 'mail_code', 'outline' )
		);
	}

	/**
	 * Says which request was asked for, and why it is not shown.
	 *
	 * @param Visit  $visit     From the cookie.
	 * @param string $reference Ticket.
	 */
	private static function about_ticket( Visit $visit, string $reference ): string {
		$known = isset( $visit->links[ $reference ] ) || '' !== $visit->session;
		$words = $known
			? __( 'This link no longer opens the request, or it is not one of yours. Come in with your e-mail address to see all of them.', 'unified-inbox' )
			: __( 'To see this request, show that it is yours.', 'unified-inbox' );
		return sprintf(
			'<p class="unified-inbox-meta">%s <strong dir="ltr">%s</strong></p><p>%s</p>',
			esc_html__( 'Request', 'unified-inbox' ),
			esc_html( $reference ),
			esc_html( $words )
		);
	}

	/**
	 * The summary above a form.
	 *
	 * @param Outcome $outcome Of the last form.
	 */
	private static function errors( Outcome $outcome ): string {
		if ( '' === $outcome->error ) {
			return '';
		}
		$item = esc_html( $outcome->error );
		return Markup::errors( __( 'That did not work', 'unified-inbox' ), array( '' === $outcome->field ? $item : sprintf( '<a href="#unified-inbox-%s">%s</a>', esc_attr( $outcome->field ), $item ) ) );
	}
}
