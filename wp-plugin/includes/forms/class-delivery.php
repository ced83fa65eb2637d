<?php
/**
 * Takes entries to the service, now or later.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

use UnifiedInbox\Actor;
use UnifiedInbox\Client;

defined( 'ABSPATH' ) || exit;

/** Sends an entry; keeps what could not be sent and sends it again until the service has said yes. */
final class Delivery {

	const TIMER = 'unified_inbox_replay_forms';

	/** Option with the last wait; there only while something waits. */
	const WAIT = 'unified_inbox_replay_wait';

	/** Longest wait in seconds between two attempts of the timer. */
	const PATIENCE = 15 * MINUTE_IN_SECONDS;

	/** At most so many at the end of somebody's request. */
	const AT_ONCE = 20;

	/** Hooks the timer, and every sign of life of the service. */
	public static function register(): void {
		add_action( self::TIMER, array( self::class, 'replay' ) );
		add_action( 'unified_inbox_answered', array( self::class, 'notice_answer' ) );
	}

	/**
	 * Sends an entry, or keeps it.
	 *
	 * @param Entry $entry A visitor's request.
	 * @return true|\WP_Error An error only when it could be neither sent nor kept.
	 */
	public static function send( Entry $entry ) {
		$answer = self::deliver( $entry );
		if ( ! is_wp_error( $answer ) && $answer->ok() ) {
			return true;
		}
		$kept = Queue::keep( $entry );
		self::resume();
		return $kept;
	}

	/** Starts the timer where something waits. */
	public static function resume(): void {
		if ( ! wp_next_scheduled( self::TIMER ) && array() !== Queue::files() ) {
			self::plan( MINUTE_IN_SECONDS );
		}
	}

	/** Sends what waits, the oldest first, and plans the next attempt for what is left. */
	public static function replay(): void {
		Queue::exclusively( array( self::class, 'replay_some' ) );
		wp_clear_scheduled_hook( self::TIMER );
		if ( array() === Queue::files() ) {
			delete_option( self::WAIT );
		} else {
			self::plan( self::next_wait() );
		}
	}

	/** Sends until nobody answers. An entry that is answered with an error goes to the end of the line: it must not stop the others. */
	public static function replay_some(): void {
		foreach ( array_slice( Queue::files(), 0, self::AT_ONCE ) as $file ) {
			$entry  = Queue::open( $file );
			$answer = $entry ? self::deliver( $entry ) : null;
			if ( is_wp_error( $answer ) ) {
				return;
			}
			if ( $answer && $answer->ok() ) {
				Queue::erase( $file );
			} else {
				touch( $file );
			}
		}
	}

	/** The service answers again: what waits goes out when this request is over. The timer is in an autoloaded option. */
	public static function notice_answer(): void {
		if ( wp_next_scheduled( self::TIMER ) && ! has_action( 'shutdown', array( self::class, 'replay' ) ) && ! doing_action( self::TIMER ) && ! doing_action( 'shutdown' ) ) {
			add_action( 'shutdown', array( self::class, 'replay' ) );
		}
	}

	/** Stops the timer. */
	public static function unschedule(): void {
		wp_clear_scheduled_hook( self::TIMER );
		delete_option( self::WAIT );
	}

	/**
	 * One attempt.
	 *
	 * @param Entry $entry A visitor's request.
	 * @return \UnifiedInbox\Answer|\WP_Error
	 */
	private static function deliver( Entry $entry ) {
		return Client::call( Actor::plugin(), 'POST', '/forms/' . rawurlencode( $entry->form_id ) . '/entries', (string) wp_json_encode( $entry->body ) );
	}

	/** Twice the last wait, up to PATIENCE. */
	private static function next_wait(): int {
		$wait = min( self::PATIENCE, 2 * (int) get_option( self::WAIT, MINUTE_IN_SECONDS ) );
		update_option( self::WAIT, $wait, false );
		return $wait;
	}

	/**
	 * Plans the next attempt.
	 *
	 * @param int $wait Seconds.
	 */
	private static function plan( int $wait ): void {
		wp_schedule_single_event( time() + $wait, self::TIMER );
	}
}
