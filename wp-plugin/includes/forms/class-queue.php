<?php
/**
 * Forms that wait for the service.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

use UnifiedInbox\Secret_Box;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps entries, files included, while the service is down: one sealed file each, under a random name in a folder with a random
 * name that no web server hands out. Gone as soon as the service has taken them.
 */
final class Queue {

	const OPTION = 'unified_inbox_queue';
	const MOST   = 500;
	const BYTES  = 250 * MB_IN_BYTES;
	const ENDING = '.entry';

	/**
	 * Keeps an entry.
	 *
	 * @param Entry $entry What the service did not take.
	 * @return true|\WP_Error An error when there is no room, or no folder to write to.
	 */
	public static function keep( Entry $entry ) {
		$text   = Secret_Box::seal_bytes( $entry->to_text(), self::context() );
		$folder = self::folder( true );
		$files  = self::files();
		$full   = count( $files ) >= self::MOST || strlen( $text ) + array_sum( array_map( 'filesize', $files ) ) > self::BYTES;
		if ( '' === $folder || $full || ! self::write( sprintf( '%s/%08x%s', $folder, time(), bin2hex( random_bytes( 16 ) ) ), $text ) ) {
			return new \WP_Error( 'queue_full', __( 'Your message could not be taken just now. Nothing you typed is lost: try again in some minutes.', 'unified-inbox' ) );
		}
		return true;
	}

	/**
	 * Waiting files, the oldest first.
	 *
	 * @return string[]
	 */
	public static function files(): array {
		$folder = self::folder( false );
		$files  = '' === $folder ? array() : (array) glob( "$folder/*" . self::ENDING );
		usort(
			$files,
			static function ( string $one, string $other ): int {
				return array( filemtime( $one ), $one ) <=> array( filemtime( $other ), $other );
			}
		);
		return $files;
	}

	/** Seconds since the oldest was sent, 0 when none waits. */
	public static function age(): int {
		$files = self::files();
		return array() === $files ? 0 : time() - (int) min( array_map( array( self::class, 'kept_at' ), $files ) );
	}

	/**
	 * Since when an entry waits; its name begins with it.
	 *
	 * @param string $file From files().
	 */
	public static function kept_at( string $file ): int {
		return (int) hexdec( substr( basename( $file ), 0, 8 ) );
	}

	/**
	 * Opens a waiting entry.
	 *
	 * @param string $file From files().
	 * @return Entry|null Null when it cannot be read any more, most likely as the salts have changed.
	 */
	public static function open( string $file ): ?Entry {
		$text = Secret_Box::open_bytes( (string) file_get_contents( $file ), self::context() );
		return null === $text ? null : Entry::from_text( $text );
	}

	/**
	 * Erases a waiting entry: overwritten first, as a freed block can be read for long.
	 *
	 * @param string $file From files().
	 */
	public static function erase( string $file ): void {
		file_put_contents( $file, str_repeat( "\0", (int) filesize( $file ) ) );
		wp_delete_file( $file );
	}

	/** Removes everything, the folder as well. */
	public static function remove(): void {
		$folder = self::folder( false );
		array_map( array( self::class, 'erase' ), self::files() );
		if ( '' !== $folder ) {
			array_map( 'wp_delete_file', array( "$folder/index.php", "$folder/.htaccess", "$folder/web.config" ) );
			rmdir( $folder );
		}
		delete_option( self::OPTION );
	}

	/**
	 * One writer at a time: two replays of one entry would do no harm, but twice the work.
	 *
	 * @param callable $work What to do while nobody else does it.
	 */
	public static function exclusively( callable $work ): void {
		$folder = self::folder( false );
		$handle = '' === $folder ? false : fopen( "$folder/index.php", 'r' );
		if ( $handle && flock( $handle, LOCK_EX | LOCK_NB ) ) {
			$work();
			flock( $handle, LOCK_UN );
		}
	}

	/**
	 * The folder of this site, '' when there is none.
	 *
	 * @param bool $make Whether to make it.
	 */
	private static function folder( bool $make ): string {
		$name = (string) get_option( self::OPTION, '' );
		if ( '' === $name && $make ) {
			$name = '.unified-inbox-' . bin2hex( random_bytes( 16 ) );
			update_option( self::OPTION, $name, false );
		}
		$folder = '' === $name ? '' : wp_upload_dir( null, false )['basedir'] . "/$name";
		if ( '' !== $folder && $make && ! is_dir( $folder ) && ! self::make_folder( $folder ) ) {
			return '';
		}
		return is_dir( $folder ) ? $folder : '';
	}

	/**
	 * Makes the folder, closed to Apache and IIS. nginx is told nothing here, but nearly always denies names that begin with a dot;
	 * and even then there are the random names and the seal.
	 *
	 * @param string $folder Path.
	 */
	private static function make_folder( string $folder ): bool {
		return wp_mkdir_p( $folder )
			&& false !== file_put_contents( "$folder/index.php", "<?php // Silence.\n" )
			&& false !== file_put_contents( "$folder/.htaccess", "Require all denied\n" )
			&& false !== file_put_contents( "$folder/web.config", '<configuration><system.webServer><authorization><deny users="*"/></authorization></system.webServer></configuration>' );
	}

	/**
	 * Writes a file whole or not at all.
	 *
	 * @param string $path  Without its ending.
	 * @param string $bytes Contents.
	 */
	private static function write( string $path, string $bytes ): bool {
		$written = file_put_contents( "$path.part", $bytes ) === strlen( $bytes ) && chmod( "$path.part", 0600 );
		return $written && rename( "$path.part", $path . self::ENDING );
	}

	/** Ties entries to this site of a network. */
	private static function context(): string {
		return 'queue|' . get_current_blog_id();
	}
}
