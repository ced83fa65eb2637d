import { __, _n, sprintf } from '@wordpress/i18n';
import type { Id, Ticket, TicketChange } from '../model';
import { belongs } from '../places';
import type { Route } from '../route';
import type { ChangeTicket } from './changes';
import type { Notices } from './notices';
import { neighbour } from './rows';
import type { Store } from './store';
import type { TicketList } from './ticket-list';

interface Surroundings {
	list: TicketList;
	notices: Notices;
	route: Store< Route >;
	rows: () => Ticket[];
	me: () => Id | null;
	change: ChangeTicket;
	go: ( route: Partial< Route > ) => void;
	/** Reads again what an undo may have changed. */
	refresh: () => Promise< unknown >;
}

export type FinishTickets = ( tickets: readonly Ticket[], wanted: TicketChange, words: string ) => Promise< Ticket[] >;

/** What takes a change back. */
function undoOf( ticket: Ticket, wanted: TicketChange ): TicketChange {
	const before = {
		status: ticket.status,
		place: ticket.place,
		assignee_id: ticket.assignee?.id ?? null,
		snoozed_until: ticket.snoozed_until,
		merged_into: ticket.merged_into,
		block_sender: wanted.block_sender ? false : undefined,
	};
	return Object.fromEntries( Object.entries( before ).filter( ( [ name ] ) => name in wanted ) );
}

function inWords( count: number, words: string ): string {
	return count === 1
		? words
		: /* translators: 1: number of tickets, 2: what was done, a sentence. */
		  sprintf( _n( '%1$d ticket: %2$s', '%1$d tickets: %2$s', count, 'unified-inbox' ), count, words );
}

/** Changes after which tickets may leave the list: says so once, offers to undo all, goes on to the next. */
export function finishing( around: Surroundings ): FinishTickets {
	const leave = ( ticket: Ticket, next: number | null ): void => {
		const { where } = around.list.store.get();
		if ( where && ! belongs( ticket, where, around.me() ) ) {
			around.list.remove( ticket.number );
			if ( around.route.get().ticket === ticket.number ) {
				around.go( { ticket: next } );
			}
		}
	};
	return async ( tickets, wanted, words ) => {
		const going = new Set( tickets.map( ( { number } ) => number ) );
		const shown = around.rows();
		const opened = around.route.get().ticket;
		const staying = shown.filter( ( { number } ) => ! going.has( number ) || number === opened );
		const next = neighbour( staying, opened ?? tickets[ 0 ]?.number ?? 0 );
		const done = await Promise.all(
			tickets.map( async ( ticket ) => ( { undo: undoOf( ticket, wanted ), after: await around.change( ticket, wanted ) } ) )
		);
		const changed = done.flatMap( ( { undo, after } ) => ( after ? [ { undo, after } ] : [] ) );
		if ( changed.length ) {
			around.notices.say( inWords( changed.length, words ), {
				label: __( 'Undo', 'unified-inbox' ),
				run: () =>
					void Promise.all( changed.map( ( { undo, after } ) => around.change( after, undo ) ) ).then( around.refresh ),
			} );
		}
		changed.forEach( ( { after } ) => leave( after, next ) );
		return changed.map( ( { after } ) => after );
	};
}
