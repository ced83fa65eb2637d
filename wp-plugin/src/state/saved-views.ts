import { __, sprintf } from '@wordpress/i18n';
import type { SavedViewsApi } from '../api/saved-views-api';
import { problemInWords, toProblem } from '../api/problem';
import type { Id, SavedView } from '../model';
import type { Filter } from '../places';
import { isolated } from '../text/person';
import type { Notices } from './notices';
import { createStore, type Store } from './store';

/** The service counts a view anew no more often. */
const COUNTED_EVERY = 30_000;

export interface SavedViews {
	store: Store< { items: SavedView[] | null } >;
	/** What a view asks for, once the views are known; null where there is no such view. */
	find: ( id: Id ) => Promise< SavedView | null >;
	/** Reads them and their counts; where they were read a moment ago it does nothing. */
	refresh: ( isUrgent?: boolean ) => Promise< void >;
	save: ( name: string, filter: Filter, isShared: boolean ) => Promise< SavedView | null >;
	change: ( view: SavedView, change: Partial< Pick< SavedView, 'name' | 'shared' | 'filter' > > ) => Promise< SavedView | null >;
	/** Removes a view and offers to take that back. */
	remove: ( view: SavedView ) => Promise< boolean >;
	/** Puts a view before or behind its neighbour of the same kind. */
	move: ( view: SavedView, by: 1 | -1 ) => Promise< void >;
}

/** The views of this agent and those that are shared, as the service keeps them. */
export function savedViews( api: SavedViewsApi, notices: Notices, now: () => number ): SavedViews {
	const store = createStore< { items: SavedView[] | null } >( { items: null } );
	let readAt = 0;
	let reading: Promise< void > | null = null;

	const read = async (): Promise< void > => {
		store.set( { items: await api.list() } );
		readAt = now();
	};
	const refresh = async ( isUrgent = false ): Promise< void > => {
		if ( ! isUrgent && now() - readAt < COUNTED_EVERY ) {
			return;
		}
		reading ??= read().finally( () => ( reading = null ) );
		await reading;
	};
	/** What could not be done is said; null then. */
	const tried = async < T >( act: () => Promise< T > ): Promise< T | null > => {
		try {
			const done = await act();
			await refresh( true );
			return done;
		} catch ( thrown ) {
			notices.warn( problemInWords( toProblem( thrown ) ) );
			return null;
		}
	};
	const itself = ( view: SavedView ): SavedView => store.get().items?.find( ( { id } ) => id === view.id ) ?? view;

	return {
		store,
		refresh,
		find: async ( id ) => {
			const known = (): SavedView | undefined => store.get().items?.find( ( view ) => view.id === id );
			if ( ! known() ) {
				// A colleague may have shared it a moment ago.
				await refresh( true );
			}
			return known() ?? null;
		},
		save: ( name, filter, shared ) => tried( () => api.add( { name, filter, shared } ) ),
		change: ( view, change ) => tried( () => api.change( itself( view ), change ) ),
		remove: async ( view ) => {
			const removed = await tried( async () => {
				await api.remove( view.id );
				return true;
			} );
			if ( removed ) {
				/* translators: %s: the name of a saved view. */
				notices.say( sprintf( __( 'The view %s was removed.', 'unified-inbox' ), isolated( view.name ) ), {
					label: __( 'Undo', 'unified-inbox' ),
					run: () => void tried( () => api.change( view, { removed: false } ) ),
				} );
			}
			return Boolean( removed );
		},
		move: async ( view, by ) => {
			const alike = ( store.get().items ?? [] ).filter( ( { shared } ) => shared === view.shared );
			const ids = alike.map( ( { id } ) => id );
			const place = ids.indexOf( view.id );
			const other = ids[ place + by ];
			if ( other ) {
				ids[ place + by ] = view.id;
				ids[ place ] = other;
				await tried( () => api.order( ids ) );
			}
		},
	};
}
