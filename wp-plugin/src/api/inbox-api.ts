import type {
	Addressing,
	Agent,
	AllCounts,
	BlockedSender,
	Bulk,
	Composition,
	Contents,
	DraftKind,
	DraftSave,
	Found,
	FoundCustomer,
	Id,
	Inbox,
	LiveAnswer,
	Me,
	Message,
	NamedCustomer,
	NewBulk,
	NewTicket,
	Page,
	Person,
	SavedDraft,
	SendingChange,
	SendingStands,
	Suppressed,
	Team,
	Signature,
	Ticket,
	TicketChange,
	TicketEvent,
	UnsentReply,
	Upload,
} from '../model';
import { customersApi, type CustomersApi } from './customers-api';
import { filesApi, type FilesApi } from './files-api';
import { savedViewsApi, type SavedViewsApi } from './saved-views-api';
import { savedRepliesApi, type SavedRepliesApi } from './saved-replies-api';
import type { Call, Transport } from './transport';

/** More than this many pages of one ticket is a loop, not a conversation. */
const MAX_PAGES = 40;

export type TicketQuery = Record< string, string | undefined >;
export type ViewingMode = 'viewing' | 'replying' | null;

/** Every endpoint of the service that the screen uses, one function each. */
export interface InboxApi extends CustomersApi, FilesApi {
	savedViews: SavedViewsApi;
	customers: ( words: string ) => Promise< FoundCustomer[] >;
	unsee: ( number: number ) => Promise< void >;
	replies: SavedRepliesApi;
	me: () => Promise< Me >;
	inboxes: () => Promise< { items: Inbox[]; counts: AllCounts } >;
	agents: () => Promise< Agent[] >;
	tags: () => Promise< Person[] >;
	teams: () => Promise< Team[] >;
	tickets: ( query: TicketQuery, cursor?: string | null ) => Promise< Page< Ticket > >;
	search: ( query: TicketQuery, cursor?: string | null ) => Promise< Page< Found > >;
	ticket: ( number: number ) => Promise< Ticket >;
	change: ( ticket: Pick< Ticket, 'number' | 'version' >, change: TicketChange ) => Promise< Ticket >;
	/** A part of the conversation from its end, newest first. */
	/** Takes messages into a new ticket, and returns that. */
	split: ( ticket: Pick< Ticket, 'number' | 'version' >, messages: readonly Id[], subject: string ) => Promise< Ticket >;
	/** Opens a ticket by hand. */
	openTicket: ( ticket: NewTicket, key: string ) => Promise< Ticket >;
	contents: ( number: number ) => Promise< Contents >;
	deleteTicket: ( ticket: Pick< Ticket, 'number' | 'version' > ) => Promise< void >;
	trash: () => Promise< { empty_after_days: number | null } >;
	changeTrash: ( days: number | null ) => Promise< void >;
	startBulk: ( bulk: NewBulk, key: string ) => Promise< Bulk >;
	bulk: ( id: Id ) => Promise< Bulk >;
	cancelBulk: ( id: Id ) => Promise< Bulk >;
	messages: ( number: number, limit: number, cursor: string | null ) => Promise< Page< Message > >;
	events: ( number: number ) => Promise< TicketEvent[] >;
	send: ( number: number, composition: Composition, key: string ) => Promise< Message >;
	/** Takes a reply back that has not left. */
	withdraw: ( number: number, messageId: Id ) => Promise< void >;
	changeSending: ( number: number, messageId: Id, change: SendingChange ) => Promise< void >;
	sending: () => Promise< SendingStands >;
	/** The replies that have not left, oldest first. */
	unsent: () => Promise< UnsentReply[] >;
	/** Those of the addresses that mail came back from. */
	suppressed: ( emails: readonly string[] ) => Promise< Suppressed[] >;
	addressing: ( number: number ) => Promise< Addressing >;
	/** A signature with the variables it may hold; null is the caller's own. */
	signature: ( inbox: Id | null ) => Promise< Signature >;
	saveSignature: ( inbox: Id | null, text: string ) => Promise< void >;
	uploads: ( number: number ) => Promise< Upload[] >;
	/** An inline one is shown by the text of the mail, under the Content-ID it is given. */
	beginUpload: ( number: number, name: string, type: string, size: number, isInline?: boolean ) => Promise< Upload >;
	putPiece: ( id: Id, offset: number, piece: Blob ) => Promise< Upload >;
	removeUpload: ( id: Id ) => Promise< void >;
	seen: ( number: number, messageId: Id ) => Promise< void >;
	/** Shows the pictures of this message's sender from now on, or holds them back again. */
	showPictures: ( number: number, messageId: Id, isShown: boolean ) => Promise< void >;
	drafts: ( number: number ) => Promise< SavedDraft[] >;
	saveDraft: ( number: number, kind: DraftKind, save: DraftSave ) => Promise< { draft: SavedDraft | null } >;
	dropOtherDraft: ( number: number, kind: DraftKind ) => Promise< void >;
	blockedSenders: () => Promise< BlockedSender[] >;
	blockSender: ( email: string ) => Promise< void >;
	unblockSender: ( id: Id ) => Promise< void >;
	live: ( after: number | null, viewing: number | null, mode: ViewingMode ) => Promise< LiveAnswer >;
}

async function everyPage< T >( transport: Transport, call: Call ): Promise< T[] > {
	const items: T[] = [];
	let cursor: string | null = null;
	for ( let page = 0; page < MAX_PAGES; page++ ) {
		const answer: Page< T > = await transport( { ...call, query: { ...call.query, cursor } } );
		items.push( ...answer.items );
		cursor = answer.next_cursor ?? null;
		if ( ! cursor ) {
			break;
		}
	}
	return items;
}

/** Where a signature is read and written; null is the caller's own. */
export function signatureOf( inbox: Id | null ): string {
	return inbox === null ? '/me/signature' : `/inboxes/${ inbox }/signature`;
}

/** A ticket's properties are its own; a state that comes with data is a resource below it. */
function changeOf( path: string, change: TicketChange ): Call {
	const { snoozed_until: until, merged_into: merged, block_sender: block, following, customer } = change;
	if ( until !== undefined ) {
		return stateOf( `${ path }/snooze`, until === null ? null : { until } );
	}
	if ( following !== undefined ) {
		return { method: following ? 'PUT' : 'DELETE', path: `${ path }/following` };
	}
	if ( block !== undefined ) {
		return stateOf( `${ path }/spam`, block ? { block_sender: true } : null );
	}
	if ( customer !== undefined ) {
		return stateOf( `${ path }/customer`, named( customer ) );
	}
	if ( merged !== undefined ) {
		return stateOf( `${ path }/merge`, merged && { into: merged.number } );
	}
	return { method: 'PATCH', path, body: change };
}

/** Of a known customer the id alone: his name is the service's to say. */
function named( { id, ...person }: NamedCustomer ): Call[ 'body' ] {
	return id ? { id } : person;
}

function stateOf( path: string, body: Call[ 'body' ] | null ): Call {
	return body === null ? { method: 'DELETE', path } : { method: 'PUT', path, body };
}

/** The service's endpoints over a transport (WordPress's proxy, or a fake in tests), and the plugin's own. */
export function inboxApi( transport: Transport, plugin = transport ): InboxApi {
	const at = ( number: number, rest = '' ): string => `/tickets/${ number }${ rest }`;
	return {
		...customersApi( transport, plugin ),
		...filesApi( transport ),
		savedViews: savedViewsApi( transport ),
		customers: async ( query ) => ( await transport< Page< FoundCustomer > >( { path: '/customers', query: { query, limit: 20 } } ) ).items,
		unsee: ( number ) => transport( { method: 'DELETE', path: at( number, '/seen' ) } ),
		replies: savedRepliesApi( transport ),
		me: () => transport( { path: '/me' } ),
		inboxes: () => transport( { path: '/inboxes' } ),
		agents: () => everyPage( transport, { path: '/agents' } ),
		tags: () => everyPage( transport, { path: '/tags' } ),
		teams: () => everyPage( transport, { path: '/teams' } ),
		tickets: ( query, cursor ) => transport( { path: '/tickets', query: { ...query, cursor } } ),
		search: ( query, cursor ) => transport( { path: '/search', query: { ...query, cursor } } ),
		ticket: ( number ) => transport( { path: at( number ) } ),
		change: ( { number, version }, change ) =>
			transport( { ...changeOf( at( number ), change ), headers: { 'If-Match': `"${ version }"` } } ),
		split: ( { number, version }, message_ids, subject ) =>
			transport( {
				method: 'POST',
				path: at( number, '/split' ),
				body: { message_ids, subject },
				headers: { 'If-Match': `"${ version }"` },
			} ),
		openTicket: ( ticket, key ) =>
			transport( {
				method: 'POST',
				path: '/tickets',
				body: { ...ticket, customer: named( ticket.customer ) },
				headers: { 'Idempotency-Key': key },
			} ),
		contents: ( number ) => transport( { path: at( number, '/contents' ) } ),
		deleteTicket: ( { number, version } ) =>
			transport( { method: 'DELETE', path: at( number ), headers: { 'If-Match': `"${ version }"` } } ),
		trash: () => transport( { path: '/trash' } ),
		changeTrash: ( empty_after_days ) => transport( { method: 'PUT', path: '/trash', body: { empty_after_days } } ),
		startBulk: ( body, key ) =>
			transport( { method: 'POST', path: '/bulk', body, headers: { 'Idempotency-Key': key } } ),
		bulk: ( id ) => transport( { path: `/bulk/${ id }` } ),
		cancelBulk: ( id ) => transport( { method: 'DELETE', path: `/bulk/${ id }` } ),
		messages: ( number, limit, cursor ) =>
			transport( { path: at( number, '/messages' ), query: { order: 'newest', limit, cursor } } ),
		events: ( number ) => everyPage( transport, { path: at( number, '/events' ), query: { limit: 100 } } ),
		send: ( number, body, key ) =>
			transport( {
				method: 'POST',
				path: at( number, '/messages' ),
				body,
				headers: { 'Idempotency-Key': key },
			} ),
		withdraw: ( number, id ) => transport( { method: 'DELETE', path: at( number, `/messages/${ id }/sending` ) } ),
		changeSending: ( number, id, body ) =>
			transport( { method: 'PATCH', path: at( number, `/messages/${ id }/sending` ), body } ),
		sending: () => transport( { path: '/sending' } ),
		unsent: async () => ( await transport< { items: UnsentReply[] } >( { path: '/sending/unsent' } ) ).items,
		suppressed: async ( emails ) =>
			( await transport< { items: Suppressed[] } >( { path: '/suppressed-addresses', query: { emails: emails.join( ',' ) } } ) ).items,
		signature: ( inbox ) => transport( { path: signatureOf( inbox ) } ),
		saveSignature: ( inbox, text ) => transport( { method: 'PUT', path: signatureOf( inbox ), body: { text } } ),
		addressing: ( number ) => transport( { path: at( number, '/addressing' ) } ),
		uploads: async ( number ) => {
			const { items } = await transport< { items: Upload[] } >( { path: at( number, '/uploads' ) } );
			return items;
		},
		beginUpload: ( number, name, type, size, isInline = false ) =>
			transport( {
				method: 'POST',
				path: at( number, '/uploads' ),
				body: { name, size, ...( type ? { content_type: type } : {} ), ...( isInline ? { inline: true } : {} ) },
			} ),
		putPiece: ( id, offset, bytes ) =>
			transport( { method: 'PUT', path: `/uploads/${ id }/content`, query: { offset }, bytes } ),
		removeUpload: ( id ) => transport( { method: 'DELETE', path: `/uploads/${ id }` } ),
		seen: ( number, message_id ) =>
			transport( { method: 'PUT', path: at( number, '/seen' ), body: { message_id } } ),
		showPictures: ( number, id, isShown ) =>
			transport( { method: isShown ? 'PUT' : 'DELETE', path: at( number, `/messages/${ id }/sender/pictures` ) } ),
		drafts: ( number ) => everyPage( transport, { path: at( number, '/drafts' ) } ),
		saveDraft: ( number, kind, body ) => transport( { method: 'PUT', path: at( number, `/drafts/${ kind }` ), body } ),
		dropOtherDraft: ( number, kind ) =>
			transport( { method: 'DELETE', path: at( number, `/drafts/${ kind }/other` ) } ),
		blockedSenders: () => everyPage( transport, { path: '/blocked-senders', query: { limit: 100 } } ),
		blockSender: ( email ) => transport( { method: 'POST', path: '/blocked-senders', body: { email } } ),
		unblockSender: ( id ) => transport( { method: 'DELETE', path: `/blocked-senders/${ id }` } ),
		live: ( after, viewing, mode ) =>
			transport( { method: 'POST', path: '/live', body: { after, viewing, mode } } ),
	};
}
