<?php
/**
 * Mailboxes that are not being read, and who has to know.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Answer;
use UnifiedInbox\Capabilities;
use UnifiedInbox\Client;
use UnifiedInbox\Pairing;
use UnifiedInbox\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/** A mark in the menu, from answers that pass by; and the site's own mail where the service has no mailbox left to send one. */
final class Alarm {

	/** Last known number of such mailboxes: autoloaded, so that no page makes a query or a call for it. */
	const OPTION = 'unified_inbox_troubles';
	const TIMER  = 'unified_inbox_look_at_mailboxes';
	const OFTEN  = 'unified_inbox_often';

	/** Seconds the service is given to mail the managers itself, through another mailbox. */
	const GRACE = 2 * MINUTE_IN_SECONDS;

	/** Hooks the timer; it runs from the moment the site is paired. */
	public static function register(): void {
		add_filter( 'cron_schedules', array( self::class, 'add_interval' ) );
		add_action( 'unified_inbox_key_changed', array( self::class, 'schedule' ) );
		add_action( self::TIMER, array( self::class, 'look' ) );
	}

	/**
	 * Adds the timer's interval to WordPress's.
	 *
	 * @param array<string, array<string, mixed>> $intervals Others.
	 * @return array<string, array<string, mixed>>
	 */
	public static function add_interval( $intervals ) {
		// Without a name in words: a translation this early would be loaded on every page.
		$intervals[ self::OFTEN ] = array(
			'interval' => 10 * MINUTE_IN_SECONDS,
			'display'  => 'Unified Inbox',
		);
		return $intervals;
	}

	/** Starts the timer. */
	public static function schedule(): void {
		if ( ! wp_next_scheduled( self::TIMER ) ) {
			wp_schedule_event( time() + MINUTE_IN_SECONDS, self::OFTEN, self::TIMER );
		}
	}

	/** Stops it. */
	public static function unschedule(): void {
		// Whatever its arguments are.
		wp_unschedule_hook( self::TIMER );
	}

	/** Asks the service, and mails the managers what nobody could tell them yet. */
	public static function look(): void {
		$site = Pairing::is_paired() ? Client::call_as_plugin( 'GET', '/site' ) : null;
		if ( null === $site || is_wp_error( $site ) || ! is_array( $site->body->incidents ?? null ) ) {
			return;
		}
		self::keep( count( $site->body->incidents ) );
		foreach ( $site->body->incidents as $incident ) {
			$is_old = strtotime( (string) ( $incident->began_at ?? '' ) ) < time() - self::GRACE;
			if ( $is_old && null === ( $incident->told_at ?? null ) && self::tell( $incident ) ) {
				Client::call_as_plugin( 'PUT', '/site/incidents/' . rawurlencode( (string) $incident->id ) . '/told' );
			}
		}
	}

	/**
	 * Picks the number out of an answer to a manager's screen: others may not see every mailbox.
	 *
	 * @param string $path   Path that was asked for.
	 * @param Answer $answer What the service said.
	 */
	public static function learn( string $path, Answer $answer ): void {
		$troubles = 'live' === $path && $answer->ok() ? ( $answer->body->troubles ?? null ) : null;
		if ( ! is_array( $troubles ) || ! current_user_can( Capabilities::MANAGE ) ) {
			return;
		}
		$is_news = count( $troubles ) > self::number();
		self::keep( count( $troubles ) );
		if ( $is_news ) {
			// With an argument, or WordPress would take it for the one that comes in ten minutes anyway.
			wp_schedule_single_event( time() + self::GRACE + 1, self::TIMER, array( 'soon' ) );
		}
	}

	/** Back to none. The option has to exist: WordPress asks the database for a missing one at every page. */
	public static function reset(): void {
		update_option( self::OPTION, 0, true );
	}

	/** How many mailboxes are not being read, as far as is known. */
	public static function number(): int {
		return (int) get_option( self::OPTION, 0 );
	}

	/** The mark behind the menu's names, for those who can do something about it. */
	public static function html(): string {
		$number = self::number();
		if ( $number < 1 || ! current_user_can( Capabilities::MANAGE ) ) {
			return '';
		}
		/* translators: %s: number of mailboxes. */
		$words = sprintf( _n( '%s mailbox is not being read', '%s mailboxes are not being read', $number, 'unified-inbox' ), number_format_i18n( $number ) );
		return sprintf( ' <span class="awaiting-mod"><span class="pending-count" aria-hidden="true">!</span><span class="screen-reader-text">%s</span></span>', esc_html( $words ) );
	}

	/**
	 * Keeps the number.
	 *
	 * @param int $number Mailboxes that are not being read.
	 */
	private static function keep( int $number ): void {
		if ( self::number() !== $number ) {
			update_option( self::OPTION, $number, true );
		}
	}

	/**
	 * Mails every manager in his language.
	 *
	 * @param object $incident From the service.
	 * @return bool Whether at least one mail left.
	 */
	private static function tell( object $incident ): bool {
		$told = false;
		foreach ( get_users( array( 'capability' => Capabilities::MANAGE ) ) as $manager ) {
			$switched = switch_to_user_locale( $manager->ID );
			$told     = wp_mail( $manager->user_email, self::subject( $incident ), self::text( $incident ) ) || $told;
			if ( $switched ) {
				restore_previous_locale();
			}
		}
		return $told;
	}

	/**
	 * The mail's subject.
	 *
	 * @param object $incident From the service.
	 */
	private static function subject( object $incident ): string {
		/* translators: 1: name of the site, 2: e-mail address of a mailbox. */
		return sprintf( __( '[%1$s] The mailbox %2$s is not being read', 'unified-inbox' ), wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ), $incident->address ?? '' );
	}

	/**
	 * The mail's text.
	 *
	 * @param object $incident From the service.
	 */
	private static function text( object $incident ): string {
		$since = wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), (int) strtotime( (string) ( $incident->began_at ?? '' ) ) );
		return implode(
			"\n\n",
			array(
				/* translators: 1: e-mail address of a mailbox, 2: date and time, 3: reason, in the words of the service. */
				sprintf( __( 'The mailbox %1$s has not been read since %2$s. The reason: %3$s', 'unified-inbox' ), $incident->address ?? '', $since, $incident->reason ?? '' ),
				'degraded' === ( $incident->state ?? '' )
					? __( 'It is tried again by itself. How it is now, you see here:', 'unified-inbox' )
					: __( 'Please see what it needs:', 'unified-inbox' ),
				Settings_Screen::url() . '#/mailboxes/' . rawurlencode( (string) ( $incident->mailbox_id ?? '' ) ),
				__( 'Nothing is lost: what comes in meanwhile is fetched as soon as the mailbox works again.', 'unified-inbox' ),
			)
		);
	}
}
