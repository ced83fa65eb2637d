const LEVEL = /mso-list:[^;]*?level(\d)/i;

const styleOf = ( element: Element ): string => element.getAttribute( 'style' ) ?? '';

/** Whether an element is one entry of a list as Word writes it: a paragraph that knows its level. */
export function isWordList( element: Element ): boolean {
	return LEVEL.test( styleOf( element ) );
}

function markOf( entry: Element ): Element | undefined {
	return Array.from( entry.querySelectorAll( 'span' ) ).find( ( span ) => /mso-list:\s*ignore/i.test( styleOf( span ) ) );
}

/** Numbered lists have a number or a letter with a full stop or a bracket, all others some sign. */
function kindOf( entry: Element ): 'ol' | 'ul' {
	return /^\s*\(?[\p{L}\p{N}]{1,4}[.)]/u.test( markOf( entry )?.textContent ?? '' ) ? 'ol' : 'ul';
}

function entriesFrom( first: Element ): Element[] {
	const entries = [ first ];
	for ( let next = first.nextElementSibling; next && isWordList( next ); next = next.nextElementSibling ) {
		entries.push( next );
	}
	return entries;
}

/** The list an entry of this level belongs to; `open` are those that lead there, outermost first. */
function listFor( entry: Element, level: number, open: HTMLElement[] ): HTMLElement {
	open.length = Math.min( open.length, level );
	while ( open.length < level ) {
		const list = entry.ownerDocument.createElement( kindOf( entry ) );
		( open[ open.length - 1 ]?.lastElementChild ?? open[ open.length - 1 ] )?.append( list );
		open.push( list );
	}
	return open[ level - 1 ]!;
}

function nest( entries: readonly Element[] ): HTMLElement {
	const open: HTMLElement[] = [];
	let outermost: HTMLElement | undefined;
	for ( const entry of entries ) {
		const level = Number( styleOf( entry ).match( LEVEL )?.[ 1 ] ?? 1 );
		// A list that begins with an inner level has no entry that the outer one could stand at.
		const list = listFor( entry, open.length ? Math.min( level, open.length + 1 ) : 1, open );
		outermost ??= list;
		const item = entry.ownerDocument.createElement( 'li' );
		markOf( entry )?.remove();
		item.append( ...Array.from( entry.childNodes ) );
		list.append( item );
	}
	return outermost!;
}

/** Word writes lists as paragraphs with signs in front; makes lists of them. */
export function nestWordLists( page: Document ): void {
	page.querySelectorAll( '[style*="mso-list"]' ).forEach( ( element ) => {
		if ( element.isConnected && isWordList( element ) && page.body.contains( element ) ) {
			const entries = entriesFrom( element );
			const place = page.createComment( '' );
			element.before( place );
			const list = nest( entries );
			entries.forEach( ( entry ) => entry.remove() );
			place.replaceWith( list );
		}
	} );
}
