import { Problem } from '../../src/api/problem';
import type { CustomerCards } from '../../src/api/customers-api';
import type { Original } from '../../src/api/files-api';
import type { Call, Transport } from '../../src/api/transport';
import type {
	Addressing,
	AllCounts,
	BlockedSender,
	Bulk,
	Composition,
	Customer,
	CustomerNote,
	DraftSave,
	Inbox,
	LiveAnswer,
	MailboxSends,
	Me,
	Message,
	NewBulk,
	NewTicket,
	SavedDraft,
	SavedView,
	Sending,
	Suppressed,
	Team,
	Ticket,
	TicketChange,
	TicketEvent,
	UnsentReply,
	Upload,
} from '../../src/model';
import type { Preview } from '../../src/preview';
import { message } from './samples';

export type FakeDraft = SavedDraft & { number: number };

const PAGE = 3;
const NOON = '2026-11-21T12:00:00.000Z';

const COUNTS: AllCounts = { open: 2, pending: 1, solved: 0, unassigned: 1, mine: 1, mentions: 0, snoozed: 0, outbox: 0, spam: 4, trash: 0 };

/** The service in memory, as api.md describes it, with a log of what was asked and faults to order. */
export class FakeService {
	tickets: Ticket[] = [];
	blocked: BlockedSender[] = [];
	/** Tickets with an unread note that mentions the agent. */
	mentioned: number[] = [];
	views: SavedView[] = [];
	private removedViews: SavedView[] = [];
	messages = new Map< number, Message[] >();
	events = new Map< number, TicketEvent[] >();
	me: Me = {
		id: '1',
		wp_user_id: 5,
		name: 'Maya',
		role: 'agent',
		email: 'maya@desk.example',
		locale: 'en_US',
		can: { reply: true, manage: false },
	};
	agents = [ this.me, { id: '2', wp_user_id: 6, name: 'Omar', role: 'agent' } ];
	teams: Team[] = [];
	inboxes: Inbox[] = [
		{ id: '101', name: 'Support', colour: '#3858e9', addresses: [], team_id: null, counts: COUNTS },
	];
	drafts: FakeDraft[] = [];
	now: () => number = Date.now;
	private versions = 0;
	private sentDrafts = new Set< string >();
	uploads: Upload[] = [];
	original: Original | null = null;
	note: CustomerNote = { text: '', version: 1 };
	cards: CustomerCards = { user: null, cards: [] };
	/** What is told of a preview, one answer after another. */
	previews: Preview[] = [];
	room = 25 * 1024 * 1024;
	isList = false;
	private signatures = new Map< string, string >();
	private begun = 0;
	live: Partial< LiveAnswer > = {};
	suppressed: Suppressed[] = [];
	unsent: UnsentReply[] = [];
	/** How near the mailboxes are to their limits. */
	limits: MailboxSends[] = [];
	calls: Call[] = [];
	/** Failures for the next calls whose `METHOD path` starts with the key, taken one by one. */
	faults: [ string, Problem ][] = [];
	/** Nothing is answered before this, as on a slow line. */
	until: Promise< unknown > | null = null;
	/** Answers that arrive and are lost on the way back. */
	loseAnswersTo: string | null = null;
	trashDays: number | null = null;
	bulks = new Map< string, Bulk >();
	/** The tickets as they were before each bulk. */
	private undone = new Map< string, Ticket[] >();
	private sent = new Map< string, Message >();

	readonly transport: Transport = async < T >( call: Call ): Promise< T > => {
		this.calls.push( call );
		await this.until;
		const name = `${ call.method ?? 'GET' } ${ call.path }`;
		const fault = this.faults.findIndex( ( [ start ] ) => name.startsWith( start ) );
		if ( fault >= 0 ) {
			throw this.faults.splice( fault, 1 )[ 0 ]![ 1 ];
		}
		const answer = structuredClone( this.answer( call, name ) );
		if ( this.loseAnswersTo && name.startsWith( this.loseAnswersTo ) ) {
			this.loseAnswersTo = null;
			throw new Problem( 'fetch_error', 0 );
		}
		return answer as T;
	};

	called( start: string ): Call[] {
		return this.calls.filter( ( { method = 'GET', path } ) => `${ method } ${ path }`.startsWith( start ) );
	}

	find( number: number ): Ticket {
		const found = this.tickets.find( ( one ) => one.number === number );
		if ( ! found ) {
			throw new Problem( 'ticket_not_found', 404 );
		}
		return found;
	}

	private answer( call: Call, name: string ): unknown {
		const number = Number( name.match( /\/tickets\/(\d+)/ )?.[ 1 ] );
		const fixed: Record< string, unknown > = {
			'GET /me': this.me,
			'GET /inboxes': { items: this.inboxes, counts: COUNTS },
			'GET /agents': { items: this.agents, next_cursor: null },
			'GET /tags': { items: [ { id: '1', name: 'refund' } ], next_cursor: null },
			'GET /teams': { items: this.teams, next_cursor: null },
			'GET /suppressed-addresses': { items: this.suppressed.filter( ( { email } ) => String( call.query?.emails ).includes( email ) ) },
			'GET /sending/unsent': { items: this.unsent },
			'GET /sending': { undo_seconds: 10, mailboxes: this.limits },
		};
		if ( name in fixed ) {
			return fixed[ name ];
		}
		if ( call.path.endsWith( '/signature' ) ) {
			return this.signature( call );
		}
		if ( name.endsWith( '/cards' ) ) {
			return this.cards;
		}
		if ( name.endsWith( '/note' ) ) {
			return this.writeNote( call );
		}
		if ( name.endsWith( '/preview' ) ) {
			return this.previews.shift();
		}
		if ( name.endsWith( '/original' ) ) {
			return this.original;
		}
		if ( name.endsWith( '/sender/pictures' ) ) {
			return null;
		}
		if ( name.endsWith( '/sending' ) ) {
			return this.changeSending( number, call );
		}
		switch ( name.replace( /\d+/, 'N' ) ) {
			case 'GET /tickets':
				return this.list( call.query ?? {} );
			case 'GET /search':
				return this.search( call.query ?? {} );
			case 'GET /tickets/N':
				return this.find( number );
			case 'PATCH /tickets/N':
				return this.change( this.find( number ), call );
			case 'PUT /tickets/N/snooze':
			case 'DELETE /tickets/N/snooze': {
				const { until = null } = ( call.body ?? {} ) as { until?: string };
				return this.change( this.find( number ), { ...call, body: { snoozed_until: until } } );
			}
			case 'PUT /tickets/N/merge':
			case 'DELETE /tickets/N/merge': {
				const { into } = ( call.body ?? {} ) as { into?: number };
				return this.change( this.find( number ), { ...call, body: { merged_into: into ? { number: this.find( into ).number } : null } } );
			}
			case 'PUT /tickets/N/following':
			case 'DELETE /tickets/N/following': {
				const { id, name } = this.me;
				return Object.assign( this.find( number ), { followers: call.method === 'PUT' ? [ { id, name } ] : [] } );
			}
			case 'PUT /tickets/N/spam':
			case 'DELETE /tickets/N/spam':
				return this.markSpam( this.find( number ), call );
			case 'POST /tickets':
				return this.openTicket( call.body as NewTicket );
			case 'PUT /tickets/N/customer':
				return this.change( this.find( number ), { ...call, body: {} } );
			case 'POST /tickets/N/split':
				return this.split( this.find( number ), call );
			case 'GET /tickets/N/contents':
				return { messages: 2, notes: 1, files: 0, drafts: 0 };
			case 'DELETE /tickets/N':
				this.tickets = this.tickets.filter( ( one ) => one.number !== number );
				return null;
			case 'GET /trash':
				return { empty_after_days: this.trashDays };
			case 'PUT /trash':
				this.trashDays = ( call.body as { empty_after_days: number | null } ).empty_after_days;
				return null;
			case 'POST /bulk':
				return this.startBulk( call.body as NewBulk );
			case 'GET /bulk/N':
				return this.bulks.get( call.path.replace( '/bulk/', '' ) );
			case 'GET /blocked-senders':
				return { items: this.blocked, next_cursor: null };
			case 'POST /blocked-senders':
				this.blocked.push( { id: '77', agent_name: 'Maya', blocked_at: NOON, email: ( call.body as { email: string } ).email } );
				return null;
			case 'DELETE /blocked-senders/N':
				this.blocked = this.blocked.filter( ( { id } ) => ! name.endsWith( `/${ id }` ) );
				return null;
			case 'GET /tickets/N/messages':
				return this.conversation( number, call.query ?? {} );
			case 'GET /tickets/N/events':
				return { items: this.events.get( number ) ?? [] };
			case 'POST /tickets/N/messages':
				return this.write( number, call );
			case 'GET /tickets/N/drafts':
				return { items: this.drafts.filter( ( one ) => one.number === number ), next_cursor: null };
			case 'PUT /tickets/N/drafts/reply':
			case 'PUT /tickets/N/drafts/note':
				return { draft: this.saveDraft( number, call ) };
			case 'DELETE /tickets/N/drafts/reply/other':
				return null;
			case 'GET /tickets/N/addressing':
				return this.addressing( this.find( number ) );
			case 'GET /tickets/N/uploads':
				return { items: this.uploads };
			case 'POST /tickets/N/uploads':
				return this.begin( call );
			case 'PUT /uploads/N/content':
				return this.putPiece( call );
			case 'DELETE /uploads/N':
				this.uploads = this.uploads.filter( ( { id } ) => ! name.endsWith( `/${ id }` ) );
				return null;
			case 'DELETE /tickets/N/seen':
				this.find( number ).unread = true;
				return null;
			case 'GET /saved-views':
				return { items: this.views, next_cursor: null };
			case 'POST /saved-views':
				return this.saveView( call.body as SavedView );
			case 'PATCH /saved-views/N':
			case 'DELETE /saved-views/N':
				return this.changeView( call );
			case 'PUT /saved-views/order': {
				const { ids } = call.body as { ids: string[] };
				this.views.sort( ( a, b ) => ids.indexOf( a.id ) - ids.indexOf( b.id ) );
				return null;
			}
			case 'GET /customers':
				return { items: [ { id: '7', name: 'Omar Haddad', addresses: [ { email: 'omar@customer.example' } ] } ], next_cursor: null };
			case 'PUT /tickets/N/seen':
				this.find( number ).unread = false;
				return null;
			case 'POST /live':
				return { seq: 1, hints: [], counts: { inboxes: {}, all: COUNTS }, presence: [], ...this.live };
		}
		return this.customer( call.path.replace( '/customers/', '' ) );
	}

	private openTicket( { subject, channel, inbox_id, customer }: NewTicket ): Ticket {
		const made = { ...structuredClone( this.tickets[ 0 ]! ), number: 91, id: '91', version: 1, subject, channel, inbox_id };
		this.tickets.push( { ...made, customer: { id: '91', ...customer } } );
		return made;
	}

	private split( one: Ticket, { body, headers }: Call ): Ticket {
		const { message_ids: ids, subject } = body as { message_ids: string[]; subject: string };
		const all = this.messages.get( one.number ) ?? [];
		this.change( one, { path: '', headers, body: { message_count: all.length - ids.length } } );
		const made = { ...structuredClone( one ), number: 90, id: '90', version: 1, subject: subject || 'Its first message', message_count: ids.length };
		this.tickets.push( made );
		this.messages.set( 90, all.filter( ( { id } ) => ids.includes( id ) ) );
		this.messages.set( one.number, all.filter( ( { id } ) => ! ids.includes( id ) ) );
		return made;
	}

	/** Done at once, whatever the number; what was changed since it was chosen is left out. */
	private startBulk( { tickets, filter, undoes, changes }: NewBulk ): Bulk {
		const before = new Map( ( undoes ? this.undone.get( undoes ) : [] )?.map( ( one ) => [ one.number, one ] ) );
		const chosen = tickets ?? ( filter ? this.fitting( filter ) : [ ...before.values() ].map( ( one ) => ( { number: one.number, version: one.version + 1 } ) ) );
		const bulk: Bulk = { id: String( 300 + this.bulks.size ), state: 'done', total: chosen.length, done: 0, left_out: 0, left_out_tickets: [], tickets: [] };
		const kept: Ticket[] = [];
		for ( const { number, version } of chosen ) {
			const one = this.find( number );
			if ( one.version !== version ) {
				bulk.left_out_tickets.push( { number, reason: 'stale' } );
				continue;
			}
			kept.push( structuredClone( one ) );
			const back = before.get( number );
			const change: TicketChange = changes ?? { status: back?.status, place: back?.place, snoozed_until: back?.snoozed_until };
			this.change( one, { path: '', body: change, headers: { 'If-Match': `"${ version }"` } } );
		}
		bulk.done = kept.length;
		bulk.left_out = bulk.left_out_tickets.length;
		bulk.tickets = chosen.map( ( { number } ) => structuredClone( this.find( number ) ) );
		this.bulks.set( bulk.id, bulk );
		this.undone.set( bulk.id, kept );
		return bulk;
	}

	private saveView( { name, shared, filter }: SavedView ): SavedView {
		const id = String( 500 + this.views.length + this.removedViews.length );
		const view = { id, name, shared, filter, may_change: true, count: 1, has_more: false, version: 1 };
		this.views.push( view );
		return view;
	}

	private changeView( { method, path, body, headers }: Call ): SavedView | null {
		const all = [ ...this.views, ...this.removedViews ];
		const view = all.find( ( { id } ) => path.endsWith( `/${ id }` ) );
		if ( ! view ) {
			throw new Problem( 'view_not_found', 404 );
		}
		this.views = this.views.filter( ( one ) => one !== view );
		if ( method === 'DELETE' ) {
			this.removedViews.push( view );
			return null;
		}
		if ( headers?.[ 'If-Match' ] !== `"${ view.version }"` ) {
			throw new Problem( 'stale', 412, {} );
		}
		const { removed: _removed, ...values } = body as Partial< SavedView > & { removed?: false };
		this.views.push( Object.assign( view, values, { version: view.version + 1 } ) );
		return view;
	}

	private signature( { path, body }: Call ) {
		if ( body ) {
			this.signatures.set( path, ( body as { text: string } ).text );
		}
		return { text: this.signatures.get( path ) ?? '', variables: [ 'agent.name' ], values: { 'agent.name': 'Maya' } };
	}

	private addressing( { customer }: Ticket ): Addressing {
		const { name, email } = customer;
		const rita = { name: 'Rita', email: 'rita@example.org' };
		return {
			answer: { to: [ { name, email } ], cc: [] },
			answer_to_all: { to: [ { name, email } ], cc: [ rita ] },
			senders: [ 'support@shop.example', 'billing@shop.example' ],
			is_list: this.isList,
			uninvited: [],
			room: this.room,
			signature: '',
		};
	}

	private begin( { body }: Call ): Upload {
		const { name, size, inline } = body as Upload & { inline?: boolean };
		const total = this.uploads.reduce( ( sum, one ) => sum + one.size, size );
		if ( total > this.room ) {
			throw new Problem( 'attachments_too_large', 422, { size, total, limit: this.room } );
		}
		const id = String( 900 + ++this.begun );
		const upload = { id, name, content_type: '', content_id: inline ? `${ id }@inline` : null, size, received: 0, file_token: null };
		this.uploads.push( upload );
		return upload;
	}

	private putPiece( { path, query, bytes }: Call ): Upload {
		const upload = this.uploads.find( ( { id } ) => path.includes( `/${ id }/` ) );
		if ( ! upload ) {
			throw new Problem( 'upload_not_found', 404 );
		}
		if ( query?.offset !== upload.received ) {
			throw new Problem( 'offset_wrong', 409, { received: upload.received } );
		}
		upload.received += bytes?.size ?? 0;
		upload.file_token = upload.received < upload.size ? null : `token-of-${ upload.id }`;
		return upload;
	}

	private list( query: NonNullable< Call[ 'query' ] > ) {
		const found = this.fitting( query );
		const start = Number( query.cursor ?? 0 );
		const next = start + PAGE < found.length ? String( start + PAGE ) : null;
		return { items: found.slice( start, start + PAGE ), next_cursor: next };
	}

	private fitting( query: NonNullable< Call[ 'query' ] > ): Ticket[] {
		const { status, place = 'inbox', inbox, assignee, snoozed, tag, priority, team, customer, has_attachments: has, mentioned, order } = query;
		const waits = ( one: Ticket ): string => ( order === 'waiting' && one.waiting_since ) || 'none';
		return this.tickets
			.filter( ( one ) => ! one.merged_into )
			.filter( ( one ) => one.place === place && ( ! status || one.status === status ) )
			.filter( ( one ) => ! snoozed || snoozed === String( Boolean( one.snoozed_until ) ) )
			.filter( ( one ) => ! inbox || one.inbox_id === inbox )
			.filter( ( one ) => assignee !== 'none' || ! one.assignee )
			.filter( ( one ) => assignee !== 'me' || one.assignee?.id === this.me.id )
			.filter( ( one ) => ! Number( assignee ) || one.assignee?.id === assignee )
			.filter( ( one ) => ! tag || one.tags.includes( String( tag ) ) )
			.filter( ( one ) => ! priority || one.priority === priority )
			.filter( ( one ) => ! team || one.team_id === team )
			.filter( ( one ) => ! customer || one.customer.id === customer )
			.filter( ( one ) => ! has || String( one.has_attachments ) === has )
			.filter( ( one ) => ! mentioned || this.mentioned.includes( one.number ) )
			.sort( ( a, b ) => waits( a ).localeCompare( waits( b ) ) || b.last_activity_at.localeCompare( a.last_activity_at ) );
	}

	/** Tickets of any place whose subject holds the words, a page at a time. */
	private search( { q, cursor }: NonNullable< Call[ 'query' ] > ) {
		const words = String( q ).trim();
		const found = this.tickets.filter( ( { number, subject } ) => words === `#${ number }` || subject.includes( words ) );
		const start = Number( cursor ?? 0 );
		const next = start + PAGE < found.length ? String( start + PAGE ) : null;
		const pieces = [ { text: 'Where is my ', hit: false }, { text: words, hit: true } ];
		const hit = { message_id: '9', author_name: 'Omar', sent_at: '2026-01-01T00:00:00.000Z', direction: 'ltr', excerpt: pieces };
		const items = found.slice( start, start + PAGE ).map( ( ticket ) => ( { ticket, subject: [ { text: ticket.subject, hit: false } ], hit } ) );
		return { items, next_cursor: next };
	}

	/** A part of the conversation, newest first. */
	private conversation( number: number, { limit, cursor }: NonNullable< Call[ 'query' ] > ) {
		const newest = [ ...( this.messages.get( number ) ?? [] ) ].reverse();
		const start = Number( cursor ?? 0 );
		const end = start + Number( limit );
		return { items: newest.slice( start, end ), next_cursor: end < newest.length ? String( end ) : null };
	}

	private writeNote( { body, headers }: Call ): CustomerNote {
		if ( headers?.[ 'If-Match' ] !== `"${ this.note.version }"` ) {
			throw new Problem( 'note_stale', 412, { note: this.note } );
		}
		this.note = { text: ( body as { text: string } ).text, version: this.note.version + 1 };
		return this.note;
	}

	private markSpam( one: Ticket, call: Call ): Ticket {
		const { block_sender: isBlocked = false } = ( call.body ?? {} ) as { block_sender?: boolean };
		const { email } = one.customer;
		this.blocked = this.blocked.filter( ( known ) => known.email !== email );
		if ( isBlocked ) {
			this.blocked.push( { id: '76', email, agent_name: this.me.name, blocked_at: NOON } );
		}
		return this.change( one, { ...call, body: { place: call.method === 'PUT' ? 'spam' : 'inbox' } } );
	}

	private change( one: Ticket, { body, headers }: Call ): Ticket {
		if ( headers?.[ 'If-Match' ] !== `"${ one.version }"` ) {
			throw new Problem( 'stale', 412, { ticket: structuredClone( one ) } );
		}
		const { assignee_id: id, ...rest } = body as Record< string, unknown >;
		const agent = this.agents.find( ( known ) => known.id === id );
		const assignee = id === undefined ? one.assignee : agent ? { id: agent.id, name: agent.name } : null;
		return Object.assign( one, rest, { assignee, version: one.version + 1 } );
	}

	private write( number: number, { body, headers }: Call ): Message {
		const key = headers?.[ 'Idempotency-Key' ] ?? '';
		const known = this.messages.get( number ) ?? [];
		const again = this.sent.get( key );
		if ( again ) {
			return again;
		}
		const { kind, text, seen_up_to: seen, set_status: status, send_at: later, draft } = body as Composition;
		if ( draft && this.sentDrafts.has( draft ) ) {
			throw new Problem( 'draft_sent', 409 );
		}
		const unseen = known.slice( known.findIndex( ( { id } ) => id === seen ) + 1 );
		if ( unseen.length ) {
			throw new Problem( 'unseen_messages', 412, { unseen } );
		}
		const written = message( String( 50 + this.sent.size ), {
			kind: kind === 'note' ? 'note' : 'out',
			text,
			sending: kind === 'note' ? null : this.held( later ),
		} );
		Object.assign( this.find( number ), status ? { status } : {} );
		this.messages.set( number, [ ...known, written ] );
		this.sent.set( key, written );
		const isIts = ( one: FakeDraft ): boolean => one.number === number && one.kind === kind;
		this.drafts.filter( isIts ).forEach( ( { version } ) => this.sentDrafts.add( version ) );
		this.drafts = this.drafts.filter( ( one ) => ! isIts( one ) );
		return written;
	}

	/** Ten seconds to take it back, or until the time that was chosen. */
	private held( later?: string ): Sending {
		const due_at = later ?? new Date( this.now() + 10_000 ).toISOString();
		const state = later ? 'scheduled' : 'held';
		return { state, reason: '', detail: '', since: null, due_at };
	}

	private changeSending( number: number, { method, path, body }: Call ): null {
		const known = this.messages.get( number ) ?? [];
		const found = known.find( ( { id } ) => path.includes( `/messages/${ id }/` ) ) as Message;
		if ( method === 'DELETE' ) {
			this.messages.set( number, known.filter( ( one ) => one !== found ) );
			const content = { text: found.text, to: null, cc: null };
			const updated_at = new Date( this.now() ).toISOString();
			this.drafts.push( { number, kind: 'reply', content, updated_at, version: String( ++this.versions ), other: null } );
		} else {
			found.sending = { ...( found.sending as Sending ), state: 'waiting', ...( body as object ) };
		}
		return null;
	}

	/** As the service keeps them: the newest wins, what lost stays beside it. */
	private saveDraft( number: number, { path, body }: Call ): FakeDraft | null {
		const { content, based_on: version, age, other } = body as DraftSave;
		const kind = path.endsWith( 'note' ) ? 'note' : 'reply';
		const known = this.drafts.find( ( one ) => one.number === number && one.kind === kind );
		if ( ! known && version !== null ) {
			throw new Problem( this.sentDrafts.has( version ) ? 'draft_sent' : 'draft_ended', 409 );
		}
		this.drafts = this.drafts.filter( ( one ) => one !== known );
		const mine = { content, updated_at: new Date( this.now() - age ).toISOString() };
		if ( known && ( known.version !== version || other === 'swap' ) ) {
			const [ newest, lost ] = mine.updated_at >= known.updated_at ? [ mine, known ] : [ known, mine ];
			const kept = { content: lost.content, updated_at: lost.updated_at };
			this.drafts.push( { ...newest, number, kind, version: String( ++this.versions ), other: kept } );
		} else if ( content.text.trim() || content.forwards || content.uploads?.length ) {
			this.drafts.push( { ...mine, number, kind, version: String( ++this.versions ), other: null } );
		}
		return this.drafts.find( ( one ) => one.number === number && one.kind === kind ) ?? null;
	}

	private customer( id: string ): Customer {
		const tickets = this.tickets.filter( ( { customer } ) => customer.id === id );
		const { name, email } = tickets[ 0 ]!.customer;
		return { id, name, addresses: [ { email } ], tickets, note: this.note };
	}
}
