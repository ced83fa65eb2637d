import type { Id, Page, SavedView } from '../model';
import type { Transport } from './transport';

export type NewSavedView = Pick< SavedView, 'name' | 'shared' | 'filter' >;

/** The endpoints of saved views. */
export interface SavedViewsApi {
	list: () => Promise< SavedView[] >;
	add: ( view: NewSavedView ) => Promise< SavedView >;
	change: (
		view: Pick< SavedView, 'id' | 'version' >,
		change: Partial< NewSavedView > & { removed?: false }
	) => Promise< SavedView >;
	remove: ( id: Id ) => Promise< void >;
	order: ( ids: readonly Id[] ) => Promise< void >;
}

/** What it asks for as the address bar would say it: the service sends numbers and truths as such. */
function readable( view: SavedView ): SavedView {
	const filter = Object.fromEntries( Object.entries( view.filter ).map( ( [ name, value ] ) => [ name, String( value ) ] ) );
	return { ...view, filter };
}

export function savedViewsApi( transport: Transport ): SavedViewsApi {
	const at = ( id: Id ): string => `/saved-views/${ id }`;
	return {
		list: async () => ( await transport< Page< SavedView > >( { path: '/saved-views' } ) ).items.map( readable ),
		add: async ( body ) => readable( await transport( { method: 'POST', path: '/saved-views', body } ) ),
		change: async ( { id, version }, body ) =>
			readable( await transport( { method: 'PATCH', path: at( id ), body, headers: { 'If-Match': `"${ version }"` } } ) ),
		remove: ( id ) => transport( { method: 'DELETE', path: at( id ) } ),
		order: ( ids ) => transport( { method: 'PUT', path: '/saved-views/order', body: { ids } } ),
	};
}
