import { __ } from '@wordpress/i18n';
import type { Id, Ticket, TicketChange } from '../model';
import { belongs } from '../places';
import type { Route } from '../route';
import { inWords, type Bulks } from './bulk';
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
	bulks: Bulks;
	go: ( route: Partial< Route > ) => void;
	/** Shows a ticket in the list again from which it went. */
	putBack: ( ticket: Ticket ) => void;
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
		customer: ticket.customer,
		block_sender: wanted.block_sender ? false : undefined,
	};
	return Object.fromEntries( Object.entries( before ).filter( ( [ name ] ) => name in wanted ) );
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
	const takeBack = async ( ticket: Ticket, undo: TicketChange ): Promise< void > => {
		const back = await around.change( ticket, undo );
		if ( back ) {
			around.putBack( back );
		}
		await around.refresh();
	};
	/** One ticket by itself: its change may be one that bulks do not know. */
	const finishOne = async ( ticket: Ticket, wanted: TicketChange, words: string ): Promise< Ticket[] > => {
		const undo = undoOf( ticket, wanted );
		const after = await around.change( ticket, wanted );
		if ( ! after ) {
			return [];
		}
		around.notices.say( inWords( 1, words ), {
			label: __( 'Undo', 'unified-inbox' ),
			run: () => void takeBack( after, undo ),
			ticket: ticket.number,
		} );
		return [ after ];
	};
	return async ( tickets, wanted, words ) => {
		const going = new Set( tickets.map( ( { number } ) => number ) );
		const shown = around.rows();
		const opened = around.route.get().ticket;
		const staying = shown.filter( ( { number } ) => ! going.has( number ) || number === opened );
		const next = neighbour( staying, opened ?? tickets[ 0 ]?.number ?? 0 );
		const [ only ] = tickets;
		const changed =
			only && tickets.length === 1
				? await finishOne( only, wanted, words )
				: await around.bulks.change( tickets, wanted, words );
		changed.forEach( ( after ) => leave( after, next ) );
		return changed;
	};
}
