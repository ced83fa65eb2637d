<?php
/**
 * What a visitor can do on the status page.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Actor;
use UnifiedInbox\Forms\Guard;
use UnifiedInbox\Forms\Upload;
use UnifiedInbox\Secret_Box;

defined( 'ABSPATH' ) || exit;

/** Ask for a code, enter it, answer, close, leave: each by a plain form. */
final class Acts {

	const TOKEN = 'status';

	/** Longest answer, as in the form. */
	const LONGEST = 20000;

	/**
	 * Does what a sent form asks for.
	 *
	 * @param array<string, mixed> $posted    Without slashes.
	 * @param array<string, mixed> $files     As $_FILES.
	 * @param string               $reference Ticket of the page, or ''.
	 * @param callable|null        $is_sent   See Upload::read().
	 * @return Outcome|null Null when nothing was sent.
	 */
	public static function perform( array $posted, array $files, string $reference, ?callable $is_sent = null ): ?Outcome {
		$wish = self::text( $posted, 'unified_inbox_do' );
		if ( '' === $wish ) {
			return null;
		}
		if ( ! Guard::is_ours( self::text( $posted, 'unified_inbox_token' ), self::TOKEN ) ) {
			return Outcome::wrong( Guard::age_words(), '', self::text( $posted, 'text' ) );
		}
		switch ( $wish ) {
			case 'mail_code':
				return self::mail_code( self::text( $posted, 'email' ), $reference );
			case 'enter_code':
				return self::enter_code( self::text( $posted, 'code' ), $reference );
			case 'answer':
				return self::answer( $posted, (array) ( $files['unified_inbox_files'] ?? array() ), $reference, $is_sent );
			case 'close':
				return self::close( $reference );
			case 'leave':
				Visit::end();
				return Outcome::go( Status_Page::url() );
		}
		return null;
	}

	/** Hidden fields of every form on the page. */
	public static function hidden(): string {
		return sprintf( '<input type="hidden" name="unified_inbox_token" value="%s">', esc_attr( Guard::token( self::TOKEN ) ) );
	}

	/**
	 * Mails a code. The answer is the same for every address: whether one is known is nobody's business. A user can ask for a
	 * code for his own address only: with another one he would confirm what is not his.
	 *
	 * @param string $email     What was typed.
	 * @param string $reference Ticket of the page, or ''.
	 */
	private static function mail_code( string $email, string $reference ): Outcome {
		$user  = wp_get_current_user();
		$email = $user->exists() ? (string) $user->user_email : $email;
		if ( ! is_email( $email ) ) {
			return Outcome::wrong( __( 'This is not a complete e-mail address. It looks like name@example.com.', 'unified-inbox' ), 'email', $email );
		}
		if ( ! Guard::within_limit( 'mail_code', 6 ) ) {
			return Outcome::wrong( Guard::limit_words(), 'email', $email );
		}
		$mailed = Portal_Client::mail_code( $email );
		if ( is_wp_error( $mailed ) && self::is_outage( $mailed ) ) {
			return Outcome::wrong( Gate_View::outage_words(), 'email', $email );
		}
		$visit        = Visit::current();
		$visit->email = $email;
		$visit->save();
		return Outcome::go( add_query_arg( Status_Page::STEP, 'code', self::page( $reference ) ) );
	}

	/**
	 * Exchanges a code for a session, or confirms a user's address with it.
	 *
	 * @param string $typed     What was typed.
	 * @param string $reference Ticket of the page, or ''.
	 */
	private static function enter_code( string $typed, string $reference ): Outcome {
		$visit = Visit::current();
		$code  = self::digits( $typed );
		if ( ! Guard::within_limit( 'enter_code', 20 ) ) {
			return Outcome::wrong( Guard::limit_words(), 'code', $typed );
		}
		$user = wp_get_current_user();
		$done = $user->exists() ? Portal_Client::confirm_address( $user, $code ) : Portal_Client::open_session( $visit->email, $code );
		if ( is_wp_error( $done ) ) {
			$words = self::is_outage( $done ) ? Gate_View::outage_words() : __( 'This code is wrong, was used before or is older than ten minutes. Look at the latest mail, or ask for a new code.', 'unified-inbox' );
			return Outcome::wrong( $words, 'code', $typed );
		}
		$visit->session = is_string( $done ) ? $done : '';
		$visit->email   = '';
		$visit->save();
		return Outcome::go( self::page( $reference ) );
	}

	/**
	 * Adds an answer to the ticket.
	 *
	 * @param array<string, mixed> $posted    Without slashes.
	 * @param array<string, mixed> $sent      One member of $_FILES.
	 * @param string               $reference Ticket.
	 * @param callable|null        $is_sent   See Upload::read().
	 */
	private static function answer( array $posted, array $sent, string $reference, ?callable $is_sent ): Outcome {
		$text  = trim( str_replace( "\r\n", "\n", wp_check_invalid_utf8( self::text( $posted, 'text' ) ) ) );
		$files = Upload::read( $sent, 0, $is_sent );
		if ( '' === $text ) {
			return Outcome::wrong( __( 'Write your answer first.', 'unified-inbox' ), 'text' );
		}
		if ( mb_strlen( $text ) > self::LONGEST ) {
			/* translators: %s: number of characters. */
			return Outcome::wrong( sprintf( __( 'This is too long. Use at most %s characters.', 'unified-inbox' ), number_format_i18n( self::LONGEST ) ), 'text', $text );
		}
		if ( is_wp_error( $files ) ) {
			return Outcome::wrong( $files->get_error_message(), 'files', $text );
		}
		if ( ! Guard::within_limit( 'answer', 30 ) ) {
			return Outcome::wrong( Guard::limit_words(), 'text', $text );
		}
		$key  = Secret_Box::mark( (string) wp_json_encode( array( $reference, $text, $files, self::text( $posted, 'unified_inbox_token' ) ) ), 'answer' );
		$done = self::as_whoever_may(
			$reference,
			static function ( Actor $actor ) use ( $reference, $text, $files, $key ) {
				return Portal_Client::answer( $actor, $reference, $text, $files, $key );
			}
		);
		return is_wp_error( $done ) ? Outcome::wrong( Gate_View::failure_words( $done ), 'text', $text ) : Outcome::go( self::page( $reference, 'answered' ) );
	}

	/**
	 * Ends the ticket.
	 *
	 * @param string $reference Ticket.
	 */
	private static function close( string $reference ): Outcome {
		$done = self::as_whoever_may(
			$reference,
			static function ( Actor $actor ) use ( $reference ) {
				return Portal_Client::close( $actor, $reference );
			}
		);
		return is_wp_error( $done ) ? Outcome::wrong( Gate_View::failure_words( $done ) ) : Outcome::go( self::page( $reference, 'closed' ) );
	}

	/**
	 * Runs a call as the first of the visitor's selves that sees the ticket.
	 *
	 * @param string   $reference Ticket.
	 * @param callable $call      Gets the actor.
	 * @return mixed|\WP_Error
	 */
	private static function as_whoever_may( string $reference, callable $call ) {
		$found = Portal_Client::ticket( Visitor::for_ticket( Visit::current(), $reference ), $reference );
		return is_wp_error( $found ) ? $found : $call( $found[0] );
	}

	/**
	 * Whether an error means that nobody is there, and not that something was refused.
	 *
	 * @param \WP_Error $error Of a call.
	 */
	private static function is_outage( \WP_Error $error ): bool {
		return ! in_array( $error->get_error_data()['status'] ?? 502, array( 403, 404, 422 ), true );
	}

	/**
	 * The page to come back to.
	 *
	 * @param string $reference Ticket, or ''.
	 * @param string $step      What has just happened, or ''.
	 */
	private static function page( string $reference, string $step = '' ): string {
		$address = '' === $reference ? Status_Page::url() : Status_Page::ticket_url( $reference );
		// With a fragment of its own: a browser would take over that of the page before, which may be far below.
		return '' === $step ? $address : add_query_arg( Status_Page::STEP, $step, $address ) . '#' . Status_Page::ID;
	}

	/**
	 * The digits of a code: people copy it with spaces, or type it on an Arabic keyboard.
	 *
	 * @param string $typed What was typed.
	 */
	private static function digits( string $typed ): string {
		$western = strtr( $typed, array_combine( preg_split( '//u', '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', -1, PREG_SPLIT_NO_EMPTY ), str_split( '01234567890123456789' ) ) );
		return (string) preg_replace( '/\D+/', '', $western );
	}

	/**
	 * A text out of a request.
	 *
	 * @param array<string, mixed> $posted Without slashes.
	 * @param string               $name   Field.
	 */
	private static function text( array $posted, string $name ): string {
		return is_string( $posted[ $name ] ?? null ) ? trim( $posted[ $name ] ) : '';
	}
}
