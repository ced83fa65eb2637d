import { FILTER_NAMES, VIEW_NAMES, type Filter, type FilterName, type ViewName, type Where } from './places';

/** What the address bar says after the #: what the list shows, what was searched for, perhaps one ticket. */
export interface Route extends Omit< Where, 'base' > {
	ticket: number | null;
	/** What was searched for. */
	q?: string;
}

export const HOME: Route = { view: 'open', inbox: null, ticket: null };

const ADDRESS = /^#\/([a-z]+)(?:\/(\d+))?(?:\/inbox\/(\d+))?(?:\/ticket\/(\d+))?(?:\?(.*))?$/;

function parseFilter( query: URLSearchParams ): Filter | null {
	const given = FILTER_NAMES.filter( ( name ) => query.has( name ) );
	return given.length ? Object.fromEntries( given.map( ( name ) => [ name, query.get( name ) ?? '' ] ) ) : null;
}

/**
 * `#/open`, `#/open/inbox/5`, `#/open/ticket/12`, `#/saved/7/ticket/12`, each perhaps with
 * `?priority=urgent&tag=vip` or `?q=words`; anything else is home.
 */
export function parseRoute( hash: string ): Route {
	const match = hash.match( ADDRESS );
	const view = match?.[ 1 ] as ViewName | undefined;
	const saved = match?.[ 2 ];
	const isKnown = view === 'saved' ? saved : view && VIEW_NAMES.includes( view ) && ! saved;
	if ( ! match || ! view || ! isKnown ) {
		return HOME;
	}
	const query = new URLSearchParams( match[ 5 ] ?? '' );
	const filter = parseFilter( query );
	const q = query.get( 'q' );
	return {
		view,
		inbox: match[ 3 ] ?? null,
		ticket: match[ 4 ] ? Number( match[ 4 ] ) : null,
		...( saved ? { saved } : {} ),
		...( filter ? { filter } : {} ),
		...( q ? { q } : {} ),
	};
}

export function formatRoute( { view, inbox, ticket, saved, filter, q }: Route ): string {
	const asked = Object.entries( filter ?? {} ) as [ FilterName, string ][];
	const query = new URLSearchParams( [ ...asked, ...( q ? [ [ 'q', q ] ] : [] ) ] ).toString();
	const path = `#/${ view }${ saved ? `/${ saved }` : '' }${ inbox ? `/inbox/${ inbox }` : '' }`;
	return `${ path }${ ticket ? `/ticket/${ ticket }` : '' }${ query ? `?${ query }` : '' }`;
}

/** The part of a route that says what the list shows, to tell whether it is another one. */
export function listOf( { view, inbox, saved, filter }: Route ): string {
	return formatRoute( { view, inbox, saved, filter, ticket: null } );
}
