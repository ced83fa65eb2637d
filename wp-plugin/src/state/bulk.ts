import { __, _n, sprintf } from '@wordpress/i18n';
import type { InboxApi } from '../api/inbox-api';
import { problemInWords, toProblem } from '../api/problem';
import type { Bulk, BulkChange, NewBulk, Person, Ticket, TicketChange } from '../model';
import { queryOf, type Where } from '../places';
import { changed } from './changes';
import type { Notices } from './notices';
import { randomKey } from './reply';
import { createStore, type Store } from './store';

/** Often enough to see it move. */
const LOOK_EVERY = 1000;
/** More numbers than that nobody reads. */
const NAMED = 5;

export interface Bulks {
	/** The one that a worker is busy with. */
	store: Store< { job: Bulk | null } >;
	/** Changes these tickets with one request; returns those that were changed at once. */
	change: ( tickets: readonly Ticket[], wanted: TicketChange, words: string ) => Promise< Ticket[] >;
	/** Changes every ticket that a list would show. */
	changeAll: ( where: Where, wanted: TicketChange, words: string ) => Promise< void >;
	cancel: () => Promise< void >;
}

interface Surroundings {
	agents: () => readonly Person[];
	show: ( ticket: Ticket ) => void;
	putBack: ( ticket: Ticket ) => void;
	notices: Notices;
	refresh: () => Promise< unknown >;
	wait: ( run: () => void, milliseconds: number ) => unknown;
}

/** "3 tickets: Solved." */
export function inWords( count: number, words: string ): string {
	return count === 1
		? words
		: /* translators: 1: number of tickets, 2: what was done, a sentence. */
		  sprintf( _n( '%1$d ticket: %2$s', '%1$d tickets: %2$s', count, 'unified-inbox' ), count, words );
}

/** How many were left out, why, and the first of them by number. */
export function leftOutInWords( { left_out: count, left_out_tickets: tickets }: Bulk ): string {
	const named = tickets.slice( 0, NAMED ).map( ( { number } ) => `#${ number }` );
	const numbers = named.join( ', ' ) + ( count > NAMED ? '…' : '' );
	return tickets.every( ( { reason } ) => reason === 'stale' )
		? sprintf(
				/* translators: 1: number of tickets, 2: their numbers, like #12, #14. */
				_n(
					'%1$d ticket was left out, because somebody changed it meanwhile: %2$s',
					'%1$d tickets were left out, because somebody changed them meanwhile: %2$s',
					count,
					'unified-inbox'
				),
				count,
				numbers
		  )
		: sprintf(
				/* translators: 1: number of tickets, 2: their numbers, like #12, #14. */
				_n(
					'%1$d ticket was left out, because this cannot be done to it: %2$s',
					'%1$d tickets were left out, because this cannot be done to them: %2$s',
					count,
					'unified-inbox'
				),
				count,
				numbers
		  );
}

/** The change as a bulk takes it: out of spam a block made from there ends by itself. */
function bulkChange( { block_sender: _block, ...change }: TicketChange ): BulkChange {
	return change;
}

/** One change to many tickets, done by the service with one request and one undo. */
export function bulkChanges( api: InboxApi, around: Surroundings ): Bulks {
	const store = createStore< { job: Bulk | null } >( { job: null } );
	const pause = (): Promise< void > => new Promise( ( resolve ) => void around.wait( resolve, LOOK_EVERY ) );

	/** Looks until a worker is done; a look that fails is tried again. */
	const follow = async ( begun: Bulk ): Promise< Bulk > => {
		let job = begun;
		while ( job.state === 'running' ) {
			store.set( { job } );
			await pause();
			job = await api.bulk( job.id ).catch( ( thrown ) => {
				if ( toProblem( thrown ).isUndecided ) {
					return job;
				}
				throw thrown;
			} );
		}
		return job;
	};

	const tell = ( job: Bulk, words: string | null ): void => {
		if ( words !== null && job.done ) {
			around.notices.say( inWords( job.done, words ), {
				label: __( 'Undo', 'unified-inbox' ),
				run: () => void start( { undoes: job.id }, null ),
			} );
		}
		if ( job.left_out ) {
			around.notices.warn( leftOutInWords( job ) );
		}
	};

	/** Starts one, sees it through, and says what became of it; null = it did not work. */
	const start = async ( body: NewBulk, words: string | null ): Promise< Bulk | null > => {
		try {
			const job = await follow( await api.startBulk( body, randomKey() ) );
			job.tickets.forEach( words === null ? around.putBack : around.show );
			tell( job, words );
			return job;
		} catch ( thrown ) {
			around.notices.warn( problemInWords( toProblem( thrown ) ) );
			return null;
		} finally {
			store.set( { job: null } );
			if ( words === null || body.filter ) {
				await around.refresh();
			}
		}
	};

	return {
		store,
		change: async ( tickets, wanted, words ) => {
			tickets.forEach( ( ticket ) => around.show( changed( ticket, wanted, around.agents() ) ) );
			const chosen = tickets.map( ( { number, version } ) => ( { number, version } ) );
			const job = await start( { tickets: chosen, changes: bulkChange( wanted ) }, words );
			const told = new Map( job?.tickets.map( ( ticket ) => [ ticket.number, ticket ] ) );
			tickets.filter( ( { number } ) => ! told.has( number ) ).forEach( around.show );
			const leftOut = new Set( job?.left_out_tickets.map( ( { number } ) => number ) );
			return [ ...told.values() ].filter( ( { number } ) => ! leftOut.has( number ) );
		},
		changeAll: async ( where, wanted, words ) => {
			await start( { filter: queryOf( where ), changes: bulkChange( wanted ) }, words );
		},
		cancel: async () => {
			const { job } = store.get();
			if ( job ) {
				await api.cancelBulk( job.id );
			}
		},
	};
}
