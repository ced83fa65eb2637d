import { lift, toggleMark, wrapIn } from 'prosemirror-commands';
import type { MarkType, NodeType } from 'prosemirror-model';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import { schema } from './schema';

const { bold, italic, link } = schema.marks as Record< 'bold' | 'italic' | 'link', MarkType >;
const { quote, bullet_list: bullets, ordered_list: numbers, list_item: item } = schema.nodes as Record<
	'quote' | 'bullet_list' | 'ordered_list' | 'list_item',
	NodeType
>;

export type Format = 'bold' | 'italic' | 'link' | 'bullets' | 'numbers' | 'quote';

function hasMark( { selection, storedMarks, doc }: EditorState, mark: MarkType ): boolean {
	const { from, to, $from, empty } = selection;
	return empty ? mark.isInSet( storedMarks ?? $from.marks() ) !== undefined : doc.rangeHasMark( from, to, mark );
}

/** The depth of the innermost block of one of these types around the cursor, 0 where there is none. */
function depthIn( { selection: { $from } }: EditorState, ...types: NodeType[] ): number {
	let depth = $from.depth;
	while ( depth > 0 && ! types.includes( $from.node( depth ).type ) ) {
		depth--;
	}
	return depth;
}

/** What the cursor stands in, as the buttons show it. */
export function formatsAt( state: EditorState ): Record< Format, boolean > {
	const depth = depthIn( state, bullets, numbers );
	const list = depth ? state.selection.$from.node( depth ).type : null;
	return {
		bold: hasMark( state, bold ),
		italic: hasMark( state, italic ),
		link: hasMark( state, link ),
		bullets: list === bullets,
		numbers: list === numbers,
		quote: depthIn( state, quote ) > 0,
	};
}

/** Begins a list, ends it, or makes it one of the other kind. */
const toggleList = ( type: NodeType ): Command => ( state, dispatch, view ) => {
	const depth = depthIn( state, bullets, numbers );
	if ( ! depth ) {
		return wrapInList( type )( state, dispatch, view );
	}
	const { $from } = state.selection;
	if ( $from.node( depth ).type === type ) {
		return liftListItem( item )( state, dispatch, view );
	}
	dispatch?.( state.tr.setNodeMarkup( $from.before( depth ), type ) );
	return true;
};

const toggleQuote: Command = ( state, dispatch, view ) =>
	( depthIn( state, quote ) ? lift : wrapIn( quote ) )( state, dispatch, view );

export const toggles: Record< Exclude< Format, 'link' >, Command > = {
	bold: toggleMark( bold ),
	italic: toggleMark( italic ),
	bullets: toggleList( bullets ),
	numbers: toggleList( numbers ),
	quote: toggleQuote,
};

/** From where to where the link around the cursor goes, null where there is none. */
function linkAround( { selection: { $from } }: EditorState ): { from: number; to: number; href: string } | null {
	const isLink = ( index: number ): string | undefined =>
		link.isInSet( $from.parent.maybeChild( index )?.marks ?? [] )?.attrs.href;
	const here = $from.index();
	const href = isLink( here );
	if ( ! href ) {
		return null;
	}
	let [ first, last ] = [ here, here ];
	while ( isLink( first - 1 ) === href ) {
		first--;
	}
	while ( isLink( last + 1 ) === href ) {
		last++;
	}
	const at = ( index: number ): number => $from.posAtIndex( index );
	return { from: at( first ), to: at( last + 1 ), href };
}

export function linkAt( state: EditorState ): string {
	return linkAround( state )?.href ?? '';
}

/** Links what is selected, or the link around the cursor anew; an address alone becomes its own words. */
export const setLink = ( href: string ): Command => ( state, dispatch ) => {
	const { from, to, empty } = state.selection;
	const around = empty ? linkAround( state ) : { from, to };
	const mark = link.create( { href } );
	const { tr } = state;
	if ( around ) {
		tr.removeMark( around.from, around.to, link ).addMark( around.from, around.to, mark );
	} else {
		tr.replaceSelectionWith( schema.text( href.replace( /^mailto:/i, '' ), [ mark ] ), false );
	}
	dispatch?.( tr.scrollIntoView() );
	return true;
};

export const removeLink: Command = ( state, dispatch ) => {
	const { from, to, empty } = state.selection;
	const around = empty ? linkAround( state ) : { from, to };
	if ( around ) {
		dispatch?.( state.tr.removeMark( around.from, around.to, link ) );
	}
	return around !== null;
};
