import { __, sprintf } from '@wordpress/i18n';
import type { InboxApi } from '../api/inbox-api';
import { problemInWords, toProblem } from '../api/problem';
import type { Ticket } from '../model';
import type { Route } from '../route';
import type { Notices } from './notices';
import { createStore, type Store } from './store';
import type { TicketList } from './ticket-list';

/** What managers throw away for good, and when the trash does so by itself. */
export interface Deleting {
	/** The ticket of which somebody is told what would be gone. */
	store: Store< { ticket: Ticket | null } >;
	contents: InboxApi[ 'contents' ];
	/** Goes on to another ticket where it stood open; tells whether it worked. */
	remove: ( ticket: Ticket, next: number | null ) => Promise< boolean >;
	trash: InboxApi[ 'trash' ];
	/** Tells whether it worked. */
	changeTrash: ( days: number | null ) => Promise< boolean >;
}

interface Surroundings {
	list: TicketList;
	notices: Notices;
	go: ( route: Partial< Route > ) => void;
}

export function deletingTickets( api: InboxApi, { list, notices, go }: Surroundings ): Deleting {
	const store = createStore< { ticket: Ticket | null } >( { ticket: null } );
	return {
		store,
		contents: api.contents,
		trash: api.trash,
		remove: async ( ticket, next ) => {
			store.set( { ticket: null } );
			try {
				await api.deleteTicket( ticket );
				go( { ticket: next } );
				list.remove( ticket.number );
				notices.forget( ticket.number );
				/* translators: %s: the number of a ticket, like #12. */
				notices.say( sprintf( __( '%s is deleted for good.', 'unified-inbox' ), `#${ ticket.number }` ) );
				return true;
			} catch ( thrown ) {
				notices.warn( problemInWords( toProblem( thrown ) ) );
				return false;
			}
		},
		changeTrash: async ( days ) => {
			try {
				await api.changeTrash( days );
				return true;
			} catch ( thrown ) {
				notices.warn( problemInWords( toProblem( thrown ) ) );
				return false;
			}
		},
	};
}
