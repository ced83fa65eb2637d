<?php
/**
 * The number in the menu.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/**
 * Last known number of the unassigned tickets that the current user may see. Who sees all shares one autoloaded option;
 * for anybody else it lies with his user, whom WordPress reads at every page anyway: no page makes a query for it.
 */
final class Badge {

	const OPTION = 'unified_inbox_unassigned';

	/** Of a user on a site: his own number, or that he sees all. */
	const OWN = 'unified_inbox_unassigned';
	const ALL = 'all';

	/**
	 * Picks the number out of an answer to the current user that passes by.
	 *
	 * @param string $path   Path that was asked for.
	 * @param Answer $answer What the service said.
	 */
	public static function learn( string $path, Answer $answer ): void {
		$number = $answer->ok() && 'live' === $path ? ( $answer->body->counts->all->unassigned ?? null ) : null;
		if ( ! is_int( $number ) ) {
			return;
		}
		$sees_all = null === ( $answer->body->rights->inbox_ids ?? null );
		self::keep_own( $sees_all ? self::ALL : (string) $number );
		if ( $sees_all && (int) get_option( self::OPTION, 0 ) !== $number ) {
			update_option( self::OPTION, $number, true );
		}
	}

	/** Back to none. The option has to exist: WordPress asks the database for a missing one at every page. */
	public static function reset(): void {
		update_option( self::OPTION, 0, true );
		self::forget_own();
	}

	/** Removes what users of this site have of it. */
	public static function forget_own(): void {
		delete_metadata( 'user', 0, $GLOBALS['wpdb']->get_blog_prefix() . self::OWN, '', true );
	}

	/** The number; 0 when none is known, as for who has not been in the inbox yet. */
	public static function number(): int {
		$own = get_user_option( self::OWN );
		return (int) ( self::ALL === $own ? get_option( self::OPTION, 0 ) : $own );
	}

	/**
	 * Keeps what the current user has of it, where that is another.
	 *
	 * @param string $own His number, or ALL.
	 */
	private static function keep_own( string $own ): void {
		if ( get_user_option( self::OWN ) !== $own ) {
			update_user_option( get_current_user_id(), self::OWN, $own );
		}
	}

	/** The mark behind the menu's name, in the markup and look of WordPress's own. */
	public static function html(): string {
		$number = self::number();
		if ( $number < 1 ) {
			return '';
		}
		/* translators: %s: number of tickets. */
		$words = sprintf( _n( '%s unassigned ticket', '%s unassigned tickets', $number, 'unified-inbox' ), number_format_i18n( $number ) );
		return sprintf(
			' <span class="awaiting-mod count-%d"><span class="pending-count" aria-hidden="true">%s</span><span class="screen-reader-text">%s</span></span>',
			$number,
			esc_html( $number > 99 ? '99+' : number_format_i18n( $number ) ),
			esc_html( $words )
		);
	}
}
