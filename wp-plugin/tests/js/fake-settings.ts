import { Problem } from '../../src/api/problem';
import type { Call, Transport } from '../../src/api/transport';
import type { SettingsBrowser, ConsentWord } from '../../src/settings/browser';
import type {
	Acknowledgement,
	Check,
	DryRunLine,
	Flow,
	Form,
	FormField,
	InboxDraft,
	Mailbox,
	NoticeSettings,
	OAuthClient,
	ParkedMail,
	PushChannel,
	Rule,
	ShelfOutcome,
	Team,
	TeamUses,
} from '../../src/settings/model';
import type { SendingStands } from '../../src/model';
import { ticket } from './samples';

const field = ( name: string, type: FormField[ 'type' ], en: string, ar: string, required = true ): FormField => ( {
	name,
	type,
	label: { en, ar },
	required,
	max: 200,
} );

export const mailbox = ( id: string, more: Partial< Mailbox > = {} ): Mailbox => ( {
	id,
	address: 'support@shop.example',
	kind: 'gmail',
	state: 'healthy',
	reason: null,
	since: '2026-11-21T20:00:00.000Z',
	cursor_age_s: 4,
	backfill: { state: 'done', done: 40, total: 40, per_minute: null, seconds_left: null },
	inboxes: [ { id: '101', name: 'Support', address: 'support@shop.example' } ],
	depth_days: 90,
	oauth_client_id: '5',
	testing_mode: null,
	consent_ends_at: null,
	first_messages: 40,
	parked: 0,
	look: null,
	comparison: null,
	labels: [ 'INBOX', 'SENT' ],
	archive_on_solve: false,
	units_per_minute: 4800,
	push: { state: 'off', reason: '', until: null, heard_at: null, channel_id: null },
	...more,
} );

export const pushChannel = ( more: Partial< PushChannel > = {} ): PushChannel => ( {
	id: '61',
	project: 'shop',
	topic: 'projects/shop/topics/unified-inbox',
	pulls: true,
	subscription: 'projects/shop/subscriptions/unified-inbox',
	audience: '',
	signer: '',
	reason: '',
	since: '2026-11-20T20:00:00.000Z',
	mailboxes: 1,
	...more,
} );

export const parkedMail = ( id: string, more: Partial< ParkedMail > = {} ): ParkedMail => ( {
	id,
	reason: 'automatic reply that belongs to no ticket',
	received_at: '2026-11-21T20:00:00.000Z',
	size: 900,
	is_readable: true,
	sender_name: 'Omar',
	sender_email: 'omar@example.net',
	subject: `Away ${ id }`,
	direction: 'ltr',
	preview: 'I am away.',
	...more,
} );

export const rule = ( id: string, more: Partial< Rule > = {} ): Rule => ( {
	id,
	name: `Rule ${ id }`,
	enabled: true,
	conditions: { words: [ 'invoice' ] },
	team_id: '31',
	assignee_id: null,
	adds_tags: [],
	...more,
} );

export const team = ( id: string, more: Partial< Team > = {} ): Team => ( {
	id,
	name: 'Accounting',
	version: 1,
	members: [ { agent_id: '2', name: 'Omar', leads: true } ],
	...more,
} );

export const form = ( id: string, more: Partial< Form > = {} ): Form => ( {
	id,
	name: 'Contact us',
	inbox_id: '101',
	version: 1,
	definition: {
		fields: [
			field( 'name', 'text', 'Your name', 'اسمك' ),
			field( 'email', 'email', 'Your e-mail address', 'بريدك الإلكتروني' ),
			field( 'subject', 'text', 'What is it about?', 'ما الموضوع؟' ),
			field( 'message', 'textarea', 'Your message', 'رسالتك' ),
			field( 'file', 'file', 'A file, if it helps', 'ملف إن أفاد', false ),
			field( 'consent', 'consent', 'You may use this to answer me.', 'يمكنكم استخدام هذا للرد عليّ.' ),
		],
		confirm: {},
	},
	...more,
} );

export const acknowledgement = ( inbox_id: string ): Acknowledgement => ( {
	inbox_id,
	name: 'Support',
	enabled: false,
	texts: {
		en: { subject: 'We have your message', text: 'Hello {customer.name}' },
		ar: { subject: 'وصلتنا رسالتك', text: 'مرحبًا {customer.name}' },
		tl: { subject: 'Natanggap namin', text: 'Kumusta {customer.name}' },
	},
	variables: [ 'customer.name', 'ticket.reference' ],
} );

const AGENTS = [ { id: '1', name: 'Maya', role: 'agent' }, { id: '2', name: 'Omar', role: 'lead' } ];

/** The settings' side of the service in memory, with a log of what was asked and faults to order. */
export class FakeSettings {
	mailboxes: Mailbox[] = [];
	pushChannels: PushChannel[] = [];
	clients: OAuthClient[] = [];
	forms: Form[] = [ form( '201' ) ];
	rules: Rule[] = [];
	teams: Team[] = [ team( '31' ) ];
	uses: TeamUses = { tickets: 0, rules: 0, saved_replies: 0 };
	checks: Check[] = [];
	shelf: Record< ShelfOutcome, ParkedMail[] > = { parked: [], discarded: [] };
	lines: DryRunLine[] = [];
	myNotices: NoticeSettings = { kinds: [ 'assigned', 'mentioned', 'answered' ], with_text: true, email: 'maya@desk.example', bounce: '' };
	acknowledgements: Acknowledgement[] = [ acknowledgement( '101' ) ];
	inboxes = [
		{ id: '101', name: 'Support', colour: '#3858e9', addresses: [], team_id: null },
		{ id: '102', name: 'Billing', colour: '#008a20', addresses: [], team_id: null },
	];
	/** How the consent under way stands; the owner is not back yet. */
	flow: Flow = { flow_id: '77', state: 'waiting', identity: null, checks: [], problem: null, mailbox_id: null };
	sending: SendingStands = { undo_seconds: 10, mailboxes: [] };
	/** By path. */
	signatures = new Map< string, string >();
	/** Answers of parts that have a fake of their own, by `METHOD path` with N for numbers. */
	others: Record< string, ( call: Call ) => unknown > = {};
	calls: Call[] = [];
	/** Failures for the next calls whose `METHOD path` starts with the key, taken one by one. */
	faults: [ string, Problem ][] = [];

	readonly transport: Transport = async < T >( call: Call ): Promise< T > => {
		this.calls.push( call );
		const name = `${ call.method ?? 'GET' } ${ call.path }`;
		const fault = this.faults.findIndex( ( [ start ] ) => name.startsWith( start ) );
		if ( fault >= 0 ) {
			throw this.faults.splice( fault, 1 )[ 0 ]![ 1 ];
		}
		return structuredClone( this.answer( name, call ) ) as T;
	};

	called( start: string ): Call[] {
		return this.calls.filter( ( { method = 'GET', path } ) => `${ method } ${ path }`.startsWith( start ) );
	}

	/** The owner comes back from Google having said yes. */
	consent( more: Partial< Flow > = {} ): void {
		const identity = { address: 'support@shop.example', aliases: [ 'billing@shop.example' ] };
		this.flow = { ...this.flow, state: 'consented', identity, ...more };
	}

	private signature( path: string, written: { text: string } | undefined ) {
		if ( written ) {
			this.signatures.set( path, written.text );
		}
		const values = { 'agent.name': 'Maya', 'inbox.name': 'Support' };
		return { text: this.signatures.get( path ) ?? '', variables: [ 'agent.name', 'customer.name' ], values };
	}

	private limit( id: string, chosen: number | null ): null {
		const found = this.sending.mailboxes.find( ( one ) => one.id === id )!;
		Object.assign( found, { daily_limit: chosen, limit: chosen ?? found.provider_limit } );
		return null;
	}

	private answer( name: string, { path, query, body: sent }: Call ): unknown {
		const body = sent as { client_id: string; inboxes: InboxDraft[]; ids: string[]; members?: Team[ 'members' ] };
		const other = this.others[ name.replace( /\d+/g, 'N' ) ];
		if ( other ) {
			return other( { path, query, body: sent } );
		}
		const lists: Record< string, unknown[] > = {
			'GET /mailboxes': this.mailboxes,
			'GET /oauth/clients': this.clients,
			'GET /push/channels': this.pushChannels,
			'GET /forms': this.forms,
			'GET /acknowledgements': this.acknowledgements,
			'GET /routing/rules': this.rules,
			'GET /inboxes': this.inboxes,
			'GET /teams': this.teams,
			'GET /agents': AGENTS,
			'GET /tags': [ { id: '9', name: 'vip' } ],
		};
		if ( lists[ name ] ) {
			return { items: lists[ name ], next_cursor: null };
		}
		if ( path.endsWith( '/signature' ) ) {
			return this.signature( path, sent as { text: string } | undefined );
		}
		const id = path.split( '/' )[ path.startsWith( '/routing' ) ? 3 : 2 ] ?? '';
		if ( name === 'GET /tickets' ) {
			return { items: query?.inbox === '101' ? [ ticket( 8 ), ticket( 7 ) ] : [], next_cursor: null };
		}
		switch ( name.replace( /\d+/g, 'N' ) ) {
			case 'POST /oauth/clients':
				return this.add( this.clients, { id: '5', kind: 'gmail', project: '', client_id: body.client_id } );
			case 'POST /oauth/flows':
				return { id: '77', authorization_url: 'https://google.example/consent', expires_at: '2026-11-21T22:00:00.000Z' };
			case 'GET /oauth/flows/N':
				return this.flow;
			case 'POST /mailboxes':
				return this.add( this.mailboxes, mailbox( '301', { ...body, inboxes: this.named( body.inboxes ) } ) );
			case 'POST /mailboxes/test':
				return { ok: this.checks.every( ( { ok } ) => ok !== false ), checks: this.checks, identity: null };
			case 'PATCH /mailboxes/N':
				return Object.assign( this.one( this.mailboxes, id ), body );
			case 'DELETE /mailboxes/N':
				this.mailboxes = this.mailboxes.filter( ( known ) => known.id !== id );
				return null;
			case 'POST /mailboxes/N/sync':
				return this.look( this.one( this.mailboxes, id ) );
			case 'GET /mailboxes/N/parked':
				return this.shelfPage( query as { outcome: ShelfOutcome; cursor?: string } );
			case 'PATCH /mailboxes/N/parked':
				return this.move( sent as { receipt_ids: string[]; outcome: ShelfOutcome } );
			case 'POST /mailboxes/N/parked/tickets':
				return this.makeTickets( ( sent as { receipt_ids: string[] } ).receipt_ids );
			case 'POST /mailboxes/N/check':
				return { checks: this.checks };
			case 'POST /push/channels':
				return this.add( this.pushChannels, pushChannel( body as Partial< PushChannel > ) );
			case 'DELETE /push/channels/N':
				this.pushChannels = [];
				return null;
			case 'POST /forms':
				return this.add( this.forms, { ...form( '202' ), ...body } );
			case 'PATCH /forms/N':
				return Object.assign( this.one( this.forms, id ), body );
			case 'DELETE /forms/N':
				this.forms = this.forms.filter( ( known ) => known.id !== id );
				return null;
			case 'POST /teams':
				return this.add( this.teams, team( '32', this.withNames( body ) ) );
			case 'PATCH /teams/N':
				return Object.assign( this.one( this.teams, id ), this.withNames( body ) );
			case 'GET /sending':
				return this.sending;
			case 'PUT /sending':
				return Object.assign( this.sending, sent );
			case 'PUT /sending/mailboxes/N':
				return this.limit( path.split( '/' )[ 3 ]!, ( sent as { daily_limit: number | null } ).daily_limit );
			case 'GET /me/notices':
				return this.myNotices;
			case 'PUT /me/notices':
				return Object.assign( this.myNotices, body );
			case 'PUT /inboxes/N/acknowledgement':
				return Object.assign( this.acknowledgements.find( ( known ) => known.inbox_id === id )!, body );
			case 'DELETE /teams/N':
				this.teams = this.teams.filter( ( known ) => known.id !== id );
				return null;
			case 'GET /teams/N/uses':
				return this.uses;
			case 'POST /routing/rules':
				return this.add( this.rules, { ...rule( String( 400 + this.rules.length ) ), ...body } );
			case 'PATCH /routing/rules/N':
				return Object.assign( this.one( this.rules, id ), body );
			case 'DELETE /routing/rules/N':
				this.rules = this.rules.filter( ( known ) => known.id !== id );
				return null;
			case 'PUT /routing/order':
				this.rules = body.ids.map( ( one ) => this.one( this.rules, one ) );
				return null;
			case 'POST /routing/dry-run':
				return { items: this.lines };
		}
		return null;
	}

	/** Somebody asked; a test says what was found. */
	private look( known: Mailbox ): Mailbox {
		known.look = { asked_at: '2026-11-21T21:00:00.000Z', answered_at: null, new: 0, known: 0, parked: 0, error: '' };
		return known;
	}

	private shelfPage( { outcome, cursor }: { outcome: ShelfOutcome; cursor?: string } ) {
		const start = Number( cursor ?? 0 );
		const items = this.shelf[ outcome ];
		return { items: items.slice( start, start + 2 ), next_cursor: items.length > start + 2 ? String( start + 2 ) : null };
	}

	private move( { receipt_ids: ids, outcome }: { receipt_ids: string[]; outcome: ShelfOutcome } ) {
		const from = outcome === 'parked' ? 'discarded' : 'parked';
		const moved = this.shelf[ from ].filter( ( { id } ) => ids.includes( id ) );
		this.shelf[ from ] = this.shelf[ from ].filter( ( { id } ) => ! ids.includes( id ) );
		this.shelf[ outcome ] = [ ...moved, ...this.shelf[ outcome ] ];
		return { receipt_ids: moved.map( ( { id } ) => id ) };
	}

	private makeTickets( ids: string[] ) {
		const made = this.shelf.parked.filter( ( { id } ) => ids.includes( id ) );
		this.shelf.parked = this.shelf.parked.filter( ( { id } ) => ! ids.includes( id ) );
		return { items: made.map( ( { id }, place ) => ( { receipt_id: id, ticket_number: 70 + place } ) ) };
	}

	private add< T >( list: T[], made: T ): T {
		list.push( made );
		return made;
	}

	private one< T extends { id: string } >( list: T[], id: string ): T {
		const found = list.find( ( known ) => known.id === id );
		if ( ! found ) {
			throw new Problem( 'not_found', 404 );
		}
		return found;
	}

	private withNames( { members, ...rest }: { members?: Team[ 'members' ] } ): Partial< Team > {
		const name = ( id: string ): string => AGENTS.find( ( agent ) => agent.id === id )!.name;
		return { ...rest, members: members?.map( ( one ) => ( { ...one, name: name( one.agent_id ) } ) ) };
	}

	private named( drafts: readonly InboxDraft[] ) {
		return drafts.map( ( { name, address }, place ) => ( { name, address, id: String( 101 + place ) } ) );
	}
}

/** A browser whose tabs, clock and other tabs a test can see and drive. */
export class FakeBrowser implements SettingsBrowser {
	copied: string[] = [];
	tabs: { url: string; isClosed: boolean }[] = [];
	said: ConsentWord[] = [];
	hasForgotten = false;
	blocksTabs = false;
	private waiting = new Map< number, () => void >();
	private ears = new Set< ( word: ConsentWord ) => void >();
	private last = 0;

	openTab = () => {
		if ( this.blocksTabs ) {
			return null;
		}
		const tab = { url: '', isClosed: false };
		this.tabs.push( tab );
		return {
			go: ( url: string ) => {
				tab.url = url;
			},
			close: () => {
				tab.isClosed = true;
			},
		};
	};

	copy = async ( text: string ): Promise< void > => {
		this.copied.push( text );
	};

	go = ( hash: string ): void => {
		window.location.hash = hash;
		window.dispatchEvent( new Event( 'hashchange' ) );
	};

	wait = ( run: () => void ): ( () => void ) => {
		const id = ++this.last;
		this.waiting.set( id, run );
		return () => void this.waiting.delete( id );
	};

	say = ( word: ConsentWord ): void => {
		this.said.push( word );
	};

	listen = ( hear: ( word: ConsentWord ) => void ) => {
		this.ears.add( hear );
		return () => void this.ears.delete( hear );
	};

	forgetReturn = (): void => {
		this.hasForgotten = true;
	};

	/** Another tab of the same person says something. */
	hear( word: ConsentWord ): void {
		this.ears.forEach( ( ear ) => ear( word ) );
	}

	/** Lets every wait that is under way come to its end. */
	pass(): void {
		const due = [ ...this.waiting.values() ];
		this.waiting.clear();
		due.forEach( ( run ) => run() );
	}
}
