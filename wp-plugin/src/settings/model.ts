/** What the service sends about settings, as api3.md names it. */
import type { Direction, Id, Instant, Person } from '../model';

export type MailboxState = 'syncing' | 'healthy' | 'degraded' | 'reauth_needed' | 'stopped';
export type TestingMode = 'testing' | 'production' | 'internal';

/** An inbox and the address of the mailbox that feeds it. */
export interface MailboxInbox {
	id: Id;
	name: string;
	address: string;
}

export interface Mailbox {
	id: Id;
	address: string;
	kind: string;
	state: MailboxState;
	reason: string | null;
	since: Instant | null;
	cursor_age_s: number | null;
	backfill: Backfill | null;
	inboxes: MailboxInbox[];
	/** How far back mail was read; null is all of it. */
	depth_days: number | null;
	oauth_client_id: Id | null;
	/** What the owner said of the Google app, where Google says nothing. */
	testing_mode: TestingMode | null;
	consent_ends_at: Instant | null;
	first_messages: number;
	/** Mails that became no ticket; counted up to 1000. */
	parked: number;
	look: Look | null;
	comparison: Comparison | null;
	labels: string[];
	archive_on_solve: boolean;
	units_per_minute: number | null;
	push: Push;
}

/** Whether the provider tells of new mail by itself: not set up, asked to, proven, or failed for a reason. */
export interface Push {
	state: 'off' | 'asked' | 'works' | 'failed';
	reason: string;
	until: Instant | null;
	/** When the provider last told of this mailbox. */
	heard_at: Instant | null;
	channel_id: Id | null;
}

/** A project's topic at Google, and the way in which its notices come here. */
export interface PushChannel {
	id: Id;
	project: string;
	topic: string;
	/** Fetched from a subscription, or sent to the site signed for an audience. */
	pulls: boolean;
	subscription: string;
	audience: string;
	signer: string;
	/** Why nothing comes through, and since when it is as it is. */
	reason: string;
	since: Instant;
	mailboxes: number;
}

/** How far older mail is read; null is what nobody can tell. */
export interface Backfill {
	state: 'pending' | 'running' | 'done';
	done: number;
	total: number | null;
	per_minute: number | null;
	seconds_left: number | null;
}

/** What the last look that somebody asked for found; it goes on while `answered_at` is null. */
export interface Look {
	asked_at: Instant;
	answered_at: Instant | null;
	new: number;
	known: number;
	parked: number;
	error: string;
}

/** The last comparison with the provider: what it shows, and what became of it. */
export interface Comparison {
	ended_at: Instant;
	shown: number;
	accounted: number;
	missing: number;
	fetched: number;
	outcomes: Record< string, number >;
	error: string;
	is_running: boolean;
}

export type ShelfOutcome = 'parked' | 'discarded';

/** A mail that became no ticket, as far as it can be read. */
export interface ParkedMail {
	id: Id;
	reason: string;
	received_at: Instant;
	size: number;
	is_readable: boolean;
	sender_name: string;
	sender_email: string;
	subject: string;
	direction: Direction;
	preview: string;
}

export interface MadeTicket {
	receipt_id: Id;
	ticket_number: number;
}

/** One point of the self-check; `ok` is null where nobody but the owner can know. */
export interface Check {
	name: string;
	ok: boolean | null;
	words: string;
	remedy: string;
	/** What it is, for programs; empty where all is well. */
	code: string;
}

export interface Identity {
	address: string;
	aliases: string[];
}

export interface OAuthClient {
	id: Id;
	kind: string;
	client_id: string;
	project: string;
}

export interface FlowStart {
	id: Id;
	authorization_url: string;
	expires_at: Instant;
}

export type FlowState = 'waiting' | 'failed' | 'consented' | 'connected' | 'expired';

/** A consent on its way: whose account it opened, or why it opened none. */
export interface Flow {
	flow_id: Id;
	state: FlowState;
	identity: Identity | null;
	checks: Check[];
	problem: { code: string; detail: string } | null;
	/** Set when an existing mailbox was connected again by it. */
	mailbox_id: Id | null;
}

/** An inbox as somebody chooses it; with an id it is one that exists. */
export interface InboxDraft {
	id?: Id;
	name: string;
	address: string;
	colour?: string;
}

export interface ServiceAccountTest {
	ok: boolean;
	identity?: Identity | null;
	checks: Check[];
}

export type Language = 'en' | 'ar' | 'tl';
export type Words = Partial< Record< Language, string > >;
export type FieldType = 'text' | 'email' | 'textarea' | 'file' | 'consent';

export interface FormField {
	name: string;
	type: FieldType;
	label: Words;
	required: boolean;
	max: number | null;
}

export interface FormDefinition {
	fields: FormField[];
	confirm: Record< string, unknown >;
	/** Put on every ticket of the form. */
	tags?: string[];
}

export interface Form {
	id: Id;
	name: string;
	inbox_id: Id;
	version: number;
	definition: FormDefinition;
}

export interface TeamMember {
	agent_id: Id;
	name: string;
	leads: boolean;
}

export interface Team extends Person {
	/** What a change has to name, so that nobody writes over somebody else's. */
	version: number;
	members: TeamMember[];
}

export interface TeamDraft {
	name: string;
	members: Omit< TeamMember, 'name' >[];
}

/** How much names a team. */
export interface TeamUses {
	tickets: number;
	rules: number;
	/** Those that become the remover's own. */
	saved_replies: number;
}

export interface Conditions {
	form?: Id;
	inbox?: Id;
	tag?: string;
	sender_domain?: string;
	words?: string[];
}

export interface RuleDraft {
	id?: Id;
	name: string;
	enabled: boolean;
	conditions: Conditions;
	team_id: Id | null;
	assignee_id: Id | null;
	adds_tags: string[];
}

export interface Rule extends RuleDraft {
	id: Id;
}

/** What the rules would do with one of the last tickets. */
export interface DryRunLine {
	ticket_number: number;
	subject: string;
	rule_id: Id | null;
	rule_name: string | null;
	/** All rules that fit; `rule_id` is the one that says who gets the ticket. */
	rule_ids: Id[];
	tags: string[];
	team: Person | string | null;
	assignee: Person | string | null;
}

export type NoticeKind = 'opened' | 'assigned' | 'mentioned' | 'answered' | 'returned';

/** What somebody wants to hear of by mail, and whether with what was written. */
export interface NoticeChosen {
	kinds: NoticeKind[];
	with_text: boolean;
}

export interface NoticeSettings extends NoticeChosen {
	email: string;
	/** Why nothing goes to this address any more, or "". */
	bounce: string;
}

export interface AcknowledgementWords {
	subject: string;
	text: string;
}

/** What an inbox answers at once; `variables` may stand in its words, in braces. */
export interface Acknowledgement {
	inbox_id: Id;
	name: string;
	enabled: boolean;
	texts: Record< Language, AcknowledgementWords >;
	variables: string[];
}
