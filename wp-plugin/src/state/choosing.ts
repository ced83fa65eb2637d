import type { Ticket } from '../model';
import type { Search } from './search';
import { createStore, type Store } from './store';
import type { TicketList } from './ticket-list';

export interface Choice {
	/** Numbers of the chosen tickets. */
	checked: number[];
	/** Also those that are not loaded yet are chosen: all that the view holds at that moment. */
	isAll: boolean;
}

export interface Choosing {
	store: Store< Choice >;
	/** Takes a ticket in or out; with `isRange` all between it and the one before become as it does. */
	toggle: ( number: number, isRange?: boolean ) => void;
	/** Chooses these and no others. */
	only: ( numbers: number[] ) => void;
	all: () => void;
	/** What has left the screen is no longer chosen. */
	keepShown: () => void;
}

function between( numbers: readonly number[], from: number, to: number ): number[] {
	const places = [ numbers.indexOf( from ), numbers.indexOf( to ) ].sort( ( a, b ) => a - b );
	return places[ 0 ] === -1 ? [ to ] : numbers.slice( places[ 0 ], places[ 1 ]! + 1 );
}

/** The tickets somebody ticks to do something to all of them, in a list or among what was found. */
export function choosing( rows: () => readonly Ticket[] ): Choosing {
	const store = createStore< Choice >( { checked: [], isAll: false } );
	let last = 0;
	const only = ( checked: number[] ): void => store.set( { checked, isAll: false } );
	return {
		store,
		only,
		toggle: ( number, isRange = false ) => {
			const { checked, isAll } = store.get();
			const shown = rows().map( ( row ) => row.number );
			// Whoever takes one out of all goes on with those that he sees.
			const chosen = isAll ? shown : checked;
			const touched = new Set( isRange ? between( shown, last, number ) : [ number ] );
			const others = chosen.filter( ( one ) => ! touched.has( one ) );
			last = number;
			only( chosen.includes( number ) ? others : [ ...others, ...touched ] );
		},
		all: () => store.set( { isAll: true } ),
		keepShown: () => {
			const { checked } = store.get();
			const shown = new Set( rows().map( ( row ) => row.number ) );
			const kept = checked.filter( ( number ) => shown.has( number ) );
			if ( kept.length < checked.length ) {
				store.set( { checked: kept } );
			}
		},
	};
}

/** Choosing among what is shown: what was ticked is forgotten with the rows it stood among. */
export function choosingAmong( list: TicketList, search: Search, rows: () => readonly Ticket[] ): Choosing {
	const choice = choosing( rows );
	const among = (): unknown[] => [ list.store.get().where, search.store.get().asked ];
	let known = among();
	const look = (): void => {
		const now = among();
		if ( now.some( ( one, place ) => one !== known[ place ] ) ) {
			known = now;
			choice.only( [] );
		} else {
			choice.keepShown();
		}
	};
	list.store.subscribe( look );
	search.store.subscribe( look );
	return choice;
}
