import type { InboxApi } from '../api/inbox-api';
import { Problem, toProblem } from '../api/problem';
import type { Found, Ticket } from '../model';
import { isUnfinished } from '../text/search-suggestions';
import { createStore, type Store } from './store';

/** A part of the search that cannot be meant, and what can. */
export interface Misunderstanding {
	part: string;
	kind: string;
	instead: string[];
}

export interface SearchState {
	/** What stands in the box. */
	text: string;
	/** What the results are of; '' while nothing was asked for, and the list is shown. */
	asked: string;
	found: Found[];
	cursor: string | null;
	phase: 'ready' | 'searching' | 'failed';
	problem: Problem | null;
	misunderstood: Misunderstanding[];
	recent: string[];
	/** The ticket that was open before, to which one comes back; undefined while nobody searches. */
	from: number | null | undefined;
}

export interface Search {
	store: Store< SearchState >;
	/** Somebody went to the box: from here one comes back. */
	begin: ( ticket: number | null ) => unknown;
	/** Something is being typed: the answer follows when the fingers rest. */
	type: ( text: string ) => void;
	/** Searches at once for what stands in the box, or for another text, and waits for what is found. */
	submit: ( text?: string ) => Promise< void >;
	more: () => Promise< void >;
	/** This search has led somewhere: it is offered again. */
	remember: () => void;
	replace: ( ticket: Ticket ) => void;
	clear: () => void;
}

/** Whether results are shown in place of the list. */
export function isSearching( { asked }: SearchState ): boolean {
	return asked !== '';
}

/** As many results as are of use before another word is. */
const PAGE = '25';
/** A search for something seldom goes through much mail: so many requests by itself. */
const PAGES_AT_ONCE = 12;
const ENOUGH = 8;
const RESTS_FOR = 160;
const MOST_RECENT = 5;

const NOTHING = { asked: '', found: [], cursor: null, phase: 'ready' as const, problem: null, misunderstood: [] };

/** The searches of this browser that led somewhere, the last one first. */
function remembered( storage: Pick< Storage, 'getItem' | 'setItem' >, key: string ) {
	return {
		read: (): string[] => {
			try {
				return JSON.parse( storage.getItem( key ) ?? '[]' );
			} catch {
				return [];
			}
		},
		write: ( texts: string[] ): void => {
			try {
				storage.setItem( key, JSON.stringify( texts ) );
			} catch {
				// A browser that keeps nothing searches as well.
			}
		},
	};
}

/** Searching all tickets, as somebody types. */
export function searching(
	api: InboxApi,
	storage: Pick< Storage, 'getItem' | 'setItem' >,
	userId: number,
	wait: ( run: () => void, milliseconds: number ) => unknown = setTimeout
): Search {
	const kept = remembered( storage, `unified-inbox-searches-${ userId }` );
	const store = createStore< SearchState >( { text: '', ...NOTHING, recent: kept.read(), from: undefined } );
	// An answer that was overtaken by another letter must not be shown.
	let visit = 0;
	let reading: Promise< void > | null = null;

	const failed = ( thrown: unknown, before: string | null ): void => {
		const problem = toProblem( thrown );
		const misunderstood = ( problem.details.problems ?? [] ) as Misunderstanding[];
		// Who is still typing a word need not be told that it is none.
		if ( before !== null && misunderstood.some( ( { part } ) => store.get().asked.endsWith( part ) ) ) {
			store.set( { asked: before, phase: 'ready' } );
			return;
		}
		store.set( { found: [], cursor: null, phase: 'failed', problem, misunderstood } );
	};

	/** Reads on until there is enough to look at, or nothing more; `before` is what was asked while this is typed. */
	const read = async ( from: string | null, known: Found[], before: string | null = null ): Promise< void > => {
		const mine = ++visit;
		const text = store.get().asked;
		let found = known;
		let cursor = from;
		store.set( { phase: 'searching' } );
		try {
			for ( let page = 0; page < PAGES_AT_ONCE; page++ ) {
				const answer = await api.search( { q: text, limit: PAGE }, cursor );
				if ( mine !== visit ) {
					return;
				}
				const shown = new Set( found.map( ( { ticket } ) => ticket.number ) );
				found = [ ...found, ...answer.items.filter( ( { ticket } ) => ! shown.has( ticket.number ) ) ];
				cursor = answer.next_cursor;
				store.set( { found, cursor, problem: null, misunderstood: [] } );
				if ( ! cursor || found.length - known.length >= ENOUGH ) {
					break;
				}
			}
			store.set( { phase: 'ready' } );
		} catch ( thrown ) {
			if ( mine === visit ) {
				failed( thrown, before );
			}
		}
	};

	const clear = (): void => {
		visit++;
		store.set( { text: '', ...NOTHING, from: undefined } );
	};

	const ask = async ( text: string, isTyped: boolean ): Promise< void > => {
		store.set( { text } );
		if ( ! text.trim() ) {
			store.set( NOTHING );
		} else if ( ! isUnfinished( text ) && ( text !== store.get().asked || store.get().phase === 'failed' ) ) {
			const before = store.get().asked;
			store.set( { asked: text } );
			reading = read( null, [], isTyped ? before : null );
		}
		await reading;
	};

	return {
		store,
		begin: ( ticket ) => store.get().from === undefined && store.set( { from: ticket } ),
		submit: ( text = store.get().text ) => ask( text, false ),
		clear,
		type: ( text ) => {
			store.set( { text } );
			if ( ! text.trim() ) {
				visit++;
				store.set( NOTHING );
				return;
			}
			wait( () => store.get().text === text && void ask( text, true ), RESTS_FOR );
		},
		more: async () => {
			const { cursor, phase, found } = store.get();
			if ( cursor && phase === 'ready' ) {
				await read( cursor, found );
			}
		},
		remember: () => {
			const text = store.get().asked.trim();
			if ( text ) {
				const recent = [ text, ...store.get().recent.filter( ( one ) => one !== text ) ].slice( 0, MOST_RECENT );
				store.set( { recent } );
				kept.write( recent );
			}
		},
		replace: ( ticket ) =>
			store.set( {
				found: store.get().found.map( ( one ) => ( one.ticket.number === ticket.number ? { ...one, ticket } : one ) ),
			} ),
	};
}
