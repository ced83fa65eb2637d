import type { Attachment, MailboxSends, Message, Ticket, TicketEvent } from '../../src/model';

/** A moment all tests agree on. */
export const NOW = Date.parse( '2026-11-21T12:00:00.000Z' );
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const ago = ( milliseconds: number ): string => new Date( NOW - milliseconds ).toISOString();

export function ticket( number: number, change: Partial< Ticket > = {} ): Ticket {
	return {
		id: `90${ number }`,
		number,
		reference: `REF${ number }`,
		channel: 'mail',
		subject: `Subject ${ number }`,
		direction: 'ltr',
		status: 'open',
		place: 'inbox',
		priority: 'normal',
		inbox_id: '101',
		customer: { id: `c${ number }`, name: `Customer ${ number }`, email: `c${ number }@customer.example` },
		assignee: null,
		team_id: null,
		tags: [],
		followers: [],
		snippet: `Snippet ${ number }`,
		snippet_direction: 'ltr',
		unread: false,
		has_draft: false,
		has_attachments: false,
		message_count: 1,
		from_before: false,
		waiting_since: null,
		last_activity_at: ago( ( 1000 - number ) * MINUTE ),
		created_at: ago( 2000 * MINUTE ),
		snoozed_until: null,
		version: 1,
		suggestion: null,
		merged_into: null,
		...change,
	};
}

export function message( id: string, change: Partial< Message > = {} ): Message {
	return {
		id,
		kind: 'in',
		automatic: null,
		particulars: null,
		author: { type: 'customer', id: 'c1', name: 'Petra Lindqvist', email: 'petra@customer.example' },
		new_person: false,
		sender_proven: false,
		to: [],
		cc: [],
		subject: '',
		text: `Text ${ id }`,
		folded_text: '',
		html: null,
		folded_html: null,
		remote_images: 0,
		shows_images: false,
		direction: 'ltr',
		created_at: ago( HOUR - Number( id ) * 1000 ),
		sent_elsewhere: false,
		has_original: false,
		attachments: [],
		sending: null,
		...change,
	};
}

export function event( seq: number, data: Record< string, unknown >, change: Partial< TicketEvent > = {} ): TicketEvent {
	return {
		seq,
		at: ago( HOUR ),
		kind: 'ticket_status_changed',
		ticket_number: 1,
		message_id: null,
		actor: { type: 'agent', id: '2', name: 'Omar' },
		data,
		...change,
	};
}

export function file( id: string, change: Partial< Attachment > = {} ): Attachment {
	return {
		id,
		name: `file-${ id }.pdf`,
		content_type: 'application/pdf',
		size: 2048,
		inline: false,
		content_id: null,
		file_token: `token-${ id }`,
		preview: null,
		...change,
	};
}

/** A mailbox with much room left. */
export function mailboxSends( more: Partial< MailboxSends > = {} ): MailboxSends {
	return {
		id: '301',
		address: 'support@shop.example',
		senders: [ 'billing@shop.example', 'support@shop.example' ],
		recipients: 0,
		limit: 2000,
		provider_limit: 2000,
		daily_limit: null,
		is_near: false,
		paused_until: null,
		...more,
	};
}
