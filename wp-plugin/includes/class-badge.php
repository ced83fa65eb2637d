<?php
/**
 * The number in the menu.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Last known number of unassigned tickets. An autoloaded option, so that no page makes a query or a call for it. */
final class Badge {

	const OPTION = 'unified_inbox_unassigned';

	/**
	 * Picks the number out of an answer that passes by.
	 *
	 * @param string $path   Path that was asked for.
	 * @param Answer $answer What the service said.
	 */
	public static function learn( string $path, Answer $answer ): void {
		$counts = $answer->ok() && in_array( $path, array( 'live', 'inboxes' ), true ) ? ( $answer->body->counts ?? null ) : null;
		$number = $counts->all->unassigned ?? $counts->unassigned ?? null;
		if ( is_int( $number ) && self::number() !== $number ) {
			update_option( self::OPTION, $number, true );
		}
	}

	/** Back to none. The option has to exist: WordPress asks the database for a missing one at every page. */
	public static function reset(): void {
		update_option( self::OPTION, 0, true );
	}

	/** The number; 0 when none is known. */
	public static function number(): int {
		return (int) get_option( self::OPTION, 0 );
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
