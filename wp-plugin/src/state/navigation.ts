import { __ } from '@wordpress/i18n';
import { formatRoute, HOME, listOf, parseRoute, type Route } from '../route';
import type { Notices } from './notices';
import type { SavedViews } from './saved-views';
import type { Search } from './search';
import type { Store } from './store';
import type { TicketList } from './ticket-list';

export type Address = Pick< Location, 'hash' > & Partial< Pick< Location, 'replace' > >;

interface Parts {
	list: TicketList;
	saved: SavedViews;
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

const PLAIN = { saved: undefined, filter: undefined, q: undefined };

/** Keeps the address bar, the list and the search in step: what is shown can be reloaded and shared. */
export function navigation( { list, saved, search, notices, route }: Parts, address: Address ): Navigation {
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

	const showList = async ( { view, inbox, filter, saved: id }: Route ): Promise< void > => {
		const narrowed = filter ? { filter } : {};
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
			notices.warn( __( 'This view cannot be shown: it was removed, or is not shared with you.', 'unified-inbox' ) );
			go( HOME );
		}
	};

	return {
		go,
		follow: () => {
			const to = parseRoute( address.hash );
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
