import { useEffect } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { maySnooze } from '../places';
import { commandOf, isTyping, type Command } from '../keyboard';
import type { Ticket, TicketChange } from '../model';
import { useDesk } from '../state/context';
import type { Desk } from '../state/desk';
import { neighbour } from '../state/rows';
import { isSearching } from '../state/search';

/** The row with the focus, or else the opened ticket. */
function focusedNumber( desk: Desk ): number | null {
	const row = document.activeElement?.closest< HTMLElement >( '[data-ticket]' );
	return row ? Number( row.dataset.ticket ) : desk.route.get().ticket;
}

function focusRow( number: number | null ): void {
	document.querySelector< HTMLElement >( `[data-ticket="${ number }"] .uib-row__open` )?.focus();
}

function step( desk: Desk, by: 1 | -1 ): void {
	const rows = desk.rows();
	const here = rows.findIndex( ( { number } ) => number === focusedNumber( desk ) );
	const target = rows[ here < 0 ? 0 : Math.min( rows.length - 1, Math.max( 0, here + by ) ) ];
	if ( ! target ) {
		return;
	}
	if ( desk.route.get().ticket !== null ) {
		desk.go( { ticket: target.number } );
	}
	focusRow( target.number );
}

/** After an act the row with the focus may be gone: go on with the one that took its place. */
async function finish( desk: Desk, ticket: Ticket, change: TicketChange, words: string ): Promise< void > {
	const next = neighbour( desk.rows(), ticket.number );
	await desk.finish( ticket, change, words );
	if ( document.activeElement === document.body ) {
		focusRow( next );
	}
}

function write( desk: Desk, tab: 'reply' | 'note' ): void {
	if ( desk.route.get().ticket !== null && desk.boot.canReply ) {
		desk.reply.write( { tab } );
		requestAnimationFrame( () => document.querySelector< HTMLElement >( '.uib-composer__field' )?.focus() );
	}
}

function run( desk: Desk, command: Command, showHelp: () => void ): void {
	const number = focusedNumber( desk );
	const opened = desk.talk.store.get().ticket;
	const ticket =
		desk.rows().find( ( row ) => row.number === number ) ??
		( opened?.number === number ? opened : undefined );
	const { me } = desk.session.store.get();
	const commands: Record< Command, () => unknown > = {
		next: () => step( desk, 1 ),
		previous: () => step( desk, -1 ),
		open: () => number !== null && desk.go( { ticket: number } ),
		reply: () => write( desk, 'reply' ),
		note: () => write( desk, 'note' ),
		solve: () =>
			ticket &&
			desk.boot.canReply &&
			finish( desk, ticket, { status: 'solved' }, __( 'Solved.', 'unified-inbox' ) ),
		snooze: () => ticket && desk.boot.canReply && maySnooze( ticket ) && desk.snoozing.set( { tickets: [ ticket ] } ),
		trash: () =>
			ticket &&
			desk.boot.canReply &&
			finish( desk, ticket, { place: 'trash' }, __( 'Moved to the trash.', 'unified-inbox' ) ),
		take: () =>
			ticket &&
			me &&
			desk.boot.canReply &&
			finish( desk, ticket, { assignee_id: me.id }, __( 'Assigned to you.', 'unified-inbox' ) ),
		undo: () => desk.notices.undo(),
		search: () => goToSearch( desk ),
		help: showHelp,
		back: () => back( desk ),
	};
	commands[ command ]();
}

function goToSearch( desk: Desk ): void {
	desk.search.begin( desk.route.get().ticket );
	const field = document.querySelector< HTMLInputElement >( '.uib-search__field' );
	if ( ! field?.offsetParent ) {
		// On a small screen the list is behind the ticket.
		desk.go( { ticket: null } );
	}
	requestAnimationFrame( () => field?.select() );
}

/** One step back: from a result to the results, from these to where the search began. */
function back( desk: Desk ): void {
	const state = desk.search.store.get();
	const from = isSearching( state ) ? state.from ?? null : null;
	if ( isSearching( state ) && desk.route.get().ticket === from ) {
		desk.search.clear();
		focusRow( from );
		return;
	}
	desk.go( { ticket: from } );
}

/** Single keys, wherever the focus is not in a field, a menu or a dialog. */
export function useShortcuts( showHelp: () => void ): void {
	const desk = useDesk();
	useEffect( () => {
		const onKey = ( event: KeyboardEvent ): void => {
			const command = commandOf( event );
			if ( ! command || event.defaultPrevented || isTyping( event.target ) ) {
				return;
			}
			event.preventDefault();
			run( desk, command, showHelp );
		};
		document.addEventListener( 'keydown', onKey );
		return () => document.removeEventListener( 'keydown', onKey );
	} );
}
