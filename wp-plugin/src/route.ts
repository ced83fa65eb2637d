import { VIEW_NAMES, type ViewName, type Where } from './places';

/** What the address bar says after the #: a view, perhaps one inbox, perhaps one ticket. */
export interface Route extends Where {
	ticket: number | null;
}

export const HOME: Route = { view: 'open', inbox: null, ticket: null };

/** `#/open`, `#/open/inbox/5`, `#/open/ticket/12`, `#/open/inbox/5/ticket/12`; anything else is home. */
export function parseRoute( hash: string ): Route {
	const match = hash.match( /^#\/([a-z]+)(?:\/inbox\/(\d+))?(?:\/ticket\/(\d+))?$/ );
	const view = match?.[ 1 ] as ViewName | undefined;
	if ( ! match || ! view || ! VIEW_NAMES.includes( view ) ) {
		return HOME;
	}
	return { view, inbox: match[ 2 ] ?? null, ticket: match[ 3 ] ? Number( match[ 3 ] ) : null };
}

export function formatRoute( { view, inbox, ticket }: Route ): string {
	return `#/${ view }${ inbox ? `/inbox/${ inbox }` : '' }${ ticket ? `/ticket/${ ticket }` : '' }`;
}
