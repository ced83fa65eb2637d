export interface TextPart {
	text: string;
	href?: string;
}

/** Addresses people write into plain text: web and mail, nothing else becomes a link. */
const LINK = /https?:\/\/[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

const count = ( text: string, sign: string ): number => text.split( sign ).length - 1;

/** Punctuation after an address belongs to the sentence; so does a bracket that was not opened inside. */
function trimmed( link: string ): string {
	let rest = link;
	while ( /[.,;:!?'"\])}؟،؛]$/.test( rest ) ) {
		if ( rest.endsWith( ')' ) && count( rest, '(' ) >= count( rest, ')' ) ) {
			break;
		}
		rest = rest.slice( 0, -1 );
	}
	return rest;
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
