import { __ } from '@wordpress/i18n';
import type { TicketQuery } from './api/inbox-api';
import type { AllCounts, Counts, Id, Status, Ticket, TicketChange } from './model';

export type ViewName = 'unassigned' | 'mine' | 'open' | 'pending' | 'snoozed' | 'outbox' | 'solved' | 'spam' | 'trash';

/** What the list shows: a view, of one inbox or of all. */
export interface Where {
	view: ViewName;
	inbox: Id | null;
}

interface View {
	label: () => string;
	query: TicketQuery;
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
	open: { label: () => __( 'Open', 'unified-inbox' ), query: { status: 'open', snoozed: 'false' }, counted: true },
	pending: { label: () => __( 'Pending', 'unified-inbox' ), query: { status: 'pending', snoozed: 'false' }, counted: true },
	snoozed: { label: () => __( 'Snoozed', 'unified-inbox' ), query: { snoozed: 'true' }, counted: false },
	outbox: { label: () => __( 'Outbox', 'unified-inbox' ), query: { unsent: 'true' }, counted: true },
	solved: { label: () => __( 'Solved', 'unified-inbox' ), query: { status: 'solved' }, counted: false },
	spam: { label: () => __( 'Spam', 'unified-inbox' ), query: { place: 'spam' }, counted: true },
	trash: { label: () => __( 'Trash', 'unified-inbox' ), query: { place: 'trash' }, counted: false },
};

/** The views an inbox can be narrowed to: those the service counts per inbox. */
export const INBOX_VIEWS: readonly ( ViewName & keyof Counts )[] = [ 'unassigned', 'open', 'pending', 'solved' ];

export const VIEW_NAMES = Object.keys( VIEWS ) as ViewName[];

export function queryOf( { view, inbox }: Where ): TicketQuery {
	return { ...VIEWS[ view ].query, inbox: inbox ?? undefined };
}

/** Whether a ticket still is where this list looks; the service's own filter, said again. */
export function belongs( ticket: Ticket, { view, inbox }: Where, me: Id | null ): boolean {
	const { assignee, status, place = 'inbox', snoozed } = VIEWS[ view ].query;
	return (
		! ticket.merged_into &&
		ticket.place === place &&
		( ! status || ticket.status === status ) &&
		( ! snoozed || snoozed === String( ticket.snoozed_until !== null ) ) &&
		( ! inbox || ticket.inbox_id === inbox ) &&
		( assignee !== 'none' || ! ticket.assignee ) &&
		( assignee !== 'me' || ticket.assignee?.id === me )
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
	return VIEWS[ view ].counted ? counts?.[ view ] || null : null;
}

export function statusLabel( status: Status ): string {
	return VIEWS[ status ].label();
}
