import { isWordList, nestWordLists } from './word-lists';

/** With all that is in them; the rest of what is unknown goes when the text is read, and its words stay. */
const UNSEEN = 'style, script, head, title, meta, link, xml, template, noscript, object, iframe, svg, form > input, button, select';

const BLOCKS = new Set( 'ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TBODY TD TFOOT TH THEAD TR UL'.split( ' ' ) );

export const isBlock = ( node: Node | null ): boolean => node !== null && BLOCKS.has( node.nodeName );

function dropUnseen( page: Document ): void {
	page.querySelectorAll( UNSEEN ).forEach( ( element ) => element.remove() );
	// Word hides the signs of its lists, and sheets of styles, in comments.
	const comments = page.createTreeWalker( page, NodeFilter.SHOW_COMMENT );
	const found: Node[] = [];
	while ( comments.nextNode() ) {
		found.push( comments.currentNode );
	}
	found.forEach( ( comment ) => comment.parentNode?.removeChild( comment ) );
}

function renamed( element: Element, name: string ): HTMLElement {
	const other = element.ownerDocument.createElement( name );
	other.append( ...Array.from( element.childNodes ) );
	element.replaceWith( other );
	return other;
}

/** A paragraph has room below it, where its writer did not take that away. */
function hasRoomBelow( paragraph: HTMLElement ): boolean {
	const { className, style } = paragraph;
	const below = style.marginBottom || style.margin.split( ' ' )[ 0 ];
	return ! /MsoNoSpacing/.test( className ) && ! /^0/.test( below ?? '' );
}

/** Paragraphs are lines with an empty one between, which is how one writes them here. */
function linesOfParagraphs( page: Document ): void {
	page.querySelectorAll< HTMLElement >( 'p' ).forEach( ( paragraph ) => {
		const next = paragraph.nextElementSibling;
		if ( next && /^(P|DIV)$/.test( next.tagName ) && hasRoomBelow( paragraph ) && ! isWordList( next ) ) {
			paragraph.after( emptyLine( page ) );
		}
		renamed( paragraph, 'div' );
	} );
}

function emptyLine( page: Document ): HTMLElement {
	const line = page.createElement( 'div' );
	line.append( page.createElement( 'br' ) );
	return line;
}

/** A heading is a bold line, a row of a table a line of its cells. */
function linesOfOthers( page: Document ): void {
	page.querySelectorAll( 'h1, h2, h3, h4, h5, h6' ).forEach( ( heading ) => {
		const bold = page.createElement( 'strong' );
		const line = renamed( heading, 'div' );
		bold.append( ...Array.from( line.childNodes ) );
		line.append( bold );
	} );
	page.querySelectorAll( 'tr' ).forEach( ( row ) => {
		const line = page.createElement( 'div' );
		Array.from( row.children ).forEach( ( cell, number ) => {
			line.append( ...( number ? [ ' | ' ] : [] ), ...inline( cell ) );
		} );
		row.replaceWith( line );
	} );
}

/** What stands in a cell, in one line. */
function inline( cell: Element ): Node[] {
	cell.querySelectorAll( 'div, p' ).forEach( ( block ) => block.replaceWith( ...Array.from( block.childNodes ), ' ' ) );
	return Array.from( cell.childNodes );
}

/** Marks the blocks that are lines of their own: those with no other block in them. */
function markLines( page: Document ): void {
	page.querySelectorAll( 'div, dd, dt, pre, address' ).forEach( ( block ) => {
		if ( Array.from( block.querySelectorAll( '*' ) ).some( isBlock ) ) {
			return;
		}
		const line = block.tagName === 'DIV' ? block : renamed( block, 'div' );
		line.setAttribute( 'data-line', '' );
	} );
}

/** A break at the end of a block shows nothing: it only keeps an empty one open. */
function dropLastBreaks( page: Document ): void {
	page.querySelectorAll( 'br' ).forEach( ( mark ) => {
		if ( ! mark.nextSibling && isBlock( mark.parentNode ) ) {
			mark.remove();
		}
	} );
}

/** Blanks between blocks come from how the source is written, and would become lines. */
function dropBlanksBetween( page: Document ): void {
	const texts = page.createTreeWalker( page.body, NodeFilter.SHOW_TEXT );
	const found: ChildNode[] = [];
	while ( texts.nextNode() ) {
		const text = texts.currentNode as ChildNode;
		const isBetween = isBlock( text.previousSibling ) || isBlock( text.nextSibling );
		if ( isBetween && ! text.textContent?.replace( /[ \t\r\n]/g, '' ) ) {
			found.push( text );
		}
	}
	found.forEach( ( text ) => text.remove() );
}

/**
 * HTML of others as the editor reads it: from Word and Gmail, from pages and from its own drafts.
 * It is parsed into a document of its own, where nothing of it loads or runs.
 */
export function cleanPage( html: string ): Document {
	const page = new DOMParser().parseFromString( html, 'text/html' );
	dropUnseen( page );
	dropBlanksBetween( page );
	nestWordLists( page );
	linesOfParagraphs( page );
	linesOfOthers( page );
	dropLastBreaks( page );
	markLines( page );
	return page;
}
