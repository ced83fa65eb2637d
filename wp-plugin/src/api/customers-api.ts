import type { Customer, CustomerNote, Id, Instant } from '../model';
import type { Transport } from './transport';

/** Who the customer is in WordPress; `url` only for those who may edit him. */
export interface UserCard {
	name: string;
	roles: string[];
	registered: Instant;
	url: string | null;
}

/** What WordPress and other plugins know of a customer; `html` holds words, lists and links alone. */
export interface CustomerCards {
	user: UserCard | null;
	cards: { title: string; html: string }[];
}

export interface CustomersApi {
	customer: ( id: Id ) => Promise< Customer >;
	saveNote: ( id: Id, version: number, text: string ) => Promise< CustomerNote >;
	cards: ( id: Id ) => Promise< CustomerCards >;
}

/** `plugin` is the way to the plugin's own routes, which are no part of the service. */
export function customersApi( transport: Transport, plugin: Transport ): CustomersApi {
	return {
		customer: ( id ) => transport( { path: `/customers/${ id }` } ),
		saveNote: ( id, version, text ) =>
			transport( { method: 'PUT', path: `/customers/${ id }/note`, body: { text }, headers: { 'If-Match': `"${ version }"` } } ),
		cards: ( id ) => plugin( { path: `/customers/${ id }/cards` } ),
	};
}
