<?php
/**
 * Files sent with a form.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

defined( 'ABSPATH' ) || exit;

/** Checks sent files and reads them. They are never stored as they are: they go to the service, or sealed into the queue. */
final class Upload {

	const MOST  = 5;
	const BYTES = 10 * MB_IN_BYTES;

	/**
	 * Reads the files of one field.
	 *
	 * @param array<string, mixed> $sent    One member of $_FILES; its parts may be lists.
	 * @param int                  $most    Most files; 0 for our own bound.
	 * @param callable|null        $is_sent Tells a file PHP received from any other path on the disk.
	 * @return array<int, array{name: string, type: string, content: string}>|\WP_Error Contents are base64.
	 */
	public static function read( array $sent, int $most = 0, ?callable $is_sent = null ) {
		$files = self::listed( $sent );
		$most  = $most > 0 ? min( $most, self::MOST ) : self::MOST;
		if ( count( $files ) > $most ) {
			/* translators: %s: number of files. */
			return self::refusal( sprintf( _n( 'Choose at most %s file.', 'Choose at most %s files.', $most, 'unified-inbox' ), number_format_i18n( $most ) ) );
		}
		$read = array();
		foreach ( $files as $file ) {
			$one = self::read_one( $file, $is_sent ?? 'is_uploaded_file' );
			if ( is_wp_error( $one ) ) {
				return $one;
			}
			$read[] = $one;
		}
		return self::total( $files ) > self::BYTES ? self::too_large() : $read;
	}

	/** How much may be sent, in words; kept together by marks (Unicode 9, LRI and PDI) where the text runs from right to left. */
	public static function limit(): string {
		$size = (string) size_format( min( self::BYTES, wp_max_upload_size() ) );
		return is_rtl() ? "\u{2066}$size\u{2069}" : $size;
	}

	/**
	 * Turns PHP's lists of names, sizes and so on into one list of files.
	 *
	 * @param array<string, mixed> $sent One member of $_FILES.
	 * @return array<int, array<string, mixed>>
	 */
	private static function listed( array $sent ): array {
		$files = array();
		foreach ( (array) ( $sent['name'] ?? array() ) as $at => $name ) {
			$file = array( 'name' => (string) $name );
			foreach ( array( 'tmp_name', 'error', 'size' ) as $part ) {
				$file[ $part ] = array_values( (array) ( $sent[ $part ] ?? array() ) )[ $at ] ?? null;
			}
			if ( UPLOAD_ERR_NO_FILE !== (int) $file['error'] ) {
				$files[] = $file;
			}
		}
		return $files;
	}

	/**
	 * Reads one file.
	 *
	 * @param array<string, mixed> $file    Name, tmp_name, error, size.
	 * @param callable             $is_sent As read().
	 * @return array{name: string, type: string, content: string}|\WP_Error
	 */
	private static function read_one( array $file, callable $is_sent ) {
		if ( in_array( (int) $file['error'], array( UPLOAD_ERR_INI_SIZE, UPLOAD_ERR_FORM_SIZE ), true ) || (int) $file['size'] > self::BYTES ) {
			return self::too_large();
		}
		if ( UPLOAD_ERR_OK !== (int) $file['error'] || ! $is_sent( (string) $file['tmp_name'] ) ) {
			/* translators: %s: name of a file. */
			return self::refusal( sprintf( __( 'The file %s did not arrive whole. Choose it again.', 'unified-inbox' ), $file['name'] ) );
		}
		$name = self::name( $file['name'] );
		$type = (string) ( wp_check_filetype( $name )['type'] ?: '' );
		if ( '' === $type ) {
			/* translators: %s: name of a file. */
			return self::refusal( sprintf( __( 'Files of the kind of %s cannot be taken. Send a picture, a PDF or a document.', 'unified-inbox' ), $name ) );
		}
		return array(
			'name'    => $name,
			'type'    => $type,
			'content' => base64_encode( (string) file_get_contents( (string) $file['tmp_name'] ) ),
		);
	}

	/**
	 * A name without folders and control characters; letters of all scripts stay.
	 *
	 * @param string $name As the browser sent it.
	 */
	private static function name( string $name ): string {
		$clean = (string) preg_replace( '/[\x00-\x1F\x7F"<>|:*?]+/u', ' ', wp_basename( str_replace( '\\', '/', $name ) ) );
		$end   = (string) pathinfo( $clean, PATHINFO_EXTENSION );
		return mb_strlen( $clean ) > 120 ? mb_substr( $clean, 0, 100 ) . ".$end" : trim( $clean );
	}

	/**
	 * Bytes of all files.
	 *
	 * @param array<int, array<string, mixed>> $files From listed().
	 */
	private static function total( array $files ): int {
		return (int) array_sum( array_column( $files, 'size' ) );
	}

	/** Words for too much. */
	private static function too_large(): \WP_Error {
		/* translators: %s: a size such as "10 MB". */
		return self::refusal( sprintf( __( 'Together the files may have at most %s.', 'unified-inbox' ), self::limit() ) );
	}

	/**
	 * An error for the visitor.
	 *
	 * @param string $words What to do.
	 */
	private static function refusal( string $words ): \WP_Error {
		return new \WP_Error( 'upload', $words );
	}
}
