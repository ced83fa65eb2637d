import type { Priority, Ticket } from '../model';
import type { Order } from '../places';

export interface Merged {
	/** The rows where they were, with what is known now. */
	rows: Ticket[];
	/** Numbers of tickets the list does not show yet. */
	news: number[];
	/** Numbers of rows that should be on this page and are not: they have left the view. */
	gone: number[];
}

type Compare = ( a: Ticket, b: Ticket ) => number;

/** The list's own order: last activity first, then the newer number. */
const byActivity: Compare = ( a, b ) => Date.parse( b.last_activity_at ) - Date.parse( a.last_activity_at ) || b.number - a.number;

/** Who waits comes before who does not; of those the longest. */
const byWaiting: Compare = ( a, b ) => {
	if ( ! a.waiting_since || ! b.waiting_since ) {
		return Number( ! a.waiting_since ) - Number( ! b.waiting_since ) || byActivity( a, b );
	}
	return Date.parse( a.waiting_since ) - Date.parse( b.waiting_since ) || a.number - b.number;
};

const RANKS: readonly Priority[] = [ 'urgent', 'high', 'normal', 'low' ];

/** The service's orders, said again. */
export const ORDERS: Record< Order, Compare > = {
	activity: byActivity,
	waiting: byWaiting,
	created: ( a, b ) => Date.parse( b.created_at ) - Date.parse( a.created_at ) || b.number - a.number,
	priority: ( a, b ) => RANKS.indexOf( a.priority ) - RANKS.indexOf( b.priority ) || byActivity( a, b ),
};

function reaches( fresh: readonly Ticket[], isWhole: boolean, compare: Compare ): ( row: Ticket ) => boolean {
	const last = fresh[ fresh.length - 1 ];
	return ( row ) => isWhole || ( last !== undefined && compare( row, last ) <= 0 );
}

/**
 * Brings a fresh first page into the rows without moving any of them.
 * `isWhole` says the page is the whole list, so what it lacks is gone.
 */
export function mergeInPlace(
	rows: readonly Ticket[],
	fresh: readonly Ticket[],
	isWhole: boolean,
	compare: Compare = byActivity
): Merged {
	const known = new Map( fresh.map( ( ticket ) => [ ticket.number, ticket ] ) );
	const shown = new Set( rows.map( ( row ) => row.number ) );
	const covered = reaches( fresh, isWhole, compare );
	const last = rows[ rows.length - 1 ];
	const others = fresh.filter( ( { number } ) => ! shown.has( number ) );
	// What comes after all rows moves none of them: a row that left made room for it.
	const isOlder = ( ticket: Ticket ): boolean => last !== undefined && compare( last, ticket ) < 0;
	return {
		rows: [ ...rows.map( ( row ) => known.get( row.number ) ?? row ), ...others.filter( isOlder ) ],
		news: others.filter( ( ticket ) => ! isOlder( ticket ) ).map( ( { number } ) => number ),
		gone: rows.filter( ( row ) => ! known.has( row.number ) && covered( row ) ).map( ( { number } ) => number ),
	};
}

/** The fresh first page, and behind it the older rows that were loaded already. */
export function rebuild(
	rows: readonly Ticket[],
	fresh: readonly Ticket[],
	isWhole: boolean,
	compare: Compare = byActivity
): Ticket[] {
	const known = new Set( fresh.map( ( { number } ) => number ) );
	const covered = reaches( fresh, isWhole, compare );
	return [ ...fresh, ...rows.filter( ( row ) => ! known.has( row.number ) && ! covered( row ) ) ];
}

/** The rows with a ticket among them; after the last one it may stand only if `isWhole`. */
export function putInPlace( rows: readonly Ticket[], ticket: Ticket, isWhole: boolean, compare: Compare = byActivity ): Ticket[] {
	const others = rows.filter( ( { number } ) => number !== ticket.number );
	const below = others.findIndex( ( row ) => compare( ticket, row ) < 0 );
	const place = below < 0 ? others.length : below;
	return below < 0 && ! isWhole ? [ ...rows ] : [ ...others.slice( 0, place ), ticket, ...others.slice( place ) ];
}

/** The ticket to go to when this one leaves the list: the one below it, or else above. */
export function neighbour( rows: readonly Ticket[], number: number ): number | null {
	const index = rows.findIndex( ( row ) => row.number === number );
	const next = index < 0 ? rows[ 0 ] : rows[ index + 1 ] ?? rows[ index - 1 ];
	return next?.number ?? null;
}
