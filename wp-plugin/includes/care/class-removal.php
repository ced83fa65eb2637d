<?php
/**
 * What happens when the plugin is deleted.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Agents;
use UnifiedInbox\Badge;
use UnifiedInbox\Capabilities;
use UnifiedInbox\Forms\Definitions;
use UnifiedInbox\Forms\Delivery;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Pairing;
use UnifiedInbox\Portal\Status_Address;
use UnifiedInbox\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/** Removes everything of ours from a site, if its owner has said so; the tickets were never here. */
final class Removal {

	const OPTION = 'unified_inbox_remove_all';

	/** For a plugin that is being deleted: everything where that was asked for, else only what would run on without it. */
	public static function uninstall(): void {
		if ( get_option( self::OPTION ) ) {
			self::erase();
		} else {
			self::stop();
		}
	}

	/** Stops our timers. */
	public static function stop(): void {
		Agents::unschedule();
		Alarm::unschedule();
		Delivery::unschedule();
		wp_clear_scheduled_hook( Definitions::TIMER );
		wp_clear_scheduled_hook( Status_Address::TIMER );
	}

	/** Removes options, roles, timers, waiting forms and marks on users from the current site. */
	public static function erase(): void {
		self::stop();
		Agents::forget_reports();
		Badge::forget_own();
		Capabilities::uninstall();
		Queue::remove();
		Definitions::forget();
		Status_Address::forget();
		delete_option( Pairing::OPTION );
		delete_option( Badge::OPTION );
		delete_option( Alarm::OPTION );
		delete_option( self::OPTION );
		self::delete_transients();
	}

	/**
	 * Keeps the owner's answer.
	 *
	 * @param bool $all Whether deleting the plugin removes everything.
	 */
	public static function decide( bool $all ): void {
		if ( $all ) {
			update_option( self::OPTION, 1, false );
		} else {
			delete_option( self::OPTION );
		}
	}

	/** Prints the question. */
	public static function render(): void {
		printf( '<div class="unified-inbox-card"><h2>%s</h2>', esc_html__( 'When the plugin is deleted', 'unified-inbox' ) );
		Settings_Screen::print_form_start( 'removal' );
		printf(
			'<p><label><input type="checkbox" name="remove_all" value="1"%s> %s</label></p><p class="description">%s</p><p><button class="button">%s</button></p></form></div>',
			checked( (bool) get_option( self::OPTION ), true, false ),
			esc_html__( 'Remove everything of it from this site', 'unified-inbox' ),
			esc_html__( 'The connection, the roles and forms that still wait for the service will be gone. Without the tick they stay for a later installation. Tickets are in the service and stay in either case.', 'unified-inbox' ),
			esc_html__( 'Save', 'unified-inbox' )
		);
	}

	/** Counters of attempts and the like; they have names nobody knows in advance. */
	private static function delete_transients(): void {
		global $wpdb;
		$names = $wpdb->get_col(
			$wpdb->prepare(
				"SELECT option_name FROM $wpdb->options WHERE option_name LIKE %s OR option_name LIKE %s",
				$wpdb->esc_like( '_transient_unified_inbox_' ) . '%',
				$wpdb->esc_like( '_transient_timeout_unified_inbox_' ) . '%'
			)
		);
		array_map( 'delete_option', $names );
	}
}
