import type { Ticket } from '../model';

export interface Merged {
	/** The rows where they were, with what is known now. */
	rows: Ticket[];
	/** Numbers of tickets the list does not show yet. */
	news: number[];
	/** Numbers of rows that should be on this page and are not: they have left the view. */
	gone: number[];
}

/** The list's order: last activity first, then the newer number. */
export function byActivity( a: Ticket, b: Ticket ): number {
	return Date.parse( b.last_activity_at ) - Date.parse( a.last_activity_at ) || b.number - a.number;
}

function reaches( fresh: readonly Ticket[], isWhole: boolean ): ( row: Ticket ) => boolean {
	const last = fresh[ fresh.length - 1 ];
	return ( row ) => isWhole || ( last !== undefined && byActivity( row, last ) <= 0 );
}

/**
 * Brings a fresh first page into the rows without moving any of them.
 * `isWhole` says the page is the whole list, so what it lacks is gone.
 */
export function mergeInPlace( rows: readonly Ticket[], fresh: readonly Ticket[], isWhole: boolean ): Merged {
	const known = new Map( fresh.map( ( ticket ) => [ ticket.number, ticket ] ) );
	const shown = new Set( rows.map( ( row ) => row.number ) );
	const covered = reaches( fresh, isWhole );
	const last = rows[ rows.length - 1 ];
	const others = fresh.filter( ( { number } ) => ! shown.has( number ) );
	// What comes after all rows moves none of them: a row that left made room for it.
	const isOlder = ( ticket: Ticket ): boolean => last !== undefined && byActivity( last, ticket ) < 0;
	return {
		rows: [ ...rows.map( ( row ) => known.get( row.number ) ?? row ), ...others.filter( isOlder ) ],
		news: others.filter( ( ticket ) => ! isOlder( ticket ) ).map( ( { number } ) => number ),
		gone: rows.filter( ( row ) => ! known.has( row.number ) && covered( row ) ).map( ( { number } ) => number ),
	};
}

/** The fresh first page, and behind it the older rows that were loaded already. */
export function rebuild( rows: readonly Ticket[], fresh: readonly Ticket[], isWhole: boolean ): Ticket[] {
	const known = new Set( fresh.map( ( { number } ) => number ) );
	const covered = reaches( fresh, isWhole );
	return [ ...fresh, ...rows.filter( ( row ) => ! known.has( row.number ) && ! covered( row ) ) ];
}

/** The ticket to go to when this one leaves the list: the one below it, or else above. */
export function neighbour( rows: readonly Ticket[], number: number ): number | null {
	const index = rows.findIndex( ( row ) => row.number === number );
	const next = index < 0 ? rows[ 0 ] : rows[ index + 1 ] ?? rows[ index - 1 ];
	return next?.number ?? null;
}
