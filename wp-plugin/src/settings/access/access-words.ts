import { __, _n, sprintf } from '@wordpress/i18n';
import type { Inbox } from '../../model';
import type { Person, Rank, Reach } from './model';
import { roleInWords } from '../teams/team-words';

/** Strongest first, as the service counts them. */
export const RANKS: readonly Exclude< Rank, '' >[] = [ 'manager', 'lead', 'agent', 'viewer' ];

export const rankInWords = ( rank: Rank ): string =>
	rank === '' ? __( 'No access', 'unified-inbox' ) : roleInWords( { role: rank } );

const MAY: Record< Rank, () => string > = {
	manager: () => __( 'Everything, in every inbox: mailboxes, forms, rules, people.', 'unified-inbox' ),
	lead: () => __( 'What an agent may; can lead a team, and writes the rules of routing where every inbox is seen.', 'unified-inbox' ),
	agent: () => __( 'Answers, writes notes, assigns and changes tickets in the inboxes that are seen.', 'unified-inbox' ),
	viewer: () => __( 'Reads everything in the inboxes that are seen, and changes nothing.', 'unified-inbox' ),
	'': () => __( 'The inbox is not in the menu, and nothing of it can be read.', 'unified-inbox' ),
};

/** What somebody in this place may do. */
export const mayInWords = ( rank: Rank ): string => MAY[ rank ]();

/** Where somebody's place comes from; nothing where it is called as the role in WordPress. */
export function originInWords( { roles, own, rank }: Person ): string {
	const origin = own === null ? roles.join( ', ' ) : __( 'chosen for this person', 'unified-inbox' );
	return origin === rankInWords( rank ) ? '' : origin;
}

export const seesAll = ( { sees_all: all, role }: Pick< Reach, 'sees_all' | 'role' > ): boolean => all || role === 'manager';

/** The inboxes that somebody sees; null for all of them. */
export function seenBy( reach: Reach, inboxes: readonly Inbox[] ): Inbox[] | null {
	return seesAll( reach ) ? null : inboxes.filter( ( { id } ) => reach.inbox_ids.includes( id ) );
}

export function elsewhereInWords( { open_elsewhere: number }: Reach ): string {
	return sprintf(
		/* translators: %d: number of tickets. */
		_n(
			'%d open ticket of this person is in an inbox that is not seen any more. Assign it to somebody else.',
			'%d open tickets of this person are in inboxes that are not seen any more. Assign them to somebody else.',
			number,
			'unified-inbox'
		),
		number
	);
}
