<?php
/**
 * Our two blocks and their shortcodes.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

use UnifiedInbox\Languages;
use UnifiedInbox\Portal\Status_Page;

defined( 'ABSPATH' ) || exit;

/** Registers them; a page without them gets neither style nor script. */
final class Blocks {

	const STYLE  = 'unified-inbox-public';
	const SCRIPT = 'unified-inbox-blocks';

	/** Registers handles, blocks and shortcodes; nothing is put on a page here. */
	public static function register(): void {
		wp_register_style( self::STYLE, self::url( 'assets/public.css' ), array(), UNIFIED_INBOX_VERSION );
		wp_register_script(
			self::SCRIPT,
			self::url( 'assets/blocks.js' ),
			array( 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-i18n', 'wp-server-side-render' ),
			UNIFIED_INBOX_VERSION,
			true
		);
		wp_set_script_translations( self::SCRIPT, 'unified-inbox', Languages::folder() );
		$blocks = dirname( UNIFIED_INBOX_FILE ) . '/blocks';
		register_block_type( "$blocks/form", array( 'render_callback' => array( Form_Page::class, 'render' ) ) );
		register_block_type( "$blocks/status", array( 'render_callback' => array( Status_Page::class, 'render' ) ) );
		add_shortcode( 'unified_inbox_form', array( Form_Page::class, 'render' ) );
		add_shortcode( 'unified_inbox_status', array( Status_Page::class, 'render' ) );
		add_action( 'enqueue_block_editor_assets', array( self::class, 'tell_editor' ) );
	}

	/** Gives the editor the names of the forms to choose from. */
	public static function tell_editor(): void {
		$choices = array_map(
			static function ( Definition $form ): array {
				return array(
					'value' => $form->id,
					'label' => $form->name,
				);
			},
			Definitions::all()
		);
		wp_add_inline_script( self::SCRIPT, 'window.unifiedInboxForms = ' . wp_json_encode( $choices, JSON_HEX_TAG ) . ';', 'before' );
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
