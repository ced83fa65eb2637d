import { _x, sprintf } from '@wordpress/i18n';

/** "14 KB", "2.3 MB". */
export function fileSize( bytes: number ): string {
	if ( bytes < 1024 * 1024 ) {
		/* translators: %s: a number of kilobytes. */
		return sprintf( _x( '%s KB', 'file size', 'unified-inbox' ), Math.max( 1, Math.round( bytes / 1024 ) ) );
	}
	const megabytes = ( bytes / 1024 / 1024 ).toFixed( 1 ).replace( /\.0$/, '' );
	/* translators: %s: a number of megabytes. */
	return sprintf( _x( '%s MB', 'file size', 'unified-inbox' ), megabytes );
}
