import { __ } from '@wordpress/i18n';
import { formatRoute, HOME, listOf, readRoute, type Route } from '../route';
import type { Id } from '../model';
import type { Where } from '../places';
import type { Notices } from './notices';
import type { SavedViews } from './saved-views';
import type { Search } from './search';
import type { Session } from './session';
import type { Store } from './store';
import type { TicketList } from './ticket-list';

export type Address = Pick< Location, 'hash' > & Partial< Pick< Location, 'replace' > >;

interface Parts {
	list: TicketList;
	saved: SavedViews;
	session: Session;
	search: Search;
	notices: Notices;
	route: Store< Route >;
}

export interface Navigation {
	/** Goes somewhere; another view begins without what the one before was narrowed to. */
	go: ( to: Partial< Route > ) => void;
	/** Shows what the address bar says. */
	follow: () => Route;
}

const PLAIN = { saved: undefined, team: undefined, filter: undefined, q: undefined };

/** Keeps the address bar, the list and the search in step: what is shown can be reloaded and shared. */
export function navigation( { list, saved, session, search, notices, route }: Parts, address: Address ): Navigation {
	let isMoving = false;
	const asked = (): string | undefined => search.store.get().asked || undefined;

	const go = ( to: Partial< Route > ): void => {
		if ( to.view ) {
			isMoving = true;
			search.clear();
			isMoving = false;
		}
		address.hash = formatRoute( { ...route.get(), ...( to.view ? PLAIN : {} ), q: asked(), ...to } );
	};

	let known = asked();
	search.store.subscribe( () => {
		const before = known;
		known = asked();
		const { q } = route.get();
		if ( isMoving || known === before || known === q ) {
			return;
		}
		const here = formatRoute( { ...route.get(), q: known } );
		// That a search began is a step to go back from; each of its letters is none.
		if ( q && address.replace ) {
			address.replace( here );
		} else {
			address.hash = here;
		}
	} );

	/** The address goes, so that nobody is told of it again. */
	const goHome = ( words: string ): void => {
		notices.warn( words );
		const home = formatRoute( HOME );
		if ( address.replace ) {
			address.replace( home );
		} else {
			address.hash = home;
		}
	};
	const goHomeFromNowhere = (): void =>
		goHome( __( 'Nothing is at this address, or not any more. Here are the open tickets.', 'unified-inbox' ) );

	/** Which inboxes there are is known a moment after the address, and may change while one is shown. */
	session.store.subscribe( () => {
		const { inboxes } = session.store.get();
		const { inbox } = readRoute( address.hash ) ?? HOME;
		if ( inbox && inboxes && ! inboxes.some( ( { id } ) => id === inbox ) ) {
			goHomeFromNowhere();
		}
	} );

	const showTeam = async ( { view, inbox, team }: Where, narrowed: Partial< Where > ): Promise< void > => {
		const isThere = await session.hasTeam( team as Id ).catch( () => true );
		if ( route.get().team !== team ) {
			return;
		}
		if ( isThere ) {
			await list.show( { view, inbox, team, base: { team }, ...narrowed } );
		} else {
			goHomeFromNowhere();
		}
	};

	const showList = async ( { view, inbox, filter, saved: id, team }: Route ): Promise< void > => {
		const narrowed = filter ? { filter } : {};
		if ( team ) {
			await showTeam( { view, inbox, team }, narrowed );
			return;
		}
		if ( ! id ) {
			await list.show( { view, inbox, ...narrowed } );
			return;
		}
		const found = await saved.find( id ).catch( () => null );
		if ( route.get().saved !== id ) {
			return;
		}
		if ( found ) {
			await list.show( { view, inbox, saved: id, base: found.filter, ...narrowed } );
		} else {
			goHome( __( 'This view cannot be shown: it was removed, or is not shared with you.', 'unified-inbox' ) );
		}
	};

	return {
		go,
		follow: () => {
			const known = readRoute( address.hash );
			const to = known ?? HOME;
			if ( ! known ) {
				goHomeFromNowhere();
			}
			const before = route.get();
			route.set( { ...PLAIN, ...to } );
			if ( ! list.store.get().where || listOf( before ) !== listOf( to ) ) {
				void showList( to );
			}
			if ( to.q && to.q !== asked() ) {
				search.begin( to.ticket );
				void search.submit( to.q );
			} else if ( ! to.q && asked() ) {
				search.clear();
			}
			return to;
		},
	};
}
