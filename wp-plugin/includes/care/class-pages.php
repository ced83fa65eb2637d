<?php
/**
 * The two pages a site needs for its customers.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Portal\Status_Address;
use UnifiedInbox\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/** Makes them with one press of a button, for owners who would rather not meet the block editor. */
final class Pages {

	/** Prints what there is, and the button for what is missing. */
	public static function render(): void {
		$status = Status_Address::get();
		printf( '<div class="unified-inbox-card"><h2>%s</h2>', esc_html__( 'Pages for your customers', 'unified-inbox' ) );
		printf( '<p>%s</p>', esc_html__( 'The blocks "Contact form" and "Request status" go on any page; so do the shortcodes [unified_inbox_form] and [unified_inbox_status].', 'unified-inbox' ) );
		if ( '' !== $status ) {
			printf( '<p>%s <a href="%2$s" dir="ltr">%3$s</a></p></div>', esc_html__( 'Requests are followed at', 'unified-inbox' ), esc_url( $status ), esc_html( $status ) );
			return;
		}
		Settings_Screen::print_form_start( 'make_pages' );
		printf(
			'<div class="unified-inbox-ending"><p>%s</p><p><button class="button">%s</button></p></div></form></div>',
			esc_html__( 'Without a status page, mails to customers carry no link to follow their request.', 'unified-inbox' ),
			esc_html__( 'Make both pages for me', 'unified-inbox' )
		);
	}

	/**
	 * Makes both pages.
	 *
	 * @return true|\WP_Error
	 */
	public static function make() {
		$form = self::page( __( 'Contact us', 'unified-inbox' ), '<!-- wp:unified-inbox/form /-->' );
		return is_wp_error( $form ) ? $form : self::page( __( 'Your request', 'unified-inbox' ), '<!-- wp:unified-inbox/status /-->' );
	}

	/**
	 * Makes a page.
	 *
	 * @param string $title   Title.
	 * @param string $content Block.
	 * @return true|\WP_Error
	 */
	private static function page( string $title, string $content ) {
		$made = wp_insert_post(
			array(
				'post_type'    => 'page',
				'post_status'  => 'publish',
				'post_title'   => $title,
				'post_content' => $content,
			),
			true
		);
		return is_wp_error( $made ) ? $made : true;
	}
}
