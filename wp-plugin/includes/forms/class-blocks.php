<?php
/**
 * Our two blocks and their shortcodes.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

use UnifiedInbox\Languages;
use UnifiedInbox\Portal\Status_Page;
use UnifiedInbox\Proxy;

defined( 'ABSPATH' ) || exit;

/** Registers them; a page without them gets neither style nor script. */
final class Blocks {

	const STYLE  = 'unified-inbox-public';
	const SCRIPT = 'unified-inbox-blocks';

	/** Registers handles, blocks and shortcodes; nothing is put on a page here. */
	public static function register(): void {
		self::register_handles();
		$blocks = dirname( UNIFIED_INBOX_FILE ) . '/blocks';
		register_block_type( "$blocks/form", array( 'render_callback' => array( Form_Page::class, 'render' ) ) );
		register_block_type( "$blocks/status", array( 'render_callback' => array( Status_Page::class, 'render' ) ) );
		add_shortcode( 'unified_inbox_form', array( Form_Page::class, 'render' ) );
		add_shortcode( 'unified_inbox_status', array( Status_Page::class, 'render' ) );
	}

	/** Makes style and script known to WordPress. */
	public static function register_handles(): void {
		wp_register_style( self::STYLE, self::url( 'assets/public.css' ), array(), UNIFIED_INBOX_VERSION );
		$needed = array( 'wp-api-fetch', 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-i18n', 'wp-server-side-render' );
		wp_register_script( self::SCRIPT, self::url( 'assets/blocks.js' ), $needed, UNIFIED_INBOX_VERSION, true );
		wp_set_script_translations( self::SCRIPT, 'unified-inbox', Languages::folder() );
	}

	/** Registers what the editor asks for when one of our blocks is being written; an editor without them costs nothing. */
	public static function register_route(): void {
		register_rest_route(
			Proxy::NAMESPACE,
			'/forms',
			array(
				'methods'             => 'GET',
				'permission_callback' => array( self::class, 'may_choose' ),
				'callback'            => array( self::class, 'choices' ),
			)
		);
	}

	/** Whoever may write a page may choose the form on it; whoever manages the inbox decides which forms there are. */
	public static function may_choose(): bool {
		return current_user_can( 'edit_posts' );
	}

	/**
	 * Ids and names of the forms.
	 *
	 * @return array<int, array{value: string, label: string}>
	 */
	public static function choices(): array {
		return array_map(
			static function ( Definition $form ): array {
				return array(
					'value' => $form->id,
					'label' => $form->name,
				);
			},
			Definitions::all()
		);
	}

	/**
	 * Address of a file of the plugin.
	 *
	 * @param string $path Below the plugin's folder.
	 */
	private static function url( string $path ): string {
		return plugins_url( $path, UNIFIED_INBOX_FILE );
	}
}
