import { __, sprintf } from '@wordpress/i18n';
import type { InboxApi } from '../api/inbox-api';
import { problemInWords, toProblem } from '../api/problem';
import type { Id, Ticket } from '../model';
import type { Route } from '../route';
import type { Notices } from './notices';

/** Takes messages of a ticket into a new one and goes there; tells whether it worked. */
export type SplitTicket = ( ticket: Ticket, messages: readonly Id[], subject: string ) => Promise< boolean >;

interface Surroundings {
	notices: Notices;
	go: ( route: Partial< Route > ) => void;
	refresh: () => Promise< unknown >;
}

export function splitting( api: InboxApi, { notices, go, refresh }: Surroundings ): SplitTicket {
	/** Back into the ticket they came from, and back there. */
	const undo = async ( made: Ticket, from: number ): Promise< void > => {
		try {
			await api.change( made, { merged_into: { number: from } } );
			go( { ticket: from } );
			await refresh();
		} catch ( thrown ) {
			notices.warn( problemInWords( toProblem( thrown ) ) );
		}
	};
	return async ( ticket, messages, subject ) => {
		try {
			const made = await api.split( ticket, messages, subject );
			/* translators: %s: the number of a ticket, like #12. */
			notices.say( sprintf( __( 'Now the ticket %s.', 'unified-inbox' ), `#${ made.number }` ), {
				label: __( 'Undo', 'unified-inbox' ),
				run: () => void undo( made, ticket.number ),
			} );
			go( { ticket: made.number } );
			await refresh();
			return true;
		} catch ( thrown ) {
			notices.warn( problemInWords( toProblem( thrown ) ) );
			return false;
		}
	};
}
