import { Fragment, Slice, type Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { schema } from './schema';
import type { Piece } from './types';
import { docOf, readHtml } from './words';

const MENTION_END = ' ';

/** What is put in of a document: a single line goes into the line it is put in. */
export function sliceOf( doc: Node ): Slice {
	const { content, childCount, firstChild } = doc;
	const isLine = childCount === 1 && firstChild?.type.name === 'line';
	const ends = ( node: Node | null ): number => ( node?.type.name === 'line' ? 1 : 0 );
	return isLine ? new Slice( firstChild.content, 0, 0 ) : new Slice( content, ends( firstChild ), ends( doc.lastChild ) );
}

function slice( piece: Piece ): Slice {
	if ( 'mention' in piece ) {
		const content = [ schema.node( 'mention', { ...piece.mention } ), schema.text( MENTION_END ) ];
		return new Slice( Fragment.from( content ), 0, 0 );
	}
	return sliceOf( 'html' in piece ? readHtml( piece.html ) : docOf( { text: piece.text, html: '' } ) );
}

/** Puts a piece at the cursor, or in place of `where`, and goes on behind it. */
export function insertPiece( view: EditorView, piece: Piece, where?: { from: number; to: number } ): void {
	const { tr } = view.state;
	const at = where ? tr.delete( where.from, where.to ) : tr;
	view.dispatch( at.replaceSelection( slice( piece ) ).scrollIntoView() );
	view.focus();
}
