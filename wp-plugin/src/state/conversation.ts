import type { InboxApi } from '../api/inbox-api';
import { toProblem, type Problem } from '../api/problem';
import type { Attachment, Customer, Message, Ticket, TicketEvent } from '../model';
import { createStore, type Store } from './store';

/** Less than the ten minutes of the service, for clocks that differ. */
const TOKENS_LIVE = 8 * 60_000;

export interface ConversationState {
	number: number | null;
	ticket: Ticket | null;
	messages: Message[];
	events: TicketEvent[];
	customer: Customer | null;
	phase: 'none' | 'loading' | 'ready' | 'failed';
	problem: Problem | null;
	/** When the messages came; the tokens of their files live for ten minutes from then. */
	loadedAt: number;
}

const NONE: ConversationState = {
	number: null,
	ticket: null,
	messages: [],
	events: [],
	customer: null,
	phase: 'none',
	problem: null,
	loadedAt: 0,
};

export interface Conversation {
	store: Store< ConversationState >;
	open: ( number: number | null, known?: Ticket ) => Promise< void >;
	refresh: () => Promise< void >;
	replace: ( ticket: Ticket ) => void;
	add: ( message: Message ) => void;
	/** Shows the pictures of this message's sender, here and from now on, or holds them back again. */
	showPictures: ( message: Message, isShown: boolean ) => Promise< void >;
	/** A token for this file that still opens it. */
	fileToken: ( file: Attachment ) => Promise< string >;
}

/** One opened ticket with its messages, events and customer. */
export function conversation( api: InboxApi, now: () => number = Date.now ): Conversation {
	const store = createStore( NONE );

	const markSeen = async ( number: number, messages: Message[] ): Promise< void > => {
		const last = messages[ messages.length - 1 ];
		if ( last && store.get().ticket?.unread ) {
			await api.seen( number, last.id ).catch( () => undefined );
		}
	};

	const load = async ( number: number ): Promise< void > => {
		const [ ticket, messages, events ] = await Promise.all( [
			api.ticket( number ),
			api.messages( number ),
			api.events( number ),
		] );
		if ( store.get().number !== number ) {
			return;
		}
		store.set( { ticket, messages, events, phase: 'ready', problem: null, loadedAt: now() } );
		await markSeen( number, messages );
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
			if ( number !== null ) {
				await load( number );
			}
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
		},
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
