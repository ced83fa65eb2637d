<?php
/**
 * Where the status page is.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Client;
use UnifiedInbox\Pairing;

defined( 'ABSPATH' ) || exit;

/** Notices which page holds the status block, and tells the service, whose mails link to it. */
final class Status_Address {

	const OPTION = 'unified_inbox_status_page';
	const TIMER  = 'unified_inbox_report_status_page';

	/** Hooks the saving of pages, and the moments to tell the service. */
	public static function register(): void {
		add_action( 'save_post', array( self::class, 'notice' ), 10, 2 );
		add_action( 'before_delete_post', array( self::class, 'notice_deletion' ) );
		add_action( 'unified_inbox_key_changed', array( self::class, 'report' ) );
		add_action( self::TIMER, array( self::class, 'report' ) );
	}

	/** Address of the page, or ''. */
	public static function get(): string {
		$page = (int) get_option( self::OPTION, 0 );
		return $page > 0 && 'publish' === get_post_status( $page ) ? (string) get_permalink( $page ) : '';
	}

	/**
	 * Whether a post holds the status block or its shortcode.
	 *
	 * @param \WP_Post $post Any post.
	 */
	public static function is_on( \WP_Post $post ): bool {
		return has_block( 'unified-inbox/status', $post ) || has_shortcode( $post->post_content, 'unified_inbox_status' );
	}

	/**
	 * A post was saved: it may have become the status page, or ceased to be it.
	 *
	 * @param int      $id   Post.
	 * @param \WP_Post $post Post.
	 */
	public static function notice( $id, $post ): void {
		if ( ! $post instanceof \WP_Post || wp_is_post_revision( $post ) ) {
			return;
		}
		$is_it = 'publish' === $post->post_status && self::is_on( $post );
		$known = (int) get_option( self::OPTION, 0 );
		if ( $is_it && $known !== $post->ID && '' === self::get() ) {
			self::choose( $post->ID );
		} elseif ( $known === $post->ID ) {
			self::choose( $is_it ? $post->ID : 0 );
		}
	}

	/**
	 * A post is deleted for good.
	 *
	 * @param int $id Post.
	 */
	public static function notice_deletion( $id ): void {
		if ( (int) get_option( self::OPTION, 0 ) === (int) $id ) {
			self::choose( 0 );
		}
	}

	/** Tells the service; tried again in five minutes when it does not answer. */
	public static function report(): void {
		if ( ! Pairing::is_paired() ) {
			return;
		}
		$url    = self::get();
		$answer = Client::call_as_plugin( 'PUT', '/site', array( 'status_page_url' => '' === $url ? null : $url ) );
		if ( is_wp_error( $answer ) && (int) ( $answer->get_error_data()['status'] ?? 0 ) >= 500 && ! wp_next_scheduled( self::TIMER ) ) {
			wp_schedule_single_event( time() + 5 * MINUTE_IN_SECONDS, self::TIMER );
		}
	}

	/** Removes what is kept. */
	public static function forget(): void {
		delete_option( self::OPTION );
		wp_clear_scheduled_hook( self::TIMER );
	}

	/**
	 * Keeps a page as the status page.
	 *
	 * @param int $id Post, or 0 for none.
	 */
	private static function choose( int $id ): void {
		update_option( self::OPTION, $id, false );
		self::report();
	}
}
