import type { InboxApi } from '../api/inbox-api';
import type { Suppressed } from '../model';
import { createStore, type Store } from './store';

/** What is still being typed is no address yet. */
const WHOLE = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;

export interface SuppressedAddresses {
	/** Those known to be marked, by their address in small letters. */
	store: Store< { marks: Record< string, Suppressed > } >;
	/** Asks about those of the addresses that it does not know yet. */
	ask: ( emails: readonly string[] ) => Promise< void >;
}

/** Addresses that mail came back from: said while they are put in, not only when it is sent. */
export function suppressedAddresses( api: Pick< InboxApi, 'suppressed' > ): SuppressedAddresses {
	const store = createStore< { marks: Record< string, Suppressed > } >( { marks: {} } );
	const asked = new Set< string >();
	return {
		store,
		ask: async ( emails ) => {
			const unknown = emails.map( ( email ) => email.toLowerCase() ).filter( ( email ) => WHOLE.test( email ) && ! asked.has( email ) );
			if ( ! unknown.length ) {
				return;
			}
			unknown.forEach( ( email ) => asked.add( email ) );
			try {
				const found = await api.suppressed( unknown );
				store.set( { marks: { ...store.get().marks, ...Object.fromEntries( found.map( ( one ) => [ one.email, one ] ) ) } } );
			} catch {
				// The service says it once more when the mail is sent.
				unknown.forEach( ( email ) => asked.delete( email ) );
			}
		},
	};
}
