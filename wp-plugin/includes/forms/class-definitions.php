<?php
/**
 * The forms of this site.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

use UnifiedInbox\Client;
use UnifiedInbox\Pairing;

defined( 'ABSPATH' ) || exit;

/** Keeps what the service published, so that a form is shown at once and also while the service is down. */
final class Definitions {

	const OPTION = 'unified_inbox_forms';
	const TIMER  = 'unified_inbox_fetch_forms';
	const TRIED  = 'unified_inbox_forms_tried';

	/** Age in seconds after which the forms are fetched again, behind the visitor's back. */
	const FRESH = 600;

	/** Hooks the timer, and the moments after which forms are known to have changed. */
	public static function register(): void {
		add_action( self::TIMER, array( self::class, 'fetch' ) );
		add_action( 'unified_inbox_key_changed', array( self::class, 'fetch' ) );
		add_action( 'unified_inbox_passed_on', array( self::class, 'notice_change' ), 10, 2 );
	}

	/**
	 * A form of this site.
	 *
	 * @param string $id Id, or '' for the first one.
	 * @return Definition|null Null when there is none.
	 */
	public static function find( string $id ): ?Definition {
		foreach ( self::all() as $form ) {
			if ( '' === $id || $form->id === $id ) {
				return $form;
			}
		}
		return null;
	}

	/**
	 * All forms whose signature fits.
	 *
	 * @return Definition[]
	 */
	public static function all(): array {
		$connection = Pairing::connection();
		if ( is_wp_error( $connection ) ) {
			return array();
		}
		$read = array();
		foreach ( self::kept() as $form ) {
			$read[] = Definition::from_signed( (object) $form, $connection->secret );
		}
		return array_values( array_filter( $read ) );
	}

	/**
	 * Fetches the forms.
	 *
	 * @return true|\WP_Error
	 */
	public static function fetch() {
		$answer = Client::call_as_plugin( 'GET', '/forms' );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$kept = array(
			'at'    => time(),
			'forms' => (string) wp_json_encode( is_array( $answer->body->items ?? null ) ? $answer->body->items : array() ),
		);
		update_option( self::OPTION, $kept, false );
		return true;
	}

	/**
	 * A manager has changed a form: visitors shall see it now, not in ten minutes.
	 *
	 * @param string $method HTTP method.
	 * @param string $path   Path below the API's root.
	 */
	public static function notice_change( string $method, string $path ): void {
		if ( 'GET' !== $method && preg_match( '#^(forms|mailboxes)(/|\z)#', $path ) ) {
			self::fetch();
		}
	}

	/** Removes what is kept. */
	public static function forget(): void {
		delete_option( self::OPTION );
		delete_transient( self::TRIED );
		wp_clear_scheduled_hook( self::TIMER );
	}

	/**
	 * What is kept; fetched first when nothing is.
	 *
	 * @return object[]
	 */
	private static function kept(): array {
		$kept = get_option( self::OPTION );
		if ( ! is_array( $kept ) ) {
			self::fetch_once_a_minute();
			$kept = get_option( self::OPTION );
		} elseif ( $kept['at'] < time() - self::FRESH && ! wp_next_scheduled( self::TIMER ) ) {
			wp_schedule_single_event( time(), self::TIMER );
		}
		$forms = json_decode( (string) ( is_array( $kept ) ? $kept['forms'] : '' ) );
		return is_array( $forms ) ? $forms : array();
	}

	/** The first visitor of all waits for the service, but not every visitor of a service that is down. */
	private static function fetch_once_a_minute(): void {
		if ( ! get_transient( self::TRIED ) ) {
			set_transient( self::TRIED, 1, MINUTE_IN_SECONDS );
			self::fetch();
		}
	}
}
