import { __, sprintf } from '@wordpress/i18n';
import type { InboxApi } from '../api/inbox-api';
import { problemInWords, toProblem } from '../api/problem';
import type { NewTicket } from '../model';
import type { Route } from '../route';
import type { Notices } from './notices';
import { randomKey } from './reply';
import { createStore, type Store } from './store';

/** Tickets that agents write down themselves. */
export interface Opening {
	/** Whether somebody is writing one down. */
	store: Store< { isOpen: boolean } >;
	/** Opens it and goes there; `key` is the same for every try. Tells whether it worked. */
	open: ( ticket: NewTicket, key: string ) => Promise< boolean >;
	newKey: () => string;
}

interface Surroundings {
	notices: Notices;
	go: ( route: Partial< Route > ) => void;
}

export function openingTickets( api: InboxApi, { notices, go }: Surroundings ): Opening {
	const store = createStore( { isOpen: false } );
	return {
		store,
		newKey: randomKey,
		open: async ( ticket, key ) => {
			try {
				const made = await api.openTicket( ticket, key );
				/* translators: %s: the number of a ticket, like #12. */
				notices.say( sprintf( __( 'Ticket %s is open.', 'unified-inbox' ), `#${ made.number }` ) );
				store.set( { isOpen: false } );
				go( { ticket: made.number } );
				return true;
			} catch ( thrown ) {
				notices.warn( problemInWords( toProblem( thrown ) ) );
				return false;
			}
		},
	};
}
