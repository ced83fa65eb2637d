export interface TextPart {
	text: string;
	href?: string;
}

/** Addresses people write into plain text: web and mail, nothing else becomes a link. */
const LINK = /https?:\/\/[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

/** Punctuation after an address belongs to the sentence; a closing bracket only if it was opened inside. */
function trimmed( link: string ): string {
	let end = link.length;
	while ( /[.,;:!?'"\])}؟،؛]/.test( link.charAt( end - 1 ) ) ) {
		if ( link.charAt( end - 1 ) === ')' && link.slice( 0, end ).includes( '(' ) ) {
			break;
		}
		end--;
	}
	return link.slice( 0, end );
}

/** Cuts plain text into pieces, those with an `href` being links. */
export function linkify( text: string ): TextPart[] {
	const parts: TextPart[] = [];
	let last = 0;
	for ( const match of text.matchAll( LINK ) ) {
		const link = trimmed( match[ 0 ] );
		const start = match.index ?? 0;
		if ( start > last ) {
			parts.push( { text: text.slice( last, start ) } );
		}
		parts.push( { text: link, href: /^https?:/i.test( link ) ? link : `mailto:${ link }` } );
		last = start + link.length;
	}
	if ( last < text.length ) {
		parts.push( { text: text.slice( last ) } );
	}
	return parts;
}
