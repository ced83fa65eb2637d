/** What the service sends, as api.md names it. Ids are strings, times RFC 3339 or null. */

import type { Preview } from './preview';

export type Id = string;
export type Instant = string;
export type Direction = 'ltr' | 'rtl';
export type Status = 'open' | 'pending' | 'solved';
export type Place = 'inbox' | 'spam' | 'trash';
/** How a customer came; who called or came by was written down by an agent. */
export type Channel = 'mail' | 'form' | 'phone' | 'walk_in' | 'other';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';

export interface Person {
	id: Id;
	name: string;
}

export interface Address {
	name: string;
	email: string;
}

export interface Ticket {
	id: Id;
	number: number;
	reference: string;
	subject: string;
	direction: Direction;
	status: Status;
	place: Place;
	priority: Priority;
	channel: Channel;
	inbox_id: Id;
	customer: Person & { email: string };
	assignee: Person | null;
	team_id: Id | null;
	tags: string[];
	/** Who hears of answers, beside the assignee. */
	followers: Person[];
	snippet: string;
	snippet_direction: Direction;
	unread: boolean;
	/** The agent began to write here. */
	has_draft: boolean;
	has_attachments: boolean;
	message_count: number;
	from_before: boolean;
	waiting_since: Instant | null;
	last_activity_at: Instant;
	created_at: Instant;
	snoozed_until: Instant | null;
	/** Its time is over, and its assignee has not opened it since. */
	back_from_snooze?: boolean;
	version: number;
	suggestion: { number: number } | null;
	/** The ticket that has its messages now. */
	merged_into: { number: number } | null;
	/** Its customer asked to be erased: there is nobody to answer. */
	erased?: boolean;
}

/** A list of tickets with a name; its count is 100 at most. */
export interface SavedView {
	id: Id;
	name: string;
	shared: boolean;
	filter: Record< string, string >;
	may_change: boolean;
	count: number;
	has_more: boolean;
	version: number;
}

/** Somebody whose mail goes to spam. */
export interface BlockedSender {
	id: Id;
	email: string;
	agent_name: string | null;
	blocked_at: Instant;
}

/** What is gone with a ticket that is deleted for good, counted. */
export interface Contents {
	messages: number;
	notes: number;
	files: number;
	drafts: number;
}

/** A customer who is known, or (without an id) somebody new by name and address. */
export interface NamedCustomer {
	id?: Id;
	name: string;
	email: string;
}

/** What an agent writes down: who called about what. */
export interface NewTicket {
	inbox_id: Id;
	customer: NamedCustomer;
	subject: string;
	channel: Exclude< Channel, 'form' >;
	note: string;
	assignee_id: Id | null;
}

/** What a bulk changes: properties of tickets, not what is one ticket's own. */
export type BulkChange = Omit< TicketChange, 'subject' | 'tags' | 'block_sender' | 'following' | 'customer' | 'merged_into' > & {
	add_tags?: string[];
	remove_tags?: string[];
};

/** The tickets are named in exactly one way. */
export interface NewBulk {
	tickets?: { number: number; version: number }[];
	/** All that a list with this query shows. */
	filter?: Record< string, string | undefined >;
	/** The bulk that is taken back. */
	undoes?: Id;
	changes?: BulkChange;
}

/** How far one change to many tickets is. */
export interface Bulk {
	id: Id;
	state: 'running' | 'done' | 'cancelled';
	total: number;
	done: number;
	left_out: number;
	/** The first hundred of them; `reason` is a problem's code. */
	left_out_tickets: { number: number; reason: string }[];
	/** As they are now, where all were done before the answer. */
	tickets: Ticket[];
}

/** The properties of a ticket an agent may change. */
export interface TicketChange {
	status?: Status;
	assignee_id?: Id | null;
	team_id?: Id | null;
	priority?: Priority;
	subject?: string;
	tags?: string[];
	place?: Place;
	inbox_id?: Id;
	/** Alone: out of sight until then, or in sight again. */
	snoozed_until?: Instant | null;
	/** With `place`: later mail of its sender is spam too, or, where that was said from here, no more. */
	block_sender?: boolean;
	/** Alone: whether the agent hears of answers though it is not his ticket. */
	following?: boolean;
	/** Alone: whose ticket it is. */
	customer?: NamedCustomer;
	/** Alone: its messages go into that ticket, or come back. */
	merged_into?: { number: number } | null;
}

export interface Attachment {
	id: Id;
	name: string;
	content_type: string;
	size: number;
	inline: boolean;
	content_id: string | null;
	file_token: string;
	/** Null for a kind of file that has none. */
	preview: Preview | null;
}

export type SendingState = 'held' | 'scheduled' | 'waiting' | 'sending' | 'sent' | 'failed' | 'unsure';

export type WaitReason =
	| ''
	| 'mailbox_signed_out'
	| 'provider_busy'
	| 'provider_unreachable'
	| 'send_limit'
	| 'refused'
	| 'not_certain'
	| 'said_not_sent'
	| 'too_late';

/** How far a reply's mail has come; `due_at` is when it leaves or is tried next. */
export interface Sending {
	state: SendingState;
	reason: WaitReason;
	detail: string | null;
	since: Instant | null;
	due_at: Instant | null;
}

/** Another time (null: now), or what somebody found who looked for a mail nobody was sure of. */
export type SendingChange = { send_at: Instant | null } | { outcome: 'sent' | 'not_sent' };

/** What a mailbox sent within 24 hours, in recipients, and its limit for that. */
export interface MailboxSends {
	id: Id;
	address: string;
	/** The addresses it sends as. */
	senders: string[];
	recipients: number;
	limit: number;
	provider_limit: number;
	/** What a manager chose instead of the provider's. */
	daily_limit: number | null;
	is_near: boolean;
	/** Until when everything it shall send waits. */
	paused_until: Instant | null;
}

/** An address that mail came back from for good, with what its provider said. */
export interface Suppressed {
	email: string;
	reason: string;
	since: Instant;
}

/** A reply that has not left, by its ticket. */
export interface UnsentReply {
	ticket_number: number;
	sending: Sending;
}

export interface SendingStands {
	undo_seconds: number;
	mailboxes: MailboxSends[];
}

export type BounceReason =
	| 'no_such_address'
	| 'no_such_domain'
	| 'address_closed'
	| 'mailbox_full'
	| 'too_large'
	| 'refused_as_spam'
	| 'not_authenticated'
	| 'not_allowed'
	| 'too_much_mail'
	| 'server_unreachable'
	| 'loop'
	| 'complaint'
	| 'other';

export interface Bounce {
	recipient: string;
	status: string;
	hard: boolean;
	reason: BounceReason;
}

export interface Invitation {
	method: string;
	summary: string;
	place: string;
	organizer: string;
	starts: string;
	ends: string;
	zone: string;
	starts_at: Instant | null;
	ends_at: Instant | null;
	answer: string;
	repeats: boolean;
}

export type Protection = 'smime_encrypted' | 'smime_signed' | 'pgp_encrypted' | 'pgp_signed';

export interface Particulars {
	bounces: Bounce[];
	invitation: Invitation | null;
	protection: Protection | null;
}

export interface Message {
	id: Id;
	kind: 'in' | 'out' | 'note';
	automatic: null | 'auto_reply' | 'bounce' | 'complaint' | 'list' | 'notice';
	particulars: Particulars | null;
	author: { type: string; id: Id | null; name: string; email: string };
	new_person: boolean;
	/** The provider vouched that the mail is from its author's address. */
	sender_proven: boolean;
	/** Emptied, because its writer asked for it. */
	erased?: boolean;
	to: Address[];
	cc: Address[];
	bcc?: Address[];
	forwards_id?: Id | null;
	subject: string;
	text: string;
	folded_text: string;
	html: string | null;
	folded_html: string | null;
	remote_images: number;
	/** The sender's pictures are shown without being asked for. */
	shows_images: boolean;
	direction: Direction;
	created_at: Instant;
	sent_elsewhere: boolean;
	/** It is a mail, kept as it was. */
	has_original: boolean;
	attachments: Attachment[];
	sending: null | Sending;
}

export interface TicketEvent {
	seq: number;
	at: Instant;
	kind: string;
	ticket_number: number | null;
	message_id: Id | null;
	actor: { type: 'agent' | 'customer' | 'system'; id: Id | null; name: string };
	data: Record< string, unknown >;
}

export type Counts = Record< 'open' | 'pending' | 'solved' | 'unassigned', number >;
export type AllCounts = Counts & Record< 'mine' | 'mentions' | 'snoozed' | 'outbox' | 'spam' | 'trash', number >;

export interface Inbox {
	id: Id;
	name: string;
	colour: string;
	addresses: string[];
	team_id: Id | null;
	counts: Counts;
}

export interface Agent extends Person {
	wp_user_id: number;
	role: string;
}

export interface Team extends Person {
	members: { agent_id: Id; name: string; leads: boolean }[];
}

export interface Me extends Agent {
	email: string;
	locale: string;
	can: { reply: boolean; manage: boolean; route?: boolean };
}

/** A customer as a search for him finds him. */
export interface FoundCustomer extends Person {
	addresses: { email: string }[];
}

/** What the team knows of a customer, and which version of that this is. */
export interface CustomerNote {
	text: string;
	version: number;
}

export interface Customer extends Person {
	note: CustomerNote;
	addresses: { email: string }[];
	tickets: Ticket[];
}

export interface Presence {
	ticket_number: number;
	agent: Person;
	mode: 'viewing' | 'replying';
}

export interface Hint {
	seq: number;
	ticket_number: number | null;
	kind: string;
	inbox_id: Id | null;
}

/** A mailbox that is not being read. */
export interface Trouble {
	mailbox_id: Id;
	address: string;
	state: string;
	began_at: Instant;
}

/** What somebody may do at this moment, and which inboxes he sees; null is all of them. */
export interface Rights {
	reply: boolean;
	manage: boolean;
	route: boolean;
	inbox_ids: Id[] | null;
}

export interface LiveAnswer {
	seq: number;
	rights?: Rights;
	hints: Hint[];
	counts: { inboxes: Record< Id, Counts >; teams?: Record< Id, number >; all: AllCounts };
	presence: Presence[];
	troubles?: Trouble[];
}

/** A part of a text; `hit` where it is what was looked for. */
export interface Piece {
	text: string;
	hit: boolean;
}

/** A ticket that was found, and the message that shows why; null where only properties were asked for. */
export interface Found {
	ticket: Ticket;
	subject: Piece[];
	hit: {
		message_id: Id;
		author_name: string;
		sent_at: Instant;
		direction: Direction;
		excerpt: Piece[];
	} | null;
}

export interface Page< T > {
	items: T[];
	next_cursor: string | null;
}

export type DraftKind = 'reply' | 'note';

/** A reply as it is sent, or the text of a note; what is left out is as it is by itself. */
export interface DraftContent {
	text: string;
	/** The same words with their formatting; without it they have none. */
	html?: string;
	to?: string[] | null;
	cc?: string[] | null;
	bcc?: string[] | null;
	from?: string | null;
	/** Its files: those of the ticket's next mail, on whatever screen they were added. */
	uploads?: Id[] | null;
	forwards?: Id | null;
	/** Of the message that is passed on, the files that go along; null: all. */
	files?: Id[] | null;
}

/** What another screen wrote at the same time. */
export interface OtherText {
	content: DraftContent;
	updated_at: Instant;
}

export interface SavedDraft extends OtherText {
	kind: DraftKind;
	version: Id;
	other: OtherText | null;
}

export interface DraftSave {
	content: DraftContent;
	based_on: Id | null;
	/** Milliseconds since it was typed. */
	age: number;
	other: 'keep' | 'swap';
}

export interface Recipients {
	to: Address[];
	cc: Address[];
}

/** How the next answer in a ticket is addressed. */
export interface Addressing {
	answer: Recipients;
	answer_to_all: Recipients;
	senders: string[];
	is_list: boolean;
	uninvited: string[];
	room: number;
	signature: string;
}

/** What stands below mails, with the names it may hold in braces; `values` knows none of a ticket's own. */
export interface Signature {
	text: string;
	variables: string[];
	values: Record< string, string >;
}

/** A file for a ticket's next mail, and how much of it the service has. */
export interface Upload {
	id: Id;
	name: string;
	content_type: string;
	content_id: string | null;
	size: number;
	received: number;
	/** Fetches it for ten minutes, null until it is whole. */
	file_token: string | null;
}

export interface Composition {
	kind: 'reply' | 'note';
	text: string;
	html?: string;
	to?: string[];
	cc?: string[];
	bcc?: string[];
	/** One of the addresses that the ticket's mail may come from. */
	from?: string;
	uploads?: Id[];
	/** The message that this one passes on, and which of its files; without them all. */
	forwards?: Id;
	files?: Id[];
	seen_up_to: Id | null;
	/** The version of its draft: one that was sent from another screen is refused. */
	draft?: Id;
	set_status?: Status;
	send_at?: Instant;
	/** Also to addresses that mail came back from. */
	to_suppressed?: boolean;
}
