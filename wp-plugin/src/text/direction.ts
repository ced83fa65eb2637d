import type { Direction } from '../model';

/** The class of the element that holds the part of a mail that was folded away. */
export const FOLDED = 'uib-folded';

const MOST = 400; // letters of a line that are looked at
const ADDRESS = /\S*(?:@|:\/\/|www\.)\S*/g;
const RIGHT_TO_LEFT =
	/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** 1 for left to right, -1 for right to left, 0 for neither, by the first letter of a line. */
function vote( line: string ): number {
	const letter = line.slice( 0, MOST ).replace( ADDRESS, ' ' ).match( /\p{L}/u )?.[ 0 ];
	if ( ! letter ) {
		return 0;
	}
	return RIGHT_TO_LEFT.test( letter ) ? -1 : 1;
}

/** The direction most lines begin in, as the service decides it for what was written. */
export function directionOf( text: string ): Direction {
	const votes = text.split( '\n' ).map( vote ).filter( Boolean );
	const sum = votes.reduce( ( total, one ) => total + one, 0 );
	return ( sum || votes[ 0 ] || 1 ) < 0 ? 'rtl' : 'ltr';
}

export interface Part {
	text: string;
	direction: Direction;
}

const depthOf = ( line: string ): number => line.match( /^(?: {0,3}>)+/ )?.[ 0 ].replace( / /g, '' ).length ?? 0;

/** Lines of one depth of quoting are one person's words; an empty line belongs to those above it. */
function quotedTogether( text: string ): { depth: number; text: string }[] {
	const parts: { depth: number; lines: string[] }[] = [];
	for ( const line of text.split( '\n' ) ) {
		const last = parts[ parts.length - 1 ];
		const depth = line.trim() || ! last ? depthOf( line ) : last.depth;
		if ( last?.depth === depth ) {
			last.lines.push( line );
		} else {
			parts.push( { depth, lines: [ line ] } );
		}
	}
	return parts.map( ( { depth, lines } ) => ( { depth, text: lines.join( '\n' ) } ) );
}

/**
 * A plain text in parts of one direction each: that of their own words, of quotes and of the rest
 * alike. `own` is the direction the service found for what stands in no quote.
 */
export function partsOf( text: string, own?: Direction ): Part[] {
	const parts: Part[] = [];
	for ( const one of quotedTogether( text ) ) {
		const last = parts[ parts.length - 1 ];
		const direction = own && ! one.depth ? own : directionOf( one.text );
		if ( last?.direction === direction ) {
			last.text += `\n${ one.text }`;
		} else {
			parts.push( { text: one.text, direction } );
		}
	}
	return parts;
}

/** What a quote says itself: its blocks on lines of their own, the quotes inside it left out. */
function wordsOf( quote: Element ): string {
	const copy = quote.cloneNode( true ) as Element;
	copy.querySelectorAll( 'blockquote' ).forEach( ( inner ) => inner.remove() );
	copy.querySelectorAll( 'br, p, div, li, tr' ).forEach( ( block ) => block.before( '\n' ) );
	return copy.textContent ?? '';
}

/** Gives each quote of a mail the direction of its own words, where its sender said none. */
export function directQuotes( page: Document ): void {
	page.querySelectorAll( `blockquote:not([dir]), .${ FOLDED }` ).forEach( ( quote ) => {
		const words = wordsOf( quote );
		if ( /\p{L}/u.test( words ) ) {
			quote.setAttribute( 'dir', directionOf( words ) );
		}
	} );
}
