import type { Words } from '../editor/types';
import { htmlOfLines } from './variables';

const OPENING = htmlOfLines( '' ).indexOf( '<br>' );

/**
 * The words after something was typed that knows of no formatting. What stands there keeps its own:
 * of a formatted text only the end can grow.
 */
export function grown( { text, html }: Words, typed: string ): Words {
	if ( ! html || ! typed.startsWith( text ) ) {
		return html ? { text, html } : { text: typed, html };
	}
	const lines = htmlOfLines( typed.slice( text.length ) );
	const unended = html.replace( /(<br>)?<\/div>$/, '' );
	return { text: typed, html: unended === html ? html + lines : unended + lines.slice( OPENING ) };
}
