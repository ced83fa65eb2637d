import type { ReplyLanguage, SavedReply } from '../../api/saved-replies-api';
import type { Words } from '../../editor/types';
import { LANGUAGES } from '../../text/reply-language';
import { htmlOfLines } from '../../text/variables';

export type Texts = Partial< Record< ReplyLanguage, Words > >;

/** What is kept: formatted text as it is, of plain text each line. */
export function htmlOf( { text, html }: Words ): string {
	return html || ( text.trim() ? htmlOfLines( text ) : '' );
}

/** Kept texts as the editor takes them. */
export function textsOf( { texts }: Pick< SavedReply, 'texts' > ): Texts {
	const bare = ( html: string ): string => new DOMParser().parseFromString( html, 'text/html' ).body.textContent ?? '';
	return Object.fromEntries( Object.entries( texts ).map( ( [ language, html ] ) => [ language, { text: bare( html ), html } ] ) );
}

/** What was written, as the service keeps it. */
export function keptOf( texts: Texts ): SavedReply[ 'texts' ] {
	const written = LANGUAGES.map( ( language ) => [ language, texts[ language ] ? htmlOf( texts[ language ]! ) : '' ] as const );
	return Object.fromEntries( written.filter( ( [ , html ] ) => html !== '' ) );
}
