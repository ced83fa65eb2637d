import type { InboxApi } from '../api/inbox-api';
import type { MailboxSends } from '../model';
import { createStore, type Store } from './store';

/** Limits are of a day: what a minute changes is not worth a request. */
const FRESH = 60_000;

export interface SendLimits {
	store: Store< { mailboxes: MailboxSends[] } >;
	/** Asks again, unless it was asked a moment ago. */
	refresh: () => Promise< void >;
}

/** How near the mailboxes are to what they may send. */
export function sendLimits( api: Pick< InboxApi, 'sending' >, now: () => number ): SendLimits {
	const store = createStore< { mailboxes: MailboxSends[] } >( { mailboxes: [] } );
	let askedAt = -FRESH;
	return {
		store,
		refresh: async () => {
			if ( now() - askedAt < FRESH ) {
				return;
			}
			askedAt = now();
			try {
				store.set( { mailboxes: ( await api.sending() ).mailboxes } );
			} catch {
				// A warning that does not come is no reason to stop anybody from writing.
				askedAt = -FRESH;
			}
		},
	};
}

/** Those of which something is to be said. */
export function worthAWord( mailboxes: readonly MailboxSends[] ): MailboxSends[] {
	return mailboxes.filter( ( { is_near: isNear, paused_until: until } ) => isNear || until );
}
