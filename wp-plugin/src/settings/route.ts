import type { Id } from '../model';

/** Where in the settings somebody is; every step has an address, so a reload loses nothing. */
export type Route =
	| { page: 'mailboxes' | 'connect' | 'service-account' | 'forms' | 'access' | 'teams' | 'routing' | 'sending' | 'notifications' | 'saved-replies' | 'signatures' | 'connection' }
	| { page: 'mailbox' | 'parked' | 'first' | 'reconnect' | 'consent' | 'form' | 'person' | 'team' | 'saved-reply'; id: Id }
	| { page: 'gmail' };

const PATTERNS: [ RegExp, Route[ 'page' ] ][] = [
	[ /^mailboxes\/([\w-]+)$/, 'mailbox' ],
	[ /^mailboxes\/([\w-]+)\/parked$/, 'parked' ],
	[ /^mailboxes\/([\w-]+)\/first$/, 'first' ],
	[ /^mailboxes\/([\w-]+)\/reconnect$/, 'reconnect' ],
	[ /^connect$/, 'connect' ],
	[ /^connect\/gmail$/, 'gmail' ],
	[ /^connect\/service-account$/, 'service-account' ],
	[ /^connect\/consent\/([\w-]+)$/, 'consent' ],
	[ /^forms$/, 'forms' ],
	[ /^forms\/([\w-]+)$/, 'form' ],
	[ /^access$/, 'access' ],
	[ /^access\/(\d+)$/, 'person' ],
	[ /^teams$/, 'teams' ],
	[ /^teams\/([\w-]+)$/, 'team' ],
	[ /^routing$/, 'routing' ],
	[ /^sending$/, 'sending' ],
	[ /^notifications$/, 'notifications' ],
	[ /^saved-replies$/, 'saved-replies' ],
	[ /^saved-replies\/([\w-]+)$/, 'saved-reply' ],
	[ /^signatures$/, 'signatures' ],
	[ /^connection$/, 'connection' ],
];

/** The route an address's fragment names; anything unknown is the list of mailboxes. */
export function parseRoute( hash: string ): Route {
	const path = hash.replace( /^#?\/?/, '' );
	for ( const [ pattern, page ] of PATTERNS ) {
		const found = pattern.exec( path );
		if ( found ) {
			return ( found[ 1 ] ? { page, id: found[ 1 ] } : { page } ) as Route;
		}
	}
	return { page: 'mailboxes' };
}

/** Fragments of the pages, for links. */
export const to = {
	mailboxes: '#/mailboxes',
	mailbox: ( id: Id ) => `#/mailboxes/${ id }`,
	parked: ( id: Id ) => `#/mailboxes/${ id }/parked`,
	first: ( id: Id ) => `#/mailboxes/${ id }/first`,
	reconnect: ( id: Id ) => `#/mailboxes/${ id }/reconnect`,
	connect: '#/connect',
	gmail: '#/connect/gmail',
	serviceAccount: '#/connect/service-account',
	consent: ( id: Id ) => `#/connect/consent/${ id }`,
	forms: '#/forms',
	form: ( id: Id ) => `#/forms/${ id }`,
	access: '#/access',
	person: ( user: number ) => `#/access/${ user }`,
	teams: '#/teams',
	team: ( id: Id ) => `#/teams/${ id }`,
	newTeam: '#/teams/new',
	routing: '#/routing',
	sending: '#/sending',
	notifications: '#/notifications',
	savedReplies: '#/saved-replies',
	savedReply: ( id: Id ) => `#/saved-replies/${ id }`,
	newSavedReply: '#/saved-replies/new',
	signatures: '#/signatures',
	connection: '#/connection',
};

/** Where a mailbox is signed in to again: by Google's page, or by a new key of its service account. */
export function reconnectTo( { id, oauth_client_id: client }: { id: Id; oauth_client_id: Id | null } ): string {
	return client ? to.reconnect( id ) : to.serviceAccount;
}

export type Tab = 'mailboxes' | 'forms' | 'access' | 'teams' | 'routing' | 'sending' | 'notifications' | 'saved-replies' | 'signatures' | 'connection';

/** The tab a route belongs to. */
export function tabOf( { page }: Route ): Tab {
	if ( page === 'forms' || page === 'form' ) {
		return 'forms';
	}
	if ( page === 'access' || page === 'person' ) {
		return 'access';
	}
	if ( page === 'saved-replies' || page === 'saved-reply' ) {
		return 'saved-replies';
	}
	if ( page === 'teams' || page === 'team' ) {
		return 'teams';
	}
	const isTab = page === 'routing' || page === 'sending' || page === 'notifications' || page === 'signatures' || page === 'connection';
	return isTab ? page : 'mailboxes';
}
