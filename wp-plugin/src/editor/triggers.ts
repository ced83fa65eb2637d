import { Plugin, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { insertPiece } from './insert';
import type { Trigger, TriggerMatch } from './types';

interface Found {
	trigger: Trigger;
	from: number;
	query: string;
}

/** A longer one is no search any more, but a text that begins with the sign. */
const MOST = 60;

/** What is typed behind a sign, undefined where the text before the cursor holds none that counts. */
export function queryBehind( { sign, where }: Pick< Trigger, 'sign' | 'where' >, before: string, after: string ): string | undefined {
	const start = where === 'line' ? 0 : before.lastIndexOf( sign );
	const isInPlace = where === 'line' ? ! after.trim() : start === 0 || /[\s(]/.test( before[ start - 1 ] ?? 'x' );
	if ( ! isInPlace || ! before.startsWith( sign, start ) ) {
		return undefined;
	}
	const query = before.slice( start + sign.length );
	// A name may be two words; more of them, or a blank right behind the sign, are no name.
	const isQuery = where === 'line' ? ! query.includes( '\n' ) : /^(?:[^\s@]+(?: [^\s@]*)?)?$/.test( query );
	return isQuery && query.length <= MOST ? query : undefined;
}

function find( { selection }: EditorState, triggers: readonly Trigger[] ): Found | null {
	const { $from, empty } = selection;
	if ( ! empty || $from.parent.type.name !== 'line' ) {
		return null;
	}
	const text = ( from: number, to: number ): string => $from.parent.textBetween( from, to, '\n', '\ufffc' );
	const before = text( 0, $from.parentOffset );
	const after = text( $from.parentOffset, $from.parent.content.size );
	for ( const trigger of triggers ) {
		const query = queryBehind( trigger, before, after );
		if ( query !== undefined ) {
			return { trigger, from: $from.pos - query.length - trigger.sign.length, query };
		}
	}
	return null;
}

/** Tells each trigger what is typed behind its sign, and gives it the keys meanwhile. */
export function triggersPlugin( current: () => readonly Trigger[] ): Plugin {
	let found: Found | null = null;
	/** Where a sign stands that was closed with Escape. */
	let closedAt: number | null = null;

	const close = (): void => {
		const last = found;
		found = null;
		last?.trigger.onMatch( null );
	};

	const match = ( view: EditorView, { from, query }: Found ): TriggerMatch => ( {
		query,
		rect: view.coordsAtPos( from ),
		replace: ( piece ) => {
			const { to } = view.state.selection;
			insertPiece( view, piece, { from, to } );
			close();
		},
		dismiss: () => {
			closedAt = from;
			close();
		},
	} );

	const update = ( view: EditorView ): void => {
		// Half of a letter, as input methods put it in, is no query yet.
		const next = view.composing || ! view.hasFocus() ? null : find( view.state, current() );
		closedAt = next && next.from === closedAt ? closedAt : null;
		if ( ! next || next.from === closedAt ) {
			close();
			return;
		}
		if ( found && found.trigger.sign !== next.trigger.sign ) {
			close();
		}
		found = next;
		next.trigger.onMatch( match( view, next ) );
	};

	return new Plugin( {
		view: () => ( { update, destroy: close } ),
		props: {
			handleKeyDown: ( view, event ) => {
				if ( ! found ) {
					return false;
				}
				if ( event.key === 'Escape' ) {
					match( view, found ).dismiss();
					event.stopPropagation();
					return true;
				}
				const { sign } = found.trigger;
				return current().find( ( one ) => one.sign === sign )?.onKey( event ) ?? false;
			},
			handleDOMEvents: {
				blur: () => {
					close();
					return false;
				},
			},
		},
	} );
}
