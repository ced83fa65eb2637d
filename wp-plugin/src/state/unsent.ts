import type { InboxApi } from '../api/inbox-api';
import type { Sending } from '../model';
import { createStore, type Store } from './store';

export interface Unsent {
	/** By ticket; of several replies in one, the oldest. */
	store: Store< { byTicket: Record< number, Sending > } >;
	refresh: () => Promise< void >;
}

/** How far the replies in the outbox have come. */
export function unsentReplies( api: Pick< InboxApi, 'unsent' > ): Unsent {
	const store = createStore< { byTicket: Record< number, Sending > } >( { byTicket: {} } );
	return {
		store,
		refresh: async () => {
			// Without an answer the rows say what was written, as in every other list.
			const items = await api.unsent().catch( () => [] );
			const oldestLast = [ ...items ].reverse();
			store.set( { byTicket: Object.fromEntries( oldestLast.map( ( one ) => [ one.ticket_number, one.sending ] ) ) } );
		},
	};
}
