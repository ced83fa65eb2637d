import { __ } from '@wordpress/i18n';
import type { TicketQuery } from './api/inbox-api';
import type { AllCounts, Counts, Id, Inbox, Status, Ticket, TicketChange } from './model';

export type ViewName = 'unassigned' | 'mine' | 'mentions' | 'open' | 'pending' | 'snoozed' | 'outbox' | 'solved' | 'spam' | 'trash' | 'saved' | 'team';

/** What a list can be narrowed to, as the service calls it. */
export const FILTER_NAMES = [
	'status',
	'place',
	'inbox',
	'assignee',
	'team',
	'tag',
	'priority',
	'customer',
	'waiting_hours',
	'active_after',
	'active_before',
	'has_attachments',
	'unread',
	'snoozed',
	'unsent',
	'mentioned',
	'order',
] as const;

export type FilterName = ( typeof FILTER_NAMES )[ number ];

/** Of each name what is asked for; an empty text takes away what the view asks for by itself. */
export type Filter = Partial< Record< FilterName, string > >;

/** What a list can begin with; the first is what it does by itself. */
export const ORDER_NAMES = [ 'activity', 'waiting', 'created', 'priority' ] as const;

export type Order = ( typeof ORDER_NAMES )[ number ];

/** What the list shows: a view, of one inbox or of all, perhaps narrowed. */
export interface Where {
	view: ViewName;
	inbox: Id | null;
	/** The saved view, where `view` is `saved`; `base` is what it or the team asks for. */
	saved?: Id;
	/** The team, where `view` is `team`. */
	team?: Id;
	base?: Filter;
	filter?: Filter;
}

interface View {
	label: () => string;
	query: Filter;
	/** Whether the number beside it says how much work waits; the others would only be noise. */
	counted: boolean;
}

export const VIEWS: Record< ViewName, View > = {
	unassigned: {
		label: () => __( 'Unassigned', 'unified-inbox' ),
		query: { assignee: 'none', status: 'open', snoozed: 'false' },
		counted: true,
	},
	mine: {
		label: () => __( 'Mine', 'unified-inbox' ),
		query: { assignee: 'me', status: 'open', snoozed: 'false' },
		counted: true,
	},
	mentions: { label: () => __( 'Mentions', 'unified-inbox' ), query: { mentioned: 'true' }, counted: true },
	open: { label: () => __( 'Open', 'unified-inbox' ), query: { status: 'open', snoozed: 'false' }, counted: true },
	pending: { label: () => __( 'Pending', 'unified-inbox' ), query: { status: 'pending', snoozed: 'false' }, counted: true },
	snoozed: { label: () => __( 'Snoozed', 'unified-inbox' ), query: { snoozed: 'true' }, counted: false },
	outbox: { label: () => __( 'Outbox', 'unified-inbox' ), query: { unsent: 'true' }, counted: true },
	solved: { label: () => __( 'Solved', 'unified-inbox' ), query: { status: 'solved' }, counted: false },
	spam: { label: () => __( 'Spam', 'unified-inbox' ), query: { place: 'spam' }, counted: true },
	trash: { label: () => __( 'Trash', 'unified-inbox' ), query: { place: 'trash' }, counted: false },
	saved: { label: () => __( 'Saved view', 'unified-inbox' ), query: {}, counted: false },
	team: { label: () => __( 'Team', 'unified-inbox' ), query: { status: 'open', snoozed: 'false' }, counted: false },
};

/** The views an inbox can be narrowed to: those the service counts per inbox. */
export const INBOX_VIEWS: readonly ( ViewName & keyof Counts )[] = [ 'unassigned', 'open', 'pending', 'solved' ];

/** The views of which there are several, each with an id; everybody has the others. */
export const OF_ONE: readonly ViewName[] = [ 'saved', 'team' ];

export const VIEW_NAMES = ( Object.keys( VIEWS ) as ViewName[] ).filter( ( name ) => ! OF_ONE.includes( name ) );

/** All that a list is asked for: by its view, its inbox, and what it is narrowed to beyond these. */
export function asked( { view, inbox, base, filter }: Where ): Filter {
	const all: Filter = { ...VIEWS[ view ].query, ...base, ...( inbox ? { inbox } : {} ), ...filter };
	return Object.fromEntries( Object.entries( all ).filter( ( [ , value ] ) => value ) );
}

/** The filter after some of it was chosen anew; what the view says by itself is not said again. */
export function narrowed( { view, base, filter }: Where, changes: Filter ): Filter | undefined {
	const said: Filter = { ...VIEWS[ view ].query, ...base };
	const kept = ( Object.entries( { ...filter, ...changes } ) as [ FilterName, string ][] ).filter(
		( [ name, value ] ) => value !== ( said[ name ] ?? '' )
	);
	return kept.length ? Object.fromEntries( kept ) : undefined;
}

export function queryOf( where: Where ): TicketQuery {
	return asked( where );
}

/** What the list begins with. */
export function orderOf( where: Where ): Order {
	const { order } = asked( where );
	return ORDER_NAMES.find( ( name ) => name === order ) ?? 'activity';
}

const SIFTED: readonly FilterName[] = [ 'tag', 'priority', 'waiting_hours', 'has_attachments', 'unread' ];

/** Whether the service looks through tickets for those that fit, so that its pages may be short. */
export function isSifted( where: Where ): boolean {
	const all = asked( where );
	return SIFTED.some( ( name ) => all[ name ] );
}

type Test = ( ticket: Ticket, value: string, me: Id | null ) => boolean;

/** The service's own conditions, said again. What only it can tell (who is unread, which day) always holds. */
const TESTS: Partial< Record< FilterName, Test > > = {
	status: ( { status }, value ) => status === value,
	snoozed: ( { snoozed_until: until }, value ) => value === String( until !== null ),
	inbox: ( { inbox_id: id }, value ) => id === value,
	assignee: ( { assignee }, value, me ) =>
		value === 'none' ? ! assignee : assignee?.id === ( value === 'me' ? me : value ),
	team: ( { team_id: id }, value ) => id === value,
	tag: ( { tags }, value ) => tags.includes( value ),
	priority: ( { priority }, value ) => priority === value,
	customer: ( { customer }, value ) => customer.id === value,
	has_attachments: ( { has_attachments: has }, value ) => value === String( has ),
};

/** Whether a ticket still is where this list looks. */
export function belongs( ticket: Ticket, where: Where, me: Id | null ): boolean {
	const { place = 'inbox', ...rest } = asked( where );
	return (
		! ticket.merged_into &&
		ticket.place === place &&
		( Object.entries( rest ) as [ FilterName, string ][] ).every(
			( [ name, value ] ) => TESTS[ name ]?.( ticket, value, me ) ?? true
		)
	);
}

/** Only what waits for somebody can wait for later. */
export function maySnooze( { status, place, merged_into: merged }: Ticket ): boolean {
	return place === 'inbox' && status !== 'solved' && ! merged;
}

/** Out of spam the sender is let in again too, where he was blocked from there. */
export function backToInbox( { place }: Ticket ): TicketChange {
	return place === 'spam' ? { place: 'inbox', block_sender: false } : { place: 'inbox' };
}

/** The number beside a view, or null where there is nothing to say. */
export function countOf( view: ViewName, counts: Partial< AllCounts > | null ): number | null {
	return VIEWS[ view ].counted ? counts?.[ view as keyof AllCounts ] || null : null;
}

/** How many tickets a list has in all, where that is counted. */
export function sizeOf( { view, inbox, filter }: Where, counts: AllCounts | null, inboxes: readonly Inbox[] | null ): number | null {
	const known: Partial< AllCounts > | null = inbox
		? inboxes?.find( ( { id } ) => id === inbox )?.counts ?? null
		: counts;
	return filter ? null : known?.[ view as keyof AllCounts ] ?? null;
}

export function statusLabel( status: Status ): string {
	return VIEWS[ status ].label();
}
