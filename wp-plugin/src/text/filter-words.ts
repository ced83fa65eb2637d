import { __, _n, sprintf } from '@wordpress/i18n';
import type { SessionState } from '../state/session';
import { VIEWS, type FilterName } from '../places';

/** What a filter can be set to: the value, and its name for people. */
export type Option = readonly [ value: string, label: string ];

type Known = Pick< SessionState, 'inboxes' | 'agents' | 'teams' | 'tags' >;

const HOURS = [ 1, 4, 8 ];
const DAYS = [ 1, 3, 7 ];
const PERIODS = [ 7, 30, 90 ];

const hours = ( count: number ): string =>
	/* translators: %d: number of hours. */
	sprintf( _n( '%d hour', '%d hours', count, 'unified-inbox' ), count );

const days = ( count: number ): string =>
	/* translators: %d: number of days. */
	sprintf( _n( '%d day', '%d days', count, 'unified-inbox' ), count );

/** "36" is a day and a half: what is no whole number of days is said in hours. */
function waitInWords( value: string ): string {
	const count = Number( value );
	return count % 24 ? hours( count ) : days( count / 24 );
}

/** A day as the service takes it, "7d" or a date. */
function dayInWords( value: string ): string {
	const ago = value.match( /^(\d+)d$/ );
	return ago ? days( Number( ago[ 1 ] ) ) : value;
}

const LABELS: Record< FilterName, () => string > = {
	status: () => __( 'Status', 'unified-inbox' ),
	place: () => __( 'Place', 'unified-inbox' ),
	inbox: () => __( 'Inbox', 'unified-inbox' ),
	assignee: () => __( 'Assignee', 'unified-inbox' ),
	team: () => __( 'Team', 'unified-inbox' ),
	tag: () => __( 'Tag', 'unified-inbox' ),
	priority: () => __( 'Priority', 'unified-inbox' ),
	customer: () => __( 'Customer', 'unified-inbox' ),
	waiting_hours: () => __( 'Waiting longer than', 'unified-inbox' ),
	active_after: () => __( 'Last activity within', 'unified-inbox' ),
	active_before: () => __( 'No activity for', 'unified-inbox' ),
	has_attachments: () => __( 'Files', 'unified-inbox' ),
	unread: () => __( 'For me', 'unified-inbox' ),
	snoozed: () => __( 'Snoozed', 'unified-inbox' ),
	unsent: () => __( 'Outbox', 'unified-inbox' ),
	mentioned: () => VIEWS.mentions.label(),
	order: () => __( 'Order', 'unified-inbox' ),
};

export function filterLabel( name: FilterName ): string {
	return LABELS[ name ]();
}

const named = ( items: readonly { id: string; name: string }[] | null ): Option[] =>
	( items ?? [] ).map( ( { id, name } ) => [ id, name ] );

const periods = ( name: ( count: number ) => string ): Option[] => PERIODS.map( ( count ) => [ `${ count }d`, name( count ) ] );

/** What a filter offers to choose from; of customers and days there are too many. */
const OPTIONS: Partial< Record< FilterName, ( known: Known ) => Option[] > > = {
	status: () => ( [ 'open', 'pending', 'solved' ] as const ).map( ( status ) => [ status, VIEWS[ status ].label() ] ),
	place: () => [
		[ 'inbox', __( 'Inbox', 'unified-inbox' ) ],
		[ 'spam', VIEWS.spam.label() ],
		[ 'trash', VIEWS.trash.label() ],
	],
	inbox: ( { inboxes } ) => named( inboxes ),
	assignee: ( { agents } ) => [
		[ 'me', __( 'Me', 'unified-inbox' ) ],
		[ 'none', __( 'Nobody', 'unified-inbox' ) ],
		...named( agents ),
	],
	team: ( { teams } ) => named( teams ),
	tag: ( { tags } ) => tags.map( ( { name } ) => [ name, name ] ),
	priority: () => [
		[ 'urgent', __( 'Urgent', 'unified-inbox' ) ],
		[ 'high', __( 'High', 'unified-inbox' ) ],
		[ 'normal', __( 'Normal', 'unified-inbox' ) ],
		[ 'low', __( 'Low', 'unified-inbox' ) ],
	],
	waiting_hours: () => [
		...HOURS.map( ( count ): Option => [ String( count ), hours( count ) ] ),
		...DAYS.map( ( count ): Option => [ String( count * 24 ), days( count ) ] ),
	],
	active_after: () => [ [ 'today', __( 'Today', 'unified-inbox' ) ], ...periods( days ) ],
	active_before: () => periods( days ),
	has_attachments: () => [
		[ 'true', __( 'With files', 'unified-inbox' ) ],
		[ 'false', __( 'Without files', 'unified-inbox' ) ],
	],
	unread: () => [
		[ 'true', __( 'Unread', 'unified-inbox' ) ],
		[ 'false', __( 'Read', 'unified-inbox' ) ],
	],
	snoozed: () => [
		[ 'false', __( 'Not snoozed', 'unified-inbox' ) ],
		[ 'true', __( 'Snoozed', 'unified-inbox' ) ],
	],
	mentioned: () => [ [ 'true', __( 'Unread', 'unified-inbox' ) ] ],
	order: () => [
		[ 'activity', __( 'Newest activity', 'unified-inbox' ) ],
		[ 'waiting', __( 'Longest waiting', 'unified-inbox' ) ],
		[ 'created', __( 'Newest tickets', 'unified-inbox' ) ],
		[ 'priority', __( 'Most urgent', 'unified-inbox' ) ],
	],
};

export function optionsOf( name: FilterName, known: Known ): Option[] {
	return OPTIONS[ name ]?.( known ) ?? [];
}

/** A filter's value for people, also one that is not offered and came by an address. */
export function valueInWords( name: FilterName, value: string, known: Known ): string {
	const offered = optionsOf( name, known ).find( ( [ one ] ) => one === value );
	if ( offered ) {
		return offered[ 1 ];
	}
	if ( name === 'waiting_hours' ) {
		return waitInWords( value );
	}
	return name === 'active_after' || name === 'active_before' ? dayInWords( value ) : value;
}
