import { __ } from '@wordpress/i18n';
import type { FilesApi } from '../api/files-api';
import type { InboxApi } from '../api/inbox-api';
import type { SavedRepliesApi } from '../api/saved-replies-api';
import { problemInWords, toProblem } from '../api/problem';
import type { Boot } from '../boot';
import type { LiveAnswer, Ticket, TicketChange } from '../model';
import { belongs, type Where } from '../places';
import { HOME, type Route } from '../route';
import { attaching, type Attaching } from './attaching';
import { bulkChanges, type Bulks } from './bulk';
import { ticketChanges } from './changes';
import { choosingAmong, type Choosing } from './choosing';
import { conversation, type Conversation } from './conversation';
import { localDrafts } from './drafts';
import { finishing, type FinishTickets } from './finishing';
import { liveNews, type Live } from './live';
import { navigation, type Address } from './navigation';
import { notices, type Notices } from './notices';
import { previewsOfFiles, type Previews } from './previews';
import { preferences, type Preferences } from './preferences';
import { replyComposer, type Reply } from './reply';
import { savedViews, type SavedViews } from './saved-views';
import { sendLimits, type SendLimits } from './send-limits';
import { isSearching, searching, type Search } from './search';
import { sends, type Sending } from './sends';
import { session, type Session } from './session';
import { deletingTickets, type Deleting } from './deleting';
import { openingTickets, type Opening } from './opening';
import { splitting, type SplitTicket } from './splitting';
import { createStore, type Store } from './store';
import { suppressedAddresses, type SuppressedAddresses } from './suppressed';
import { telling } from './telling';
import { ticketList, type TicketList } from './ticket-list';
import { unsentReplies, type Unsent } from './unsent';

/** Everything on the screen and everything an agent can do with it. */
export interface Desk {
	boot: Boot;
	session: Session;
	list: TicketList;
	saved: SavedViews;
	preferences: Preferences;
	customers: { find: InboxApi[ 'customers' ]; name: ( id: string ) => Promise< string > };
	search: Search;
	/** The tickets on the screen: of the list, or those that were found. */
	rows: () => Ticket[];
	/** Those of them that are ticked. */
	choice: Choosing;
	talk: Conversation;
	reply: Reply;
	/** The ticket in which somebody began to write before its field was there. */
	typing: Store< { number: number | null } >;
	attaching: Attaching;
	replies: SavedRepliesApi;
	files: FilesApi;
	cards: InboxApi[ 'cards' ];
	previews: Previews;
	blocked: { list: InboxApi[ 'blockedSenders' ]; add: InboxApi[ 'blockSender' ]; remove: InboxApi[ 'unblockSender' ] };
	signatures: { read: InboxApi[ 'signature' ]; write: InboxApi[ 'saveSignature' ] };
	notices: Notices;
	route: Store< Route >;
	live: Live;
	go: ( route: Partial< Route > ) => void;
	/** Sets a ticket in bold again, for this agent alone. */
	leaveUnread: ( ticket: Ticket ) => Promise< void >;
	/** Follows the address bar. */
	follow: () => void;
	/** Somebody looks at the page again: asks for news, and for what he wrote elsewhere. */
	comeBack: () => void;
	change: ( ticket: Ticket, change: TicketChange ) => Promise< Ticket | null >;
	/** A change after which the ticket may leave the list: says so, offers to undo, goes on to the next. */
	finish: ( ticket: Ticket, change: TicketChange, words: string ) => Promise< Ticket | null >;
	/** The same for several at once, with one word and one undo. */
	finishAll: FinishTickets;
	/** Changes to many tickets that the service is busy with. */
	bulks: Bulks;
	/** The ticket for which somebody is choosing the one it goes into. */
	merging: Store< { ticket: Ticket | null } >;
	opening: Opening;
	deleting: Deleting;
	/** The ticket for which somebody is saying whose it is. */
	giving: Store< { ticket: Ticket | null } >;
	/** The ticket of which somebody is choosing messages for another one. */
	splitting: Store< { ticket: Ticket | null } >;
	split: SplitTicket;
	/** The tickets for which somebody is choosing a time to come back. */
	snoozing: Store< { tickets: Ticket[]; where?: Where | null } >;
	send: Sending[ 'send' ];
	sending: Sending;
	limits: SendLimits;
	suppressed: SuppressedAddresses;
	unsent: Unsent;
}

export interface Surroundings {
	location: Address;
	storage: Pick< Storage, 'getItem' | 'setItem' | 'removeItem' >;
	attention: () => { isHidden: boolean; isFocused: boolean };
	now: () => number;
	wait: ( run: () => void, milliseconds: number ) => unknown;
	/** Says something on the desktop, where the browser may. */
	notify?: ( title: string, text: string, onClick: () => void ) => void;
}

/** Puts the models of the screen together; the only place where they know each other. */
export function createDesk( api: InboxApi, boot: Boot, around: Surroundings ): Desk {
	const rows = ticketList( api );
	const files = attaching( api, undefined, () => parts.reply.write( { uploads: files.ids() } ) );
	const words = notices( around.wait, around.now );
	const parts = {
		session: session( api ),
		replies: api.replies,
		list: rows,
		typing: createStore< { number: number | null } >( { number: null } ),
		saved: savedViews( api.savedViews, words, around.now ),
		search: searching( api, around.storage, boot.user.id ),
		talk: conversation( api, around.now ),
		notices: words,
		reply: replyComposer( api, localDrafts( around.storage, boot.user.id ), around.now, undefined, {
			wait: around.wait,
			onMark: ( number, hasDraft ) => showMark( rows, number, hasDraft ),
			onBegin: ( number ) => parts.talk.sawAll( number ),
			onSent: () => words.say( __( 'Sent from another window.', 'unified-inbox' ) ),
			uploads: files.ids,
		} ),
		attaching: files,
		route: createStore< Route >( HOME ),
	};
	const { list, talk, reply } = parts;
	const choice = choosingAmong( list, parts.search, () => shownRows( parts ) );
	const showing = {
		agents: () => parts.session.store.get().agents,
		show: ( ticket: Ticket ): void => {
			list.replace( ticket );
			parts.search.replace( ticket );
			talk.replace( ticket );
		},
		putBack: ( ticket: Ticket ): void => {
			const { where } = list.store.get();
			showing.show( ticket );
			if ( where && belongs( ticket, where, parts.session.store.get().me?.id ?? null ) ) {
				list.putBack( ticket );
			}
		},
	};
	const refresh = (): Promise< unknown > => Promise.all( [ list.refresh(), talk.refresh() ] );
	const { change, after } = ticketChanges( api, { ...showing, warn: parts.notices.warn } );
	const bulks = bulkChanges( api, { ...showing, notices: parts.notices, refresh, wait: around.wait } );
	const { go: goTo, follow } = navigation( parts, around.location );
	const arrive = (): void => openTicket( parts, live, follow().ticket, boot.canReply );
	const go = ( to: Partial< Route > ): void => {
		goTo( to );
		// The browser tells of a new address a moment later: a key pressed meanwhile was meant for what is there.
		arrive();
	};
	const limits = sendLimits( api, around.now );
	const chosen = preferences( around.storage, boot.user.id );
	const sending = sends( api, { ...parts, go, boot, after, goesOn: () => chosen.store.get().goesOn } );
	const finishAll = finishing( {
		...parts,
		...showing,
		change,
		bulks,
		go,
		rows: () => shownRows( parts ),
		me: () => parts.session.store.get().me?.id ?? null,
		refresh,
	} );
	const tell = telling( {
		ticket: api.ticket,
		attention: around.attention,
		isWanted: () => chosen.store.get().tells,
		me: () => parts.session.store.get().me?.id ?? null,
		go,
		show: around.notify ?? ( () => {} ),
	} );
	const live = liveNews( api, liveSurroundings( parts, around, tell ) );
	return {
		boot,
		files: api,
		cards: api.cards,
		preferences: chosen,
		leaveUnread: async ( { number } ) => {
			try {
				await api.unsee( number );
				const row = list.store.get().rows.find( ( one ) => one.number === number );
				if ( row ) {
					list.replace( { ...row, unread: true } );
				}
			} catch ( thrown ) {
				words.warn( problemInWords( toProblem( thrown ) ) );
			}
		},
		customers: {
			find: api.customers,
			name: async ( id ) => {
				const { name, addresses } = await api.customer( id );
				return name || addresses[ 0 ]?.email || id;
			},
		},
		previews: previewsOfFiles( api, talk, around.wait ),
		blocked: { list: api.blockedSenders, add: api.blockSender, remove: api.unblockSender },
		signatures: { read: api.signature, write: api.saveSignature },
		limits,
		suppressed: suppressedAddresses( api ),
		unsent: unsentReplies( api ),
		...parts,
		choice,
		rows: () => shownRows( parts ),
		live,
		go,
		change,
		comeBack: () => {
			const { number } = reply.store.get();
			live.nudge();
			if ( number !== null && boot.canReply && ! around.attention().isHidden ) {
				void reply.sync.refresh( number );
				void files.refresh();
			}
		},
		follow: () => {
			arrive();
			void limits.refresh();
		},
		finish: async ( ticket, wanted, words ) => ( await finishAll( [ ticket ], wanted, words ) )[ 0 ] ?? null,
		finishAll,
		bulks,
		send: sending.send,
		deleting: deletingTickets( api, { ...parts, go } ),
		opening: openingTickets( api, { notices: parts.notices, go } ),
		giving: createStore< { ticket: Ticket | null } >( { ticket: null } ),
		splitting: createStore< { ticket: Ticket | null } >( { ticket: null } ),
		split: splitting( api, { notices: parts.notices, go, refresh } ),
		merging: createStore< { ticket: Ticket | null } >( { ticket: null } ),
		snoozing: createStore< { tickets: Ticket[]; where?: Where | null } >( { tickets: [] } ),
		sending,
	};
}

type Parts = Pick< Desk, 'session' | 'list' | 'saved' | 'search' | 'talk' | 'notices' | 'reply' | 'attaching' | 'route' >;

function shownRows( { list, search }: Pick< Parts, 'list' | 'search' > ): Ticket[] {
	const state = search.store.get();
	return isSearching( state ) ? state.found.map( ( { ticket } ) => ticket ) : list.store.get().rows;
}

/** A ticket in which something was begun has a mark in the list, which loses it with the text. */
function showMark( list: TicketList, number: number, hasDraft: boolean ): void {
	const row = list.store.get().rows.find( ( one ) => one.number === number );
	if ( row && row.has_draft !== hasDraft ) {
		list.replace( { ...row, has_draft: hasDraft } );
	}
}

/**
 * A ticket that was read is no longer set in bold, nor said to be back where it is his who read it;
 * the next page of the list would say so too.
 */
function setRead( { list, session: who }: Pick< Parts, 'list' | 'session' >, number: number | null ): void {
	const row = list.store.get().rows.find( ( one ) => one.number === number );
	if ( row?.unread || row?.back_from_snooze ) {
		const isOthers = row.assignee !== null && row.assignee.id !== who.store.get().me?.id;
		list.replace( { ...row, unread: false, back_from_snooze: isOthers && row.back_from_snooze } );
	}
}

function openTicket( parts: Parts, live: Live, number: number | null, canReply: boolean ): void {
	const { talk, reply, attaching: files } = parts;
	if ( talk.store.get().number !== number ) {
		const row = shownRows( parts ).find( ( one ) => one.number === number );
		reply.open( canReply ? number : null );
		void files.open( canReply ? number : null );
		void talk.open( number, row ).then( () => setRead( parts, number ) );
		live.nudge();
	}
}

/** What an agent may have done on another screen of his. */
const ENDS_A_DRAFT = /^(reply_written|reply_withdrawn|note_added)$/;

function liveSurroundings( parts: Parts, around: Surroundings, tell: ReturnType< typeof telling > ) {
	const { session: who, list, saved, talk, reply, attaching: files, route } = parts;
	const reloadAll = (): void => void Promise.allSettled( [ who.start(), list.refresh(), talk.refresh() ] );
	return {
		attention: around.attention,
		viewing: () => {
			// In a tab behind others nobody looks at a ticket.
			const number = around.attention().isHidden ? null : route.get().ticket;
			const { reply: text, savedAt } = reply.store.get();
			const isReplying = text.trim() !== '' && savedAt !== null && around.now() - savedAt < 60_000;
			return { number, mode: number === null ? null : isReplying ? ( 'replying' as const ) : ( 'viewing' as const ) };
		},
		onAnswer: ( answer: LiveAnswer ) => {
			who.apply( answer );
			void tell( answer.hints );
			if ( ! who.store.get().me ) {
				void who.start();
			}
			const { number } = talk.store.get();
			const here = answer.hints.filter( ( hint ) => hint.ticket_number === number );
			// One that was deleted has no number any more: it may be the one on the screen.
			const isHere = here.length > 0 || answer.hints.some( ( { kind } ) => kind === 'ticket_deleted' );
			const asked = [
				answer.hints.length ? list.refresh() : null,
				answer.hints.length || ! saved.store.get().items ? saved.refresh() : null,
				isHere ? talk.refresh() : null,
			];
			if ( number !== null && number === reply.store.get().number && here.some( ( { kind } ) => ENDS_A_DRAFT.test( kind ) ) ) {
				asked.push( reply.sync.refresh( number ), files.refresh() );
			}
			// A part that could not be read now is read with the next hint, or by hand.
			void Promise.allSettled( asked ).then( () => isHere && setRead( parts, number ) );
		},
		onReload: reloadAll,
		onLost: ( isLost: boolean ) => {
			const { lostSince } = who.store.get();
			if ( isLost !== ( lostSince !== null ) ) {
				who.store.set( { lostSince: isLost ? around.now() : null } );
				if ( ! isLost ) {
					reloadAll();
				}
			}
		},
	};
}
