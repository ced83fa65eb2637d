import type { InboxApi } from '../api/inbox-api';
import { toProblem, type Problem } from '../api/problem';
import type { Page, Ticket } from '../model';
import { isSifted, orderOf, queryOf, type Where } from '../places';
import { mergeInPlace, ORDERS, putInPlace, rebuild } from './rows';
import { createStore, type Store } from './store';

/** With so many rows there is something to look at; fewer are filled up by some more requests. */
const ENOUGH = 20;
const PAGES_AT_ONCE = 10;

export interface ListState {
	where: Where | null;
	rows: Ticket[];
	cursor: string | null;
	phase: 'loading' | 'ready' | 'failed';
	problem: Problem | null;
	isLoadingMore: boolean;
	news: number[];
	gone: number[];
}

const EMPTY = {
	rows: [],
	cursor: null,
	phase: 'loading' as const,
	problem: null,
	isLoadingMore: false,
	news: [],
	gone: [],
};

export interface TicketList {
	store: Store< ListState >;
	show: ( where: Where ) => Promise< void >;
	more: () => Promise< void >;
	refresh: () => Promise< void >;
	showNews: () => Promise< void >;
	/** The rows stay where they are while this says so. */
	holdWhile: ( isHeld: () => boolean ) => void;
	replace: ( ticket: Ticket ) => void;
	remove: ( number: number ) => void;
	/** A row that had left comes back where it belongs, unless that is below what was read. */
	putBack: ( ticket: Ticket ) => void;
	/** Lets a row be seen that may be far away. */
	reveal: ( number: number ) => void;
	revealBy: ( reveal: ( number: number ) => void ) => void;
}

/** The rows of one view. They move only when nobody points at them (`holdWhile`). */
export function ticketList( api: InboxApi ): TicketList {
	const store = createStore< ListState >( { where: null, ...EMPTY } );
	let isHeld = (): boolean => false;
	let revealRow: ( number: number ) => void = () => {};
	// An answer that was overtaken by a change of view must not land in the new view.
	let visit = 0;

	/** Reads until there is enough to look at: where few tickets fit what is asked, pages are short. */
	const readPage = async ( where: Where, from: string | null, mine: number ): Promise< Page< Ticket > > => {
		let page = await api.tickets( queryOf( where ), from );
		const most = isSifted( where ) ? PAGES_AT_ONCE : 1;
		for ( let asked = 1; asked < most && page.next_cursor && page.items.length < ENOUGH && mine === visit; asked++ ) {
			const next = await api.tickets( queryOf( where ), page.next_cursor );
			page = { items: [ ...page.items, ...next.items ], next_cursor: next.next_cursor };
		}
		return page;
	};

	const load = async ( where: Where, blank: Partial< ListState > ): Promise< void > => {
		const mine = ++visit;
		store.set( { where, ...blank } );
		try {
			const page = await readPage( where, null, mine );
			if ( mine === visit ) {
				store.set( { ...EMPTY, rows: page.items, cursor: page.next_cursor, phase: 'ready' } );
			}
		} catch ( thrown ) {
			if ( mine === visit ) {
				store.set( { phase: 'failed', problem: toProblem( thrown ) } );
			}
		}
	};

	const refresh = async (): Promise< void > => {
		const { where, phase } = store.get();
		if ( ! where || phase === 'loading' ) {
			return;
		}
		const mine = visit;
		const page = await readPage( where, null, mine );
		if ( mine !== visit ) {
			return;
		}
		const { rows, cursor } = store.get();
		const isWhole = ! page.next_cursor;
		const ready = { phase: 'ready' as const, problem: null };
		const compare = ORDERS[ orderOf( where ) ];
		const merged = mergeInPlace( rows, page.items, isWhole, compare );
		if ( isHeld() && rows.length ) {
			store.set( { ...ready, ...merged } );
			return;
		}
		const after = rebuild( rows, page.items, isWhole, compare );
		const keepsOlder = after.length > page.items.length;
		store.set( { ...ready, rows: after, cursor: keepsOlder ? cursor : page.next_cursor, news: [], gone: [] } );
	};

	return {
		store,
		show: ( where ) => load( where, EMPTY ),
		refresh,
		more: async () => {
			const { where, cursor, isLoadingMore } = store.get();
			if ( ! where || ! cursor || isLoadingMore ) {
				return;
			}
			const mine = visit;
			store.set( { isLoadingMore: true } );
			try {
				const page = await readPage( where, cursor, mine );
				if ( mine === visit ) {
					const { rows } = store.get();
					const known = new Set( rows.map( ( { number } ) => number ) );
					const older = page.items.filter( ( { number } ) => ! known.has( number ) );
					store.set( { rows: [ ...rows, ...older ], cursor: page.next_cursor } );
				}
			} finally {
				if ( mine === visit ) {
					store.set( { isLoadingMore: false } );
				}
			}
		},
		showNews: async () => {
			const held = isHeld;
			isHeld = () => false;
			try {
				await refresh();
			} finally {
				isHeld = held;
			}
		},
		holdWhile: ( held ) => {
			isHeld = held;
		},
		replace: ( ticket ) =>
			store.set( {
				rows: store.get().rows.map( ( row ) => ( row.number === ticket.number ? ticket : row ) ),
			} ),
		remove: ( number ) =>
			store.set( { rows: store.get().rows.filter( ( row ) => row.number !== number ) } ),
		putBack: ( ticket ) => {
			const { where, rows, cursor, news, gone } = store.get();
			const isOther = ( number: number ): boolean => number !== ticket.number;
			if ( where ) {
				const after = putInPlace( rows, ticket, cursor === null, ORDERS[ orderOf( where ) ] );
				store.set( { rows: after, news: news.filter( isOther ), gone: gone.filter( isOther ) } );
			}
		},
		reveal: ( number ) => revealRow( number ),
		revealBy: ( reveal ) => {
			revealRow = reveal;
		},
	};
}
