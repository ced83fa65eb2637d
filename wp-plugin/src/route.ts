import { FILTER_NAMES, OF_ONE, VIEW_NAMES, type Filter, type FilterName, type ViewName, type Where } from './places';

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
 * `#/open`, `#/open/inbox/5`, `#/open/ticket/12`, `#/saved/7/ticket/12`, `#/team/4`, each perhaps with
 * `?priority=urgent&tag=vip` or `?q=words`; null for what is no address of ours, and home for none.
 */
export function readRoute( hash: string ): Route | null {
	// Other marks of a page, as of wp-admin's link to its main content, lead nowhere else.
	if ( ! hash.startsWith( '#/' ) ) {
		return HOME;
	}
	const match = hash.match( ADDRESS );
	const view = match?.[ 1 ] as ViewName | undefined;
	const id = match?.[ 2 ];
	const isKnown = view && ( id ? OF_ONE : VIEW_NAMES ).includes( view );
	if ( ! match || ! isKnown ) {
		return null;
	}
	const query = new URLSearchParams( match[ 5 ] ?? '' );
	const filter = parseFilter( query );
	const q = query.get( 'q' );
	return {
		view,
		inbox: match[ 3 ] ?? null,
		ticket: match[ 4 ] ? Number( match[ 4 ] ) : null,
		...( id ? { [ view ]: id } : {} ),
		...( filter ? { filter } : {} ),
		...( q ? { q } : {} ),
	};
}

/** The same, with home for everything else. */
export function parseRoute( hash: string ): Route {
	return readRoute( hash ) ?? HOME;
}

export function formatRoute( { view, inbox, ticket, saved, team, filter, q }: Route ): string {
	const asked = Object.entries( filter ?? {} ) as [ FilterName, string ][];
	const query = new URLSearchParams( [ ...asked, ...( q ? [ [ 'q', q ] ] : [] ) ] ).toString();
	const id = saved ?? team;
	const path = `#/${ view }${ id ? `/${ id }` : '' }${ inbox ? `/inbox/${ inbox }` : '' }`;
	return `${ path }${ ticket ? `/ticket/${ ticket }` : '' }${ query ? `?${ query }` : '' }`;
}

/** The part of a route that says what the list shows, to tell whether it is another one. */
export function listOf( { view, inbox, saved, team, filter }: Route ): string {
	return formatRoute( { view, inbox, saved, team, filter, ticket: null } );
}
