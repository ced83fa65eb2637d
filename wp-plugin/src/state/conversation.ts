import type { InboxApi } from '../api/inbox-api';
import { toProblem, type Problem } from '../api/problem';
import type { Attachment, Customer, CustomerNote, Id, Message, Ticket, TicketEvent } from '../model';
import { createStore, type Store } from './store';

/** Less than the ten minutes of the service, for clocks that differ. */
const TOKENS_LIVE = 8 * 60_000;

export interface ConversationState {
	number: number | null;
	ticket: Ticket | null;
	/** The end of the conversation, oldest first. */
	messages: Message[];
	/** Where the messages before these begin, null where there are none. */
	older: string | null;
	/** How many messages stand open. */
	shown: number;
	events: TicketEvent[];
	customer: Customer | null;
	/** "gone": it was there, and was deleted or closed to the agent since. */
	phase: 'none' | 'loading' | 'ready' | 'failed' | 'gone';
	problem: Problem | null;
	/** The newest of them that the agent has seen; what came since and was never in view is not. */
	seen: Id | null;
	/** When the messages came; the tokens of their files live for ten minutes from then. */
	loadedAt: number;
}

/** How many messages stand open by themselves; the older ones wait behind a button. */
export const SHOWN = 5;
/** How many come with a ticket, how many a press of that button brings, and the most of one call. */
const FIRST = 20;
const MORE = 50;
const LARGEST_PAGE = 100;

const NONE: ConversationState = {
	number: null,
	ticket: null,
	messages: [],
	older: null,
	shown: SHOWN,
	events: [],
	customer: null,
	phase: 'none',
	problem: null,
	seen: null,
	loadedAt: 0,
};

export interface Conversation {
	store: Store< ConversationState >;
	open: ( number: number | null, known?: Ticket ) => Promise< void >;
	refresh: () => Promise< void >;
	/** Opens some of the messages before those that stand open. */
	showOlder: () => Promise< void >;
	/** Brings the whole conversation, without opening it. */
	loadAll: () => Promise< void >;
	/** Opens the whole conversation. */
	showAll: () => Promise< void >;
	replace: ( ticket: Ticket ) => void;
	add: ( message: Message ) => void;
	/** The agent saw the conversation up to this message. */
	saw: ( id: Id | undefined ) => void;
	/** He saw all that is here: he opened it, or began to write then. */
	sawAll: ( number: number ) => void;
	/** Shows the pictures of this message's sender, here and from now on, or holds them back again. */
	showPictures: ( message: Message, isShown: boolean ) => Promise< void >;
	/** Changes what the team knows of the customer; throws where somebody else did, with his words then at hand. */
	saveNote: ( customer: Customer, text: string ) => Promise< void >;
	/** A token for this file that still opens it. */
	fileToken: ( file: Attachment ) => Promise< string >;
}

/** Whether a message came after another; ids are numbers in the order of time, too long for JavaScript's. */
export function isNewer( id: Id, than: Id | null ): boolean {
	return than === null || BigInt( id ) > BigInt( than );
}

/** So many of the messages before a place, or those that there are, oldest first. */
async function messagesBefore( api: InboxApi, number: number, start: string | null, wanted: number ) {
	const messages: Message[] = [];
	let older = start;
	while ( messages.length < wanted ) {
		const page = await api.messages( number, Math.min( LARGEST_PAGE, wanted - messages.length ), older );
		messages.unshift( ...page.items.reverse() );
		older = page.next_cursor;
		if ( ! older ) {
			break;
		}
	}
	return { messages, older };
}

/** One opened ticket with its messages, events and customer. */
export function conversation( api: InboxApi, now: () => number = Date.now ): Conversation {
	const store = createStore( NONE );

	const markSeen = async ( number: number, messages: Message[] ): Promise< void > => {
		const last = messages[ messages.length - 1 ];
		const { unread = false, back_from_snooze: isBack, from_before: isOld } = store.get().ticket ?? {};
		// What is from before is never unread, and may hold a note that mentions somebody.
		if ( last && ( unread || isBack || isOld ) ) {
			await api.seen( number, last.id ).catch( () => undefined );
		}
	};

	const saw = ( id: Id | undefined ): void => {
		const { seen } = store.get();
		if ( id && isNewer( id, seen ) ) {
			store.set( { seen: id } );
		}
	};

	const sawAll = ( number: number ): void => {
		const { number: open, messages } = store.get();
		if ( open === number ) {
			saw( messages[ messages.length - 1 ]?.id );
		}
	};

	const load = async ( number: number ): Promise< void > => {
		const wanted = Math.max( FIRST, store.get().messages.length );
		const [ ticket, end, events ] = await Promise.all( [
			api.ticket( number ),
			messagesBefore( api, number, null, wanted ),
			api.events( number ),
		] );
		if ( store.get().number !== number ) {
			return;
		}
		const isOpening = store.get().phase === 'loading';
		store.set( { ticket, ...end, events, phase: 'ready', problem: null, loadedAt: now() } );
		if ( isOpening ) {
			// A ticket opens at its newest message.
			sawAll( number );
		}
		await markSeen( number, end.messages );
	};

	const loadOlder = async ( wanted: number ): Promise< void > => {
		const { number, older } = store.get();
		if ( number === null || older === null ) {
			return;
		}
		const part = await messagesBefore( api, number, older, wanted );
		const { messages, older: now } = store.get();
		// A refresh meanwhile may have brought them, or have begun anew.
		if ( store.get().number === number && now === older ) {
			store.set( { messages: [ ...part.messages, ...messages ], older: part.older } );
		}
	};

	const loadCustomer = async ( number: number ): Promise< void > => {
		const id = store.get().ticket?.customer.id;
		// The side panel is a help: without it the ticket can still be answered.
		const customer = id ? await api.customer( id ).catch( () => null ) : null;
		if ( store.get().number === number ) {
			store.set( { customer } );
		}
	};

	return {
		store,
		open: async ( number, known ) => {
			if ( number === null ) {
				store.set( NONE );
				return;
			}
			store.set( { ...NONE, number, ticket: known ?? null, phase: 'loading' } );
			try {
				await load( number );
				await loadCustomer( number );
			} catch ( thrown ) {
				if ( store.get().number === number ) {
					store.set( { phase: 'failed', problem: toProblem( thrown ) } );
				}
			}
		},
		refresh: async () => {
			const { number } = store.get();
			if ( number === null ) {
				return;
			}
			try {
				await load( number );
			} catch ( thrown ) {
				if ( toProblem( thrown ).status === 404 && store.get().number === number ) {
					store.set( { phase: 'gone', ticket: null, messages: [], events: [], customer: null } );
				}
				throw thrown;
			}
		},
		showOlder: async () => {
			const shown = store.get().shown + MORE;
			await loadOlder( shown - store.get().messages.length );
			store.set( { shown } );
		},
		loadAll: () => loadOlder( Infinity ),
		showAll: async () => {
			await loadOlder( Infinity );
			store.set( { shown: Infinity } );
		},
		replace: ( ticket ) => {
			if ( store.get().number === ticket.number ) {
				store.set( { ticket } );
			}
		},
		add: ( message ) => {
			const { messages } = store.get();
			const others = messages.filter( ( one ) => one.id !== message.id );
			store.set( { messages: [ ...others, message ] } );
			// Nobody wrote before it without being seen, or the service had refused it.
			saw( message.id );
		},
		saw,
		sawAll,
		showPictures: async ( { id, author }, isShown ) => {
			const { number } = store.get();
			if ( number === null ) {
				return;
			}
			await api.showPictures( number, id, isShown );
			const isMeant = ( one: Message ): boolean => one.sender_proven && one.author.email === author.email;
			const { messages } = store.get();
			store.set( { messages: messages.map( ( one ) => ( isMeant( one ) ? { ...one, shows_images: isShown } : one ) ) } );
		},
		saveNote: async ( { id, note }, text ) => {
			const show = ( newest: CustomerNote ): void => {
				const { customer } = store.get();
				if ( customer?.id === id ) {
					store.set( { customer: { ...customer, note: newest } } );
				}
			};
			try {
				show( await api.saveNote( id, note.version, text ) );
			} catch ( thrown ) {
				const { code, details } = toProblem( thrown );
				if ( code === 'note_stale' ) {
					show( details.note as CustomerNote );
				}
				throw thrown;
			}
		},
		fileToken: async ( file ) => {
			const { loadedAt, number } = store.get();
			if ( number !== null && now() - loadedAt > TOKENS_LIVE ) {
				await load( number );
			}
			const files = store.get().messages.flatMap( ( message ) => message.attachments );
			return ( files.find( ( { id } ) => id === file.id ) ?? file ).file_token;
		},
	};
}
