import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { maySnooze, type ViewName } from '../places';
import { isSingleKey, isTyping, keyReader, mayRepeat, type Command } from '../keyboard';
import type { Ticket, TicketChange } from '../model';
import { useDesk } from '../state/context';
import type { Desk } from '../state/desk';
import { neighbour } from '../state/rows';
import { isSearching } from '../state/search';
import { grown } from '../text/growing';
import { focusRow, focusRowIfLost } from './focus-row';

/** The row with the focus, or else the opened ticket. */
function focusedNumber( desk: Desk ): number | null {
	const row = document.activeElement?.closest< HTMLElement >( '[data-ticket]' );
	return row ? Number( row.dataset.ticket ) : desk.route.get().ticket;
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
	focusRow( desk, target.number );
}

async function finish( desk: Desk, ticket: Ticket, change: TicketChange, words: string ): Promise< void > {
	const next = neighbour( desk.rows(), ticket.number );
	await desk.finish( ticket, change, words );
	focusRowIfLost( desk, next );
}

function write( desk: Desk, tab: 'reply' | 'note' ): void {
	const { ticket: number } = desk.route.get();
	if ( number !== null && desk.boot.canReply ) {
		const field = document.querySelector< HTMLElement >( `.uib-composer[data-tab="${ tab }"] .uib-composer__field` );
		field?.focus();
		desk.typing.set( { number: field ? null : number } );
		desk.reply.write( { tab } );
	}
}

/** Whether somebody began to write in a ticket whose field is still to come. */
function isTypingAhead( { typing, route, talk }: Desk ): boolean {
	const { number, phase, ticket } = talk.store.get();
	const mayCome = phase === 'loading' || ( phase === 'ready' && ! ticket?.merged_into );
	return mayCome && number !== null && number === typing.get().number && number === route.get().ticket;
}

/** Puts a key into the text that it was meant for, and tells whether it did; Escape ends it. */
function typeAhead( { typing, reply }: Desk, { key }: KeyboardEvent ): boolean {
	const { tab, html, ...texts } = reply.store.get();
	const typed = key === 'Enter' ? '\n' : key;
	if ( key === 'Escape' ) {
		typing.set( { number: null } );
	} else if ( typed.length === 1 ) {
		const words = grown( { text: texts[ tab ], html: html[ tab ] }, texts[ tab ] + typed );
		reply.write( { [ tab ]: words.text, html: { ...html, [ tab ]: words.html } } );
	} else {
		return false;
	}
	return true;
}

function choose( desk: Desk, number: number | null ): void {
	if ( number !== null && desk.rows().some( ( row ) => row.number === number ) ) {
		desk.choice.toggle( number );
	}
}

/** Back to the list, as an open ticket is read again with everything that comes in. */
function leaveUnread( desk: Desk, ticket: Ticket ): void {
	if ( desk.route.get().ticket === ticket.number ) {
		desk.go( { ticket: null } );
	}
	void desk.leaveUnread( ticket );
	requestAnimationFrame( () => focusRow( desk, ticket.number ) );
}

function run( desk: Desk, command: Command, showHelp: () => void ): void {
	if ( command.startsWith( 'go:' ) ) {
		desk.go( { view: command.slice( 3 ) as ViewName, inbox: null, ticket: null } );
		return;
	}
	const number = focusedNumber( desk );
	const opened = desk.talk.store.get().ticket;
	const ticket =
		desk.rows().find( ( row ) => row.number === number ) ??
		( opened?.number === number ? opened : undefined );
	const { me } = desk.session.store.get();
	const commands: Partial< Record< Command, () => unknown > > = {
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
		choose: () => desk.boot.canReply && choose( desk, number ),
		unread: () => ticket && leaveUnread( desk, ticket ),
		undo: () => desk.notices.undo(),
		search: () => goToSearch( desk ),
		help: showHelp,
		back: () => back( desk ),
	};
	commands[ command ]?.();
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
		focusRow( desk, from );
		return;
	}
	desk.go( { ticket: from } );
}

/** Whether a dialog lies over the desk: even where it lost the focus, no key is meant for what is behind it. */
function isCovered(): boolean {
	return document.querySelector( '.components-modal__frame' ) !== null;
}

/** Single keys, wherever the focus is not in a field, a menu or a dialog. */
export function useShortcuts( showHelp: () => void ): void {
	const desk = useDesk();
	const read = useRef( keyReader() );
	useEffect( () => {
		const onKey = ( event: KeyboardEvent ): void => {
			const isPlain = ! ( event.ctrlKey || event.metaKey || event.altKey );
			if ( isPlain && isTypingAhead( desk ) && ! isTyping( event.target ) && typeAhead( desk, event ) ) {
				event.preventDefault();
				return;
			}
			const isOff = isSingleKey( event ) && ! desk.preferences.store.get().keys;
			if ( isOff || event.defaultPrevented || isTyping( event.target ) || isCovered() ) {
				return;
			}
			const command = read.current( event );
			// A key that is held down goes through the rows, and does nothing to one after the other.
			if ( ! command || ( event.repeat && ! mayRepeat( command ) ) ) {
				return;
			}
			event.preventDefault();
			run( desk, command, showHelp );
		};
		document.addEventListener( 'keydown', onKey );
		return () => document.removeEventListener( 'keydown', onKey );
	} );
}
