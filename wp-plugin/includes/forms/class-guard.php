<?php
/**
 * Keeps programs out of our public forms.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

use UnifiedInbox\Secret_Box;

defined( 'ABSPATH' ) || exit;

/**
 * A signed token says when a form was shown, a trap field that only programs fill in, and a limit per address.
 *
 * Whoever is stopped gets the form back with everything typed: no rule here may cost a person's words.
 */
final class Guard {

	const TRAP = 'unified_inbox_website';

	/** Nobody types a request in less. */
	const FASTEST = 2;

	/** A page out of a cache may be some days old. */
	const OLDEST = 3 * DAY_IN_SECONDS;

	/**
	 * A token for a form that is shown now. Bound to the user: another site cannot file a request in his name.
	 *
	 * @param string $purpose Which form.
	 */
	public static function token( string $purpose ): string {
		$now = (string) time();
		return $now . '.' . self::mark( $now, $purpose );
	}

	/**
	 * What stands against a sent form.
	 *
	 * @param string $token   As it came back.
	 * @param string $purpose Which form.
	 * @param string $trap    What the trap field holds.
	 * @return string '' when nothing does, else words for the visitor.
	 */
	public static function objection( string $token, string $purpose, string $trap ): string {
		if ( '' !== $trap ) {
			return __( 'A hidden field that only programs see was filled in. If you are a person, just press the button again.', 'unified-inbox' );
		}
		if ( ! self::is_ours( $token, $purpose ) ) {
			return self::age_words();
		}
		// Up to the dot: a mark such as 9e99… would make one large number of the two.
		if ( (int) strtok( $token, '.' ) > time() - self::FASTEST ) {
			return __( 'That was faster than we expect of a person. Nothing you typed is lost: press the button again.', 'unified-inbox' );
		}
		return '';
	}

	/**
	 * Whether a token was made here, for this user and purpose, and not too long ago.
	 *
	 * @param string $token   As it came back.
	 * @param string $purpose Which form.
	 */
	public static function is_ours( string $token, string $purpose ): bool {
		list( $shown, $mark ) = explode( '.', $token . '.' );
		return hash_equals( self::mark( $shown, $purpose ), $mark ) && (int) $shown >= time() - self::OLDEST;
	}

	/** Words for a token that is not ours or no longer good. */
	public static function age_words(): string {
		return __( 'This page was open for a long time. Nothing you typed is lost: press the button again.', 'unified-inbox' );
	}

	/**
	 * Counts an attempt from the visitor's address.
	 *
	 * @param string $purpose What is attempted.
	 * @param int    $most    How many in ten minutes are fine.
	 * @return bool Whether this one still is.
	 */
	public static function within_limit( string $purpose, int $most ): bool {
		/** Filters the visitor's address, for sites behind a proxy they trust. */
		$address = (string) apply_filters( 'unified_inbox_client_address', (string) ( $_SERVER['REMOTE_ADDR'] ?? '' ) );
		$window  = (string) intdiv( time(), 10 * MINUTE_IN_SECONDS );
		$key     = 'unified_inbox_n_' . substr( Secret_Box::mark( "$address|$window", $purpose ), 0, 24 );
		$count   = (int) get_transient( $key ) + 1;
		set_transient( $key, $count, 10 * MINUTE_IN_SECONDS );
		return $count <= $most;
	}

	/** Words for somebody beyond the limit. */
	public static function limit_words(): string {
		return __( 'Too many requests came from your network in a short time. Nothing you typed is lost: wait ten minutes, then press the button again.', 'unified-inbox' );
	}

	/** The trap, out of sight and out of the way of the keyboard and of screen readers. */
	public static function trap_html(): string {
		return sprintf(
			'<div class="unified-inbox-trap" aria-hidden="true"><label>%s <input type="text" name="%s" value="" tabindex="-1" autocomplete="off"></label></div>',
			esc_html__( 'Leave this field empty', 'unified-inbox' ),
			esc_attr( self::TRAP )
		);
	}

	/**
	 * Signs a time.
	 *
	 * @param string $shown   Seconds since the epoch.
	 * @param string $purpose Which form.
	 */
	private static function mark( string $shown, string $purpose ): string {
		return substr( Secret_Box::mark( $shown . '|' . get_current_user_id() . '|' . get_current_blog_id(), "form $purpose" ), 0, 32 );
	}
}
