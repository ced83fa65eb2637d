import type { Id } from '../../model';
import type { SettingsApi } from '../api';
import type { Mailbox } from '../model';

/** The colour of each inbox; mailboxes name theirs without it. */
export type Colours = ReadonlyMap< Id, string >;

export interface Mailboxes {
	items: Mailbox[];
	colours: Colours;
}

/** All mailboxes, and the colours of their inboxes. */
export async function loadMailboxes( api: Pick< SettingsApi, 'mailboxes' | 'inboxes' > ): Promise< Mailboxes > {
	const [ items, inboxes ] = await Promise.all( [ api.mailboxes(), api.inboxes() ] );
	return { items, colours: new Map( inboxes.map( ( { id, colour } ) => [ id, colour ] ) ) };
}
