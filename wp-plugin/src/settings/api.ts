import { signatureOf } from '../api/inbox-api';
import type { Transport } from '../api/transport';
import type { Agent, Id, Inbox, Page, Person, Signature, SendingStands, Ticket } from '../model';
import type {
	Acknowledgement,
	Check,
	DryRunLine,
	Flow,
	FlowStart,
	Form,
	InboxDraft,
	MadeTicket,
	Mailbox,
	NoticeChosen,
	NoticeSettings,
	OAuthClient,
	ParkedMail,
	PushChannel,
	Rule,
	RuleDraft,
	ServiceAccountTest,
	ShelfOutcome,
	Team,
	TeamDraft,
	TeamUses,
	TestingMode,
} from './model';

export interface NewClient {
	client_id: string;
	client_secret: string;
	project?: string;
}

export interface NewFlow {
	oauth_client_id: Id;
	redirect_uri: string;
	mailbox_id?: Id;
	address?: string;
}

export interface NewPushChannel {
	topic: string;
	subscription?: string;
	service_account?: object;
	audience?: string;
	signer?: string;
}

interface Chosen {
	inboxes: InboxDraft[];
	depth_days: number | null;
}

export type NewMailbox = Chosen &
	( { flow_id: Id } | { kind: 'gmail'; service_account: object; address: string } );

export type MailboxChange = Partial< Chosen & Pick< Mailbox, 'labels' | 'archive_on_solve' > > & { testing_mode?: TestingMode };
export type FormChange = Partial< Pick< Form, 'name' | 'inbox_id' | 'definition' > >;

/** Every endpoint of the service that the settings use, one function each. */
export interface SettingsApi {
	mailboxes: () => Promise< Mailbox[] >;
	clients: () => Promise< OAuthClient[] >;
	saveClient: ( client: NewClient ) => Promise< OAuthClient >;
	startFlow: ( flow: NewFlow ) => Promise< FlowStart >;
	flow: ( id: Id ) => Promise< Flow >;
	addMailbox: ( mailbox: NewMailbox ) => Promise< Mailbox >;
	testServiceAccount: ( service_account: object, address: string ) => Promise< ServiceAccountTest >;
	changeMailbox: ( id: Id, change: MailboxChange ) => Promise< Mailbox >;
	disconnect: ( id: Id ) => Promise< void >;
	check: ( id: Id ) => Promise< Check[] >;
	sync: ( id: Id ) => Promise< Mailbox >;
	pushChannels: () => Promise< PushChannel[] >;
	savePushChannel: ( channel: NewPushChannel ) => Promise< PushChannel >;
	removePushChannel: ( id: Id ) => Promise< void >;
	shelf: ( id: Id, outcome: ShelfOutcome, cursor?: string ) => Promise< Page< ParkedMail > >;
	/** Gives the mails that went there. */
	moveParked: ( id: Id, receipts: Id[], outcome: ShelfOutcome ) => Promise< Id[] >;
	makeTickets: ( id: Id, receipts: Id[] ) => Promise< MadeTicket[] >;
	firstTickets: ( inbox: Id ) => Promise< Ticket[] >;
	inboxes: () => Promise< Inbox[] >;
	agents: () => Promise< Agent[] >;
	teams: () => Promise< Team[] >;
	addTeam: ( team: TeamDraft ) => Promise< Team >;
	changeTeam: ( team: Pick< Team, 'id' | 'version' >, change: TeamDraft ) => Promise< Team >;
	teamUses: ( id: Id ) => Promise< TeamUses >;
	removeTeam: ( id: Id ) => Promise< void >;
	tags: () => Promise< Person[] >;
	sending: () => Promise< SendingStands >;
	setUndoSeconds: ( seconds: number ) => Promise< void >;
	setDailyLimit: ( mailbox: Id, limit: number | null ) => Promise< void >;
	myNotices: () => Promise< NoticeSettings >;
	chooseNotices: ( choice: NoticeChosen ) => Promise< NoticeSettings >;
	acknowledgements: () => Promise< Acknowledgement[] >;
	changeAcknowledgement: ( inbox: Id, change: Pick< Acknowledgement, 'enabled' | 'texts' > ) => Promise< Acknowledgement >;
	/** Null is the caller's own. */
	signature: ( inbox: Id | null ) => Promise< Signature >;
	saveSignature: ( inbox: Id | null, text: string ) => Promise< Signature >;
	forms: () => Promise< Form[] >;
	addForm: ( form: FormChange ) => Promise< Form >;
	changeForm: ( id: Id, change: FormChange ) => Promise< Form >;
	removeForm: ( id: Id ) => Promise< void >;
	rules: () => Promise< Rule[] >;
	addRule: ( rule: RuleDraft ) => Promise< Rule >;
	changeRule: ( id: Id, change: Partial< RuleDraft > ) => Promise< Rule >;
	removeRule: ( id: Id ) => Promise< void >;
	orderRules: ( ids: Id[] ) => Promise< void >;
	dryRun: ( rules?: RuleDraft[] ) => Promise< DryRunLine[] >;
}

/** The service's endpoints over a transport (WordPress's proxy, or a fake in tests). */
export function settingsApi( transport: Transport ): SettingsApi {
	const list = async < T >( path: string, query = {} ): Promise< T[] > =>
		( await transport< Page< T > >( { path, query: { limit: 100, ...query } } ) ).items;
	/** Short lists that come whole; they know no `limit`. */
	const all = async < T >( path: string ): Promise< T[] > =>
		( await transport< Page< T > >( { path } ) ).items;
	const send = < T >( method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown ) =>
		transport< T >( { method, path, body } );
	return {
		mailboxes: () => all( '/mailboxes' ),
		clients: () => all( '/oauth/clients' ),
		saveClient: ( client ) => send( 'POST', '/oauth/clients', client ),
		startFlow: ( flow ) => send( 'POST', '/oauth/flows', flow ),
		flow: ( id ) => transport( { path: `/oauth/flows/${ id }` } ),
		addMailbox: ( mailbox ) => send( 'POST', '/mailboxes', mailbox ),
		testServiceAccount: ( service_account, address ) =>
			send( 'POST', '/mailboxes/test', { service_account, address } ),
		changeMailbox: ( id, change ) => send( 'PATCH', `/mailboxes/${ id }`, change ),
		disconnect: ( id ) => send( 'DELETE', `/mailboxes/${ id }` ),
		check: async ( id ) => ( await send< { checks: Check[] } >( 'POST', `/mailboxes/${ id }/check`, {} ) ).checks,
		sync: ( id ) => send( 'POST', `/mailboxes/${ id }/sync`, {} ),
		pushChannels: () => all( '/push/channels' ),
		savePushChannel: ( channel ) => send( 'POST', '/push/channels', channel ),
		removePushChannel: ( id ) => send( 'DELETE', `/push/channels/${ id }` ),
		shelf: ( id, outcome, cursor ) => transport( { path: `/mailboxes/${ id }/parked`, query: cursor ? { outcome, cursor } : { outcome } } ),
		moveParked: async ( id, receipt_ids, outcome ) =>
			( await send< { receipt_ids: Id[] } >( 'PATCH', `/mailboxes/${ id }/parked`, { receipt_ids, outcome } ) ).receipt_ids,
		makeTickets: async ( id, receipt_ids ) =>
			( await send< { items: MadeTicket[] } >( 'POST', `/mailboxes/${ id }/parked/tickets`, { receipt_ids } ) ).items,
		firstTickets: ( inbox ) => list( '/tickets', { inbox, limit: 5 } ),
		inboxes: () => all( '/inboxes' ),
		agents: () => all( '/agents' ),
		teams: () => all( '/teams' ),
		addTeam: ( team ) => send( 'POST', '/teams', team ),
		changeTeam: ( { id, version }, body ) =>
			transport( { method: 'PATCH', path: `/teams/${ id }`, body, headers: { 'If-Match': `"${ version }"` } } ),
		teamUses: ( id ) => transport( { path: `/teams/${ id }/uses` } ),
		removeTeam: ( id ) => send( 'DELETE', `/teams/${ id }` ),
		tags: () => all( '/tags' ),
		sending: () => transport( { path: '/sending' } ),
		setUndoSeconds: ( undo_seconds ) => send( 'PUT', '/sending', { undo_seconds } ),
		setDailyLimit: ( id, daily_limit ) => send( 'PUT', `/sending/mailboxes/${ id }`, { daily_limit } ),
		myNotices: () => transport( { path: '/me/notices' } ),
		chooseNotices: ( choice ) => send( 'PUT', '/me/notices', choice ),
		acknowledgements: () => all( '/acknowledgements' ),
		changeAcknowledgement: ( id, change ) => send( 'PUT', `/inboxes/${ id }/acknowledgement`, change ),
		signature: ( inbox ) => transport( { path: signatureOf( inbox ) } ),
		saveSignature: ( inbox, text ) => send( 'PUT', signatureOf( inbox ), { text } ),
		forms: () => all( '/forms' ),
		addForm: ( form ) => send( 'POST', '/forms', form ),
		changeForm: ( id, change ) => send( 'PATCH', `/forms/${ id }`, change ),
		removeForm: ( id ) => send( 'DELETE', `/forms/${ id }` ),
		rules: () => all( '/routing/rules' ),
		addRule: ( rule ) => send( 'POST', '/routing/rules', rule ),
		changeRule: ( id, change ) => send( 'PATCH', `/routing/rules/${ id }`, change ),
		removeRule: ( id ) => send( 'DELETE', `/routing/rules/${ id }` ),
		orderRules: ( ids ) => send( 'PUT', '/routing/order', { ids } ),
		dryRun: async ( rules ) =>
			( await send< { items: DryRunLine[] } >( 'POST', '/routing/dry-run', rules ? { rules } : {} ) ).items,
	};
}
