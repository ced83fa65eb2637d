import type { InboxApi } from '../api/inbox-api';
import { Problem, problemInWords, toProblem } from '../api/problem';
import type { Composition, DraftKind, Id, Instant, Message, Status } from '../model';
import { draftSync, type DraftSync, type SyncSurroundings } from './draft-sync';
import { isEmpty, NO_DRAFT, withContent, type Attempt, type Draft, type Drafts } from './drafts';
import { createStore, type Store } from './store';

export interface ReplyState extends Draft {
	number: number | null;
	phase: 'writing' | 'sending' | 'failed';
	problem: string | null;
	/** What others wrote while this was being written; the agent must have seen it to send. */
	unseen: Message[];
	/** How to send it all the same, where mail to somebody came back before. */
	insist: SendHow | null;
}

/** A status to give the ticket with it, and a time to send it at. */
export interface SendHow {
	setStatus?: Status;
	sendAt?: Instant;
	/** Also to addresses that mail came back from. */
	toSuppressed?: boolean;
}

export interface Reply {
	store: Store< ReplyState >;
	sync: DraftSync;
	open: ( number: number | null ) => void;
	write: ( patch: Partial< Draft > ) => void;
	send: ( seenUpTo: string | null, how?: SendHow ) => Promise< Message | null >;
}

/** What surrounds a composer; `uploads` are the files that go along. */
type Around = Pick< SyncSurroundings, 'wait' | 'onMark' > &
	Partial< Pick< SyncSurroundings, 'onSent' > > & {
		uploads?: ( html: string ) => Id[];
		/** Somebody begins to write: what stands there by then he has seen. */
		onBegin?: ( number: number ) => void;
	};

const CLOSED: ReplyState = { ...NO_DRAFT, number: null, phase: 'writing', problem: null, unseen: [], insist: null };

function compose(
	draft: Draft,
	seenUpTo: string | null,
	{ setStatus, sendAt, toSuppressed }: SendHow,
	uploads: Id[]
): Composition {
	const html = draft.html[ draft.tab ];
	const common = {
		text: draft[ draft.tab ].trim(),
		...( html ? { html } : {} ),
		seen_up_to: seenUpTo,
		...( setStatus ? { set_status: setStatus } : {} ),
	};
	if ( draft.tab === 'note' ) {
		return { kind: 'note', ...common };
	}
	return {
		kind: 'reply',
		...( draft.to ? { to: draft.to } : {} ),
		...( draft.cc ? { cc: draft.cc } : {} ),
		...( draft.bcc?.length ? { bcc: draft.bcc } : {} ),
		...( draft.from ? { from: draft.from } : {} ),
		...( draft.forwards ? { forwards: draft.forwards } : {} ),
		...( draft.forwards && draft.files ? { files: draft.files } : {} ),
		...( uploads.length ? { uploads } : {} ),
		...( sendAt ? { send_at: sendAt } : {} ),
		...( toSuppressed ? { to_suppressed: true } : {} ),
		...common,
	};
}

/** The same words to the same people, whatever has been seen and saved since. */
function isSame( a: Composition, b: Composition ): boolean {
	const essence = ( { seen_up_to: _seen, draft: _draft, ...rest }: Composition ): string =>
		JSON.stringify( rest, Object.keys( rest ).sort() );
	return essence( a ) === essence( b );
}

/**
 * What goes out now. After a failure that leaves open whether the reply arrived, the very same
 * request goes again under its key, so that the customer never gets it twice.
 */
export function nextAttempt( previous: Attempt | null, composition: Composition, newKey: () => string ): Attempt {
	return previous && isSame( previous.composition, composition ) ? previous : { key: newKey(), composition };
}

/** Files or a message that is passed on need no words. */
function isSendable( { text, forwards, uploads }: Composition ): boolean {
	return Boolean( text || forwards || uploads );
}

/** The draft without what was just sent; a draft on the other tab stays. */
function afterSending( draft: Draft ): Draft {
	const rest = withContent( draft, draft.tab, { text: '' }, null );
	return { ...rest, tab: 'reply', attempt: null, savedAt: null };
}

/** 128 random bits; `crypto.randomUUID` would need https. */
export function randomKey(): string {
	const bytes = crypto.getRandomValues( new Uint8Array( 16 ) );
	return Array.from( bytes, ( byte ) => byte.toString( 16 ).padStart( 2, '0' ) ).join( '' );
}

function draftOf( { number: _number, phase: _phase, problem: _problem, unseen: _unseen, insist: _insist, ...draft }: ReplyState ): Draft {
	return draft;
}

/** The composer's model: one draft at a time, kept in `drafts` as it is typed. */
export function replyComposer(
	api: InboxApi,
	drafts: Drafts,
	now: () => number = Date.now,
	newKey: () => string = randomKey,
	around: Around = { wait: setTimeout, onMark: () => undefined }
): Reply {
	const store = createStore< ReplyState >( CLOSED );

	/** Changes the draft of one ticket, whether it is still the one on the screen or not. */
	const keep = ( number: number, change: ( draft: Draft ) => Draft, state: Partial< ReplyState > = {} ): void => {
		if ( store.get().number === number ) {
			store.set( { ...change( draftOf( store.get() ) ), ...state } );
			drafts.write( number, draftOf( store.get() ) );
		} else {
			drafts.write( number, change( drafts.read( number ) ) );
		}
	};

	const isOpen = ( number: number ): boolean => store.get().number === number;
	const read = ( number: number ): Draft => ( isOpen( number ) ? draftOf( store.get() ) : drafts.read( number ) );
	const sync = draftSync( api, {
		onSent: () => undefined,
		...around,
		read,
		isSending: ( number ) => read( number ).attempt !== null || ( isOpen( number ) && store.get().phase === 'sending' ),
		change: ( number, change ) => keep( number, change ),
		isOpen,
		now,
	} );

	const failed = ( number: number, how: SendHow, problem: Problem ): void => {
		const unseen = problem.code === 'unseen_messages' ? ( problem.details.unseen as Message[] ) : [];
		// A refusal decides: the next try is another request. Silence does not.
		const change = ( draft: Draft ): Draft => ( problem.isUndecided ? draft : { ...draft, attempt: null } );
		keep( number, change, {
			phase: 'failed',
			unseen,
			insist: problem.code === 'address_suppressed' ? { ...how, toSuppressed: true } : null,
			problem: unseen.length ? null : problemInWords( problem ),
		} );
	};

	/** Another screen was faster: its draft is no more, and what was written here since stays. */
	const overtaken = async ( number: number, { code }: Problem, kind: DraftKind ): Promise< void > => {
		if ( code === 'draft_ended' ) {
			keep( number, ( draft ) => withContent( draft, kind, null, null ) );
		} else if ( code === 'draft_sent' ) {
			keep( number, ( draft ) => draft, { phase: 'writing', problem: null } );
			await sync.refresh( number );
		}
	};

	return {
		store,
		sync,
		open: ( number ) => {
			store.set( { ...CLOSED, ...( number === null ? {} : drafts.read( number ) ), number } );
			if ( number !== null ) {
				void sync.open( number );
			}
		},
		write: ( patch ) => {
			const { number } = store.get();
			if ( number !== null ) {
				const state = { phase: 'writing' as const, problem: null, insist: null };
				const wasEmpty = isEmpty( draftOf( store.get() ) );
				keep( number, ( draft ) => ( { ...draft, ...patch, savedAt: now() } ), state );
				sync.changed( number );
				if ( wasEmpty && ! isEmpty( draftOf( store.get() ) ) ) {
					around.onBegin?.( number );
				}
			}
		},
		send: async ( seenUpTo, how = {} ) => {
			const { number, phase, attempt: previous, tab } = store.get();
			const draft = draftOf( store.get() );
			const composition = compose( draft, seenUpTo, how, around.uploads?.( draft.html.reply ) ?? [] );
			if ( number === null || phase === 'sending' || ! isSendable( composition ) ) {
				return null;
			}
			if ( sync.store.get().sent[ tab ] ) {
				store.set( { problem: problemInWords( new Problem( 'draft_sent', 409 ) ) } );
				return null;
			}
			keep( number, ( draft ) => draft, { phase: 'sending', problem: null, insist: null } );
			try {
				await sync.settle( number );
				// As it is once its last save has arrived: who sends a draft that was sent is stopped.
				const { version } = read( number ).synced[ tab ] ?? {};
				const attempt = nextAttempt( previous, { ...composition, ...( version ? { draft: version } : {} ) }, newKey );
				keep( number, ( draft ) => ( { ...draft, attempt } ) );
				const message = await api.send( number, attempt.composition, attempt.key );
				keep( number, afterSending, { phase: 'writing', unseen: [] } );
				sync.changed( number );
				return message;
			} catch ( thrown ) {
				const problem = toProblem( thrown );
				failed( number, how, problem );
				await overtaken( number, problem, tab );
				return null;
			}
		},
	};
}
