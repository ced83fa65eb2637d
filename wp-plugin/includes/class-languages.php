<?php
/**
 * Finds our translations.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** Our own language folder, and one file for the two names of Filipino. */
final class Languages {

	/** Hooks into both loaders, the one of PHP and the one of scripts. */
	public static function register(): void {
		add_action( 'init', array( self::class, 'load' ) );
		add_filter( 'load_textdomain_mofile', array( self::class, 'tagalog_for_filipino' ), 10, 2 );
		add_filter( 'load_script_translation_file', array( self::class, 'tagalog_script_for_filipino' ), 10, 3 );
	}

	/** Where translations lie. */
	public static function folder(): string {
		return dirname( UNIFIED_INBOX_FILE ) . '/languages';
	}

	/** Tells WordPress the folder; it reads a file only when a text is asked for. */
	public static function load(): void {
		load_plugin_textdomain( 'unified-inbox', false, dirname( plugin_basename( UNIFIED_INBOX_FILE ) ) . '/languages' );
	}

	/**
	 * WordPress calls the language tl, browsers and some hosts call it fil.
	 *
	 * @param string|false $file   File WordPress means to load.
	 * @param string       $domain Text domain the file belongs to.
	 * @return string|false
	 */
	public static function tagalog_for_filipino( $file, $domain ) {
		if ( 'unified-inbox' !== $domain || ! is_string( $file ) || is_readable( $file ) ) {
			return $file;
		}
		return preg_replace( '/(unified-inbox)-fil(_PH)?([.-])/', '$1-tl$3', $file );
	}

	/**
	 * The same for the JSON of a script.
	 *
	 * @param string|false $file   File WordPress means to load.
	 * @param string       $handle Script handle.
	 * @param string       $domain Text domain the file belongs to.
	 * @return string|false
	 */
	public static function tagalog_script_for_filipino( $file, $handle, $domain ) {
		return self::tagalog_for_filipino( $file, $domain );
	}
}
