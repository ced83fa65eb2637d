import { __ } from '@wordpress/i18n';
import type { InboxApi } from '../api/inbox-api';
import type { SavedRepliesApi } from '../api/saved-replies-api';
import type { Boot } from '../boot';
import type { LiveAnswer, Ticket, TicketChange } from '../model';
import { HOME, formatRoute, parseRoute, type Route } from '../route';
import { attaching, type Attaching } from './attaching';
import { ticketChanges } from './changes';
import { conversation, type Conversation } from './conversation';
import { localDrafts } from './drafts';
import { finishing, type FinishTickets } from './finishing';
import { liveNews, type Live } from './live';
import { notices, type Notices } from './notices';
import { replyComposer, type Reply } from './reply';
import { sendLimits, type SendLimits } from './send-limits';
import { isSearching, searching, type Search } from './search';
import { sends, type Sending } from './sends';
import { session, type Session } from './session';
import { createStore, type Store } from './store';
import { suppressedAddresses, type SuppressedAddresses } from './suppressed';
import { ticketList, type TicketList } from './ticket-list';
import { unsentReplies, type Unsent } from './unsent';

/** Everything on the screen and everything an agent can do with it. */
export interface Desk {
	boot: Boot;
	session: Session;
	list: TicketList;
	search: Search;
	/** The tickets on the screen: of the list, or those that were found. */
	rows: () => Ticket[];
	talk: Conversation;
	reply: Reply;
	attaching: Attaching;
	replies: SavedRepliesApi;
	blocked: { list: InboxApi[ 'blockedSenders' ]; add: InboxApi[ 'blockSender' ]; remove: InboxApi[ 'unblockSender' ] };
	signatures: { read: InboxApi[ 'signature' ]; write: InboxApi[ 'saveSignature' ] };
	notices: Notices;
	route: Store< Route >;
	live: Live;
	go: ( route: Partial< Route > ) => void;
	/** Follows the address bar. */
	follow: () => void;
	/** Somebody looks at the page again: asks for news, and for what he wrote elsewhere. */
	comeBack: () => void;
	change: ( ticket: Ticket, change: TicketChange ) => Promise< Ticket | null >;
	/** A change after which the ticket may leave the list: says so, offers to undo, goes on to the next. */
	finish: ( ticket: Ticket, change: TicketChange, words: string ) => Promise< Ticket | null >;
	/** The same for several at once, with one word and one undo. */
	finishAll: FinishTickets;
	/** The ticket for which somebody is choosing the one it goes into. */
	merging: Store< { ticket: Ticket | null } >;
	/** The tickets for which somebody is choosing a time to come back. */
	snoozing: Store< { tickets: Ticket[] } >;
	send: Sending[ 'send' ];
	sending: Sending;
	limits: SendLimits;
	suppressed: SuppressedAddresses;
	unsent: Unsent;
}

export interface Surroundings {
	location: Pick< Location, 'hash' >;
	storage: Pick< Storage, 'getItem' | 'setItem' | 'removeItem' >;
	attention: () => { isHidden: boolean; isFocused: boolean };
	now: () => number;
	wait: ( run: () => void, milliseconds: number ) => unknown;
}

/** Puts the models of the screen together; the only place where they know each other. */
export function createDesk( api: InboxApi, boot: Boot, around: Surroundings ): Desk {
	const rows = ticketList( api );
	const files = attaching( api, undefined, () => parts.reply.write( { uploads: files.ids() } ) );
	const parts = {
		session: session( api ),
		replies: api.replies,
		list: rows,
		search: searching( api, around.storage, boot.user.id ),
		talk: conversation( api, around.now ),
		notices: notices( around.wait, around.now ),
		reply: replyComposer( api, localDrafts( around.storage, boot.user.id ), around.now, undefined, {
			wait: around.wait,
			onMark: ( number, hasDraft ) => showMark( rows, number, hasDraft ),
			uploads: files.ids,
		} ),
		attaching: files,
		route: createStore< Route >( HOME ),
	};
	const { list, talk, reply, route } = parts;
	const change = ticketChanges( api, {
		agents: () => parts.session.store.get().agents,
		show: ( ticket ) => {
			list.replace( ticket );
			parts.search.replace( ticket );
			talk.replace( ticket );
		},
		warn: parts.notices.warn,
	} );
	const go = ( to: Partial< Route > ): void => {
		if ( to.view ) {
			parts.search.clear();
		}
		around.location.hash = formatRoute( { ...route.get(), ...to } );
	};
	const limits = sendLimits( api, around.now );
	const sending = sends( api, { ...parts, go, boot } );
	const finishAll = finishing( {
		...parts,
		change,
		go,
		rows: () => shownRows( parts ),
		me: () => parts.session.store.get().me?.id ?? null,
		refresh: () => Promise.all( [ list.refresh(), talk.refresh() ] ),
	} );
	const live = liveNews( api, liveSurroundings( parts, around ) );
	return {
		boot,
		blocked: { list: api.blockedSenders, add: api.blockSender, remove: api.unblockSender },
		signatures: { read: api.signature, write: api.saveSignature },
		limits,
		suppressed: suppressedAddresses( api ),
		unsent: unsentReplies( api ),
		...parts,
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
			follow( parts, live, parseRoute( around.location.hash ), boot.canReply );
			void limits.refresh();
		},
		finish: async ( ticket, wanted, words ) => ( await finishAll( [ ticket ], wanted, words ) )[ 0 ] ?? null,
		finishAll,
		send: sending.send,
		merging: createStore< { ticket: Ticket | null } >( { ticket: null } ),
		snoozing: createStore< { tickets: Ticket[] } >( { tickets: [] } ),
		sending,
	};
}

type Parts = Pick< Desk, 'session' | 'list' | 'search' | 'talk' | 'notices' | 'reply' | 'attaching' | 'route' >;

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

/** A ticket that was read is no longer set in bold; the next page of the list would say so too. */
function showRead( list: TicketList, number: number | null ): void {
	const row = list.store.get().rows.find( ( one ) => one.number === number );
	if ( row?.unread ) {
		list.replace( { ...row, unread: false } );
	}
}

function follow( parts: Parts, live: Live, to: Route, canReply: boolean ): void {
	const { list, talk, reply, attaching: files, route } = parts;
	const before = route.get();
	route.set( to );
	if ( ! list.store.get().where || before.view !== to.view || before.inbox !== to.inbox ) {
		void list.show( { view: to.view, inbox: to.inbox } );
	}
	if ( talk.store.get().number !== to.ticket ) {
		const row = shownRows( parts ).find( ( { number } ) => number === to.ticket );
		reply.open( canReply ? to.ticket : null );
		void files.open( canReply ? to.ticket : null );
		void talk.open( to.ticket, row ).then( () => showRead( list, to.ticket ) );
		live.nudge();
	}
}

function liveSurroundings( { session: who, list, talk, reply, route }: Parts, around: Surroundings ) {
	const reloadAll = (): void => void Promise.allSettled( [ who.start(), list.refresh(), talk.refresh() ] );
	return {
		attention: around.attention,
		viewing: () => {
			const number = route.get().ticket;
			const { reply: text, savedAt } = reply.store.get();
			const isReplying = text.trim() !== '' && savedAt !== null && around.now() - savedAt < 60_000;
			return { number, mode: number === null ? null : isReplying ? ( 'replying' as const ) : ( 'viewing' as const ) };
		},
		onAnswer: ( answer: LiveAnswer ) => {
			who.apply( answer );
			if ( ! who.store.get().me ) {
				void who.start();
			}
			const { number } = talk.store.get();
			const isHere = answer.hints.some( ( hint ) => hint.ticket_number === number );
			const asked = [
				answer.hints.length ? list.refresh() : null,
				isHere ? talk.refresh() : null,
			];
			// A part that could not be read now is read with the next hint, or by hand.
			void Promise.allSettled( asked ).then( () => isHere && showRead( list, number ) );
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
