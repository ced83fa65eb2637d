import { DOMParser as Reader, type Fragment, type Mark, type Node } from 'prosemirror-model';
import type { Direction } from '../model';
import { directionOf } from '../text/direction';
import { cleanPage } from './clean';
import { schema } from './schema';
import type { Words } from './types';

const escape = ( text: string ): string =>
	text.replace( /&/g, '&amp;' ).replace( /</g, '&lt;' ).replace( />/g, '&gt;' ).replace( /"/g, '&quot;' );

/** Blanks that a browser would take for one stay as many as were typed. */
const withBlanks = ( text: string ): string => text.replace( / {2,}/g, ( blanks ) => `${ '&nbsp;'.repeat( blanks.length - 1 ) } ` );

const ELEMENTS: Record< string, string > = { bold: 'b', italic: 'i' };

/** What of a line leads to one place, or to none: a link of which a part is bold is one link. */
interface Run {
	link?: Mark;
	nodes: Node[];
}

const children = ( { content }: { content: Fragment } ): Node[] => [ ...content.content ];

function runsOf( line: Node ): Run[] {
	const runs: Run[] = [];
	for ( const node of children( line ) ) {
		const link = node.marks.find( ( { type } ) => type.name === 'link' );
		const last = runs[ runs.length - 1 ];
		if ( last && last.link?.attrs.href === link?.attrs.href ) {
			last.nodes.push( node );
		} else {
			runs.push( { link, nodes: [ node ] } );
		}
	}
	return runs;
}

function inlineHtml( node: Node ): string {
	const { attrs } = node;
	const inner: Record< string, () => string > = {
		text: () => withBlanks( escape( node.text ?? '' ) ),
		break: () => '<br>',
		picture: () => `<img src="cid:${ escape( attrs.contentId ) }" alt="${ escape( attrs.name ) }">`,
		mention: () => `<span data-mention="${ attrs.kind }:${ escape( attrs.id ) }">@${ escape( attrs.name ) }</span>`,
	};
	return node.marks.reduceRight( ( html, { type } ) => {
		const element = ELEMENTS[ type.name ];
		return element ? `<${ element }>${ html }</${ element }>` : html;
	}, inner[ node.type.name ]?.() ?? '' );
}

function lineHtml( line: Node ): string {
	const parts = runsOf( line ).map( ( { link, nodes } ) => {
		const html = nodes.map( inlineHtml ).join( '' );
		return link ? `<a href="${ escape( link.attrs.href ) }">${ html }</a>` : html;
	} );
	return parts.join( '' ).replace( /^ | $/g, '&nbsp;' ) || '<br>';
}

/** The first line of an entry stands in it bare: a block there is put below its number by some readers. */
function itemHtml( item: Node ): string {
	const [ first, ...rest ] = children( item );
	return `<li>${ first ? lineHtml( first ) : '' }${ rest.map( blockHtml ).join( '' ) }</li>`;
}

/**
 * The side a block begins on. It is said outright: Outlook knows no `auto`, and for a list or a quote
 * `auto` would leave out the lines in it that have a direction of their own (HTML 3.2.6.4).
 */
export function sideOf( block: Node ): Direction | 'auto' {
	const text = block.textBetween( 0, block.content.size, '\n' );
	return /\p{L}/u.test( text ) ? directionOf( text ) : 'auto';
}

/** A block as it stands in the mail. */
function blockHtml( block: Node ): string {
	const side = `dir="${ sideOf( block ) }"`;
	const inside = (): string => children( block ).map( blockHtml ).join( '' );
	const kinds: Record< string, () => string > = {
		line: () => `<div ${ side }>${ lineHtml( block ) }</div>`,
		quote: () => `<blockquote ${ side }>${ inside() }</blockquote>`,
		bullet_list: () => `<ul ${ side }>${ inside() }</ul>`,
		ordered_list: () => `<ol ${ side }>${ inside() }</ol>`,
		list_item: () => itemHtml( block ),
	};
	return kinds[ block.type.name ]?.() ?? '';
}

/** A link names where it leads, unless that is what it says. */
function linkText( text: string, { attrs: { href } }: Mark ): string {
	const bare = ( address: string ): string => address.replace( /^(https?:\/\/|mailto:|tel:)/i, '' ).replace( /\/$/, '' );
	return bare( text.trim() ) === bare( href ) ? text : `${ text } <${ href.replace( /^mailto:/i, '' ) }>`;
}

function nodeText( { text, type, attrs }: Node ): string {
	const others: Record< string, string > = { break: '\n', picture: `[${ attrs.name }]`, mention: `@${ attrs.name }` };
	return text ?? others[ type.name ] ?? '';
}

function inlineText( line: Node ): string {
	const parts = runsOf( line ).map( ( { link, nodes } ) => {
		const text = nodes.map( nodeText ).join( '' );
		return link ? linkText( text, link ) : text;
	} );
	return parts.join( '' );
}

const behind = ( sign: string, text: string ): string =>
	text.split( '\n' ).map( ( line, number ) => ( number ? ' '.repeat( sign.length ) : sign ) + line ).join( '\n' );

const quoted = ( text: string ): string =>
	text.split( '\n' ).map( ( line ) => ( line.startsWith( '>' ) || ! line ? `>${ line }` : `> ${ line }` ) ).join( '\n' );

function blockText( block: Node ): string {
	const entries = ( sign: ( number: number ) => string ): string =>
		children( block ).map( ( item, number ) => behind( sign( number ), textOf( item ) ) ).join( '\n' );
	switch ( block.type.name ) {
		case 'quote':
			return quoted( textOf( block ) );
		case 'bullet_list':
			return entries( () => '- ' );
		case 'ordered_list':
			return entries( ( number ) => `${ number + 1 }. ` );
		default:
			return inlineText( block );
	}
}

/** The words as plain text: as they are sent to readers without HTML, searched, and shown in a list. */
export function textOf( node: { content: Fragment } ): string {
	return children( node ).map( blockText ).join( '\n' );
}

/** Whether plain text says all of it. */
function isPlain( doc: Node ): boolean {
	return children( doc ).every(
		( block ) =>
			block.type.name === 'line' &&
			children( block ).every( ( { type, marks } ) => ( type.name === 'text' || type.name === 'break' ) && ! marks.length )
	);
}

export function wordsOf( doc: Node ): Words {
	return { text: textOf( doc ), html: isPlain( doc ) ? '' : children( doc ).map( blockHtml ).join( '' ) };
}

export function lineOf( text: string ): Node {
	return schema.node( 'line', null, text ? [ schema.text( text ) ] : [] );
}

const reader = Reader.fromSchema( schema );

/** HTML as a document, without all that none of ours may hold. */
export function readHtml( html: string ): Node {
	return reader.parse( cleanPage( html ).body );
}

export function docOf( { text, html }: Words ): Node {
	return html ? readHtml( html ) : schema.node( 'doc', null, text.split( '\n' ).map( lineOf ) );
}
