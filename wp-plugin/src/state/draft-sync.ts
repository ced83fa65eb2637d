import type { InboxApi } from '../api/inbox-api';
import { toProblem } from '../api/problem';
import type { DraftContent, DraftKind, OtherText, SavedDraft } from '../model';
import { contentOf, isBlank, isSaved, withContent, type Draft } from './drafts';
import { createStore, type Store } from './store';

const KINDS: DraftKind[] = [ 'reply', 'note' ];

/** So long after the last key the text goes to the service. */
export const PAUSE = 1_000;
/** So long after a failure it is tried again. */
export const RETRY = 5_000;

export interface SyncState {
	/** "local": the service could not be reached, the text is safe in this browser alone. */
	phase: 'idle' | 'saving' | 'saved' | 'local';
	/** What another screen wrote at the same time. */
	others: Partial< Record< DraftKind, OtherText > >;
	/** Which was sent from another screen while it went on here: the agent says what becomes of the rest. */
	sent: Partial< Record< DraftKind, boolean > >;
}

export interface DraftSync {
	store: Store< SyncState >;
	open: ( number: number ) => Promise< void >;
	/** Somebody came back to the ticket: takes what other screens wrote meanwhile. */
	refresh: ( number: number ) => Promise< void >;
	changed: ( number: number ) => void;
	/** Lets what is on its way to the service arrive, so that it cannot come after the sending. */
	settle: ( number: number ) => Promise< unknown >;
	take: ( number: number, kind: DraftKind ) => Promise< void >;
	drop: ( number: number, kind: DraftKind ) => Promise< void >;
	/** Keeps what was written here since another screen sent it, as a new draft, or discards it. */
	keepRest: ( number: number, kind: DraftKind, isKept: boolean ) => void;
}

export interface SyncSurroundings {
	read: ( number: number ) => Draft;
	change: ( number: number, change: ( draft: Draft ) => Draft ) => void;
	/** Whether this ticket's draft is the one on the screen. */
	isOpen: ( number: number ) => boolean;
	/** The row of the ticket in the list may show another mark now. */
	onMark: ( number: number, hasDraft: boolean ) => void;
	/** What stood here was sent from another screen. */
	onSent: ( number: number ) => void;
	/** Whether it is being sent from here, or may have been: then that decides what becomes of it. */
	isSending: ( number: number ) => boolean;
	now: () => number;
	wait: ( run: () => void, milliseconds: number ) => unknown;
}

const NOTHING: DraftContent = { text: '' };

/** What of the service's answers stands beside a text. */
interface Beside {
	other: ( number: number, kind: DraftKind, saved: SavedDraft | null ) => void;
	sent: ( number: number, kind: DraftKind, isSent: boolean ) => void;
}

/** Brings one text to the service, and takes what the service makes of it. */
function saving( api: InboxApi, around: SyncSurroundings, beside: Beside ) {
	/** Takes the service's answer to a save of `sent`; what was typed meanwhile stays. */
	const took = ( number: number, kind: DraftKind, sent: DraftContent, saved: SavedDraft | null ): void => {
		around.change( number, ( draft ) => {
			const isUntouched = isSaved( contentOf( draft, kind ), sent );
			const isOurs = saved === null || isSaved( saved.content, sent );
			if ( isOurs || isUntouched ) {
				return withContent( draft, kind, isUntouched && saved ? saved.content : null, saved );
			}
			// A newer text stands there, and here it goes on: neither may overwrite the other unseen.
			return withContent( draft, kind, null, null );
		} );
		beside.other( number, kind, saved );
	};

	/** Another screen ended the draft. What was typed here since is a new one. */
	const ended = async ( number: number, kind: DraftKind, isSent: boolean ): Promise< void > => {
		const draft = around.read( number );
		const mine = contentOf( draft, kind );
		const known = draft.synced[ kind ];
		if ( isBlank( mine ) || ( known && isSaved( mine, known.content ) ) ) {
			around.change( number, ( old ) => ( { ...withContent( old, kind, NOTHING, null ), attempt: null } ) );
			if ( isSent ) {
				around.onSent( number );
			}
			return;
		}
		around.change( number, ( old ) => withContent( old, kind, null, null ) );
		beside.sent( number, kind, isSent );
		await save( number, kind );
	};

	const save = async (
		number: number,
		kind: DraftKind,
		other: 'keep' | 'swap' = 'keep',
		isWanted = other === 'swap'
	): Promise< void > => {
		const draft = around.read( number );
		const content = contentOf( draft, kind );
		const known = draft.synced[ kind ];
		if ( known ? isSaved( content, known.content ) && ! isWanted : isBlank( content ) ) {
			return;
		}
		const age = Math.max( 0, around.now() - ( draft.savedAt ?? around.now() ) );
		try {
			const { draft: saved } = await api.saveDraft( number, kind, {
				content,
				based_on: known?.version ?? null,
				age,
				other,
			} );
			took( number, kind, content, saved );
		} catch ( thrown ) {
			const { code } = toProblem( thrown );
			if ( code !== 'draft_ended' && code !== 'draft_sent' ) {
				throw thrown;
			}
			await ended( number, kind, code === 'draft_sent' );
		}
	};
	return save;
}

/** Keeps the drafts of this browser and those of the service the same. */
export function draftSync( api: InboxApi, around: SyncSurroundings ): DraftSync {
	const store = createStore< SyncState >( { phase: 'idle', others: {}, sent: {} } );
	/** By ticket: the newest of the saves that wait for their time. */
	const waiting = new Map< number, symbol >();
	let underway: Promise< unknown > = Promise.resolve();

	const show = ( number: number, patch: Partial< SyncState > ): void => {
		if ( around.isOpen( number ) ) {
			store.set( patch );
		}
	};
	const showOther: Beside[ 'other' ] = ( number, kind, saved ) =>
		show( number, { others: { ...store.get().others, [ kind ]: saved?.other ?? undefined } } );
	const showSent: Beside[ 'sent' ] = ( number, kind, isSent ) =>
		show( number, { sent: { ...store.get().sent, [ kind ]: isSent } } );

	const save = saving( api, around, { other: showOther, sent: showSent } );

	const saveAll = async ( number: number ): Promise< void > => {
		show( number, { phase: 'saving' } );
		try {
			for ( const kind of KINDS ) {
				await save( number, kind );
			}
			show( number, { phase: 'saved' } );
			around.onMark( number, Object.keys( around.read( number ).synced ).length > 0 );
		} catch ( thrown ) {
			failed( number, thrown );
		}
	};

	const failed = ( number: number, thrown: unknown ): void => {
		const { isUndecided, status } = toProblem( thrown );
		show( number, { phase: 'local' } );
		// Whoever has logged in again may save again; a ticket that is gone stays gone.
		if ( isUndecided || status === 401 || status === 403 ) {
			later( number, RETRY );
		}
	};

	/** One save after the other: two at once would take each other for another screen. */
	const inTurn = ( run: () => Promise< void > ): Promise< void > => {
		const next = underway.then( run );
		underway = next.catch( () => undefined );
		return next;
	};

	const later = ( number: number, milliseconds: number ): void => {
		const mark = Symbol( 'save' );
		waiting.set( number, mark );
		around.wait( () => {
			if ( waiting.get( number ) === mark ) {
				waiting.delete( number );
				void inTurn( () => saveAll( number ) );
			}
		}, milliseconds );
	};

	const load = async ( number: number ): Promise< void > => {
		const known = await api.drafts( number );
		for ( const kind of KINDS ) {
			const saved = known.find( ( one ) => one.kind === kind ) ?? null;
			const draft = around.read( number );
			const before = draft.synced[ kind ];
			const mine = contentOf( draft, kind );
			showOther( number, kind, saved );
			if ( before && ! saved ) {
				// Sent or discarded on another screen: the service says which, to who would save it.
				await save( number, kind, 'keep', true );
			} else if ( before ? isSaved( mine, before.content ) : isBlank( mine ) ) {
				around.change( number, ( old ) => withContent( old, kind, saved?.content ?? null, saved ) );
			}
		}
		await saveAll( number );
	};

	const reload = ( number: number, isWanted = (): boolean => true ): Promise< void > =>
		inTurn( async () => ( isWanted() ? load( number ) : undefined ) ).catch( ( thrown ) => failed( number, thrown ) );

	return {
		store,
		open: ( number ) => {
			store.set( { phase: 'idle', others: {}, sent: {} } );
			return reload( number );
		},
		refresh: ( number ) => reload( number, () => ! around.isSending( number ) ),
		changed: ( number ) => {
			if ( store.get().phase === 'saved' ) {
				// That was said of the words before these.
				show( number, { phase: 'saving' } );
			}
			later( number, PAUSE );
		},
		settle: ( number ) => {
			// What still waits is not saved at all: the sending ends it.
			waiting.delete( number );
			return underway;
		},
		take: async ( number, kind ) => {
			const other = store.get().others[ kind ];
			if ( other ) {
				const { synced } = around.read( number );
				const known = synced[ kind ];
				around.change( number, ( draft ) => ( {
					...withContent( draft, kind, other.content, null ),
					synced,
					savedAt: around.now(),
				} ) );
				await inTurn( () => save( number, kind, known ? 'swap' : 'keep' ) ).catch( ( thrown ) =>
					failed( number, thrown )
				);
			}
		},
		drop: async ( number, kind ) => {
			show( number, { others: { ...store.get().others, [ kind ]: undefined } } );
			await api.dropOtherDraft( number, kind ).catch( () => undefined );
		},
		keepRest: ( number, kind, isKept ) => {
			showSent( number, kind, false );
			if ( ! isKept ) {
				around.change( number, ( draft ) => ( { ...withContent( draft, kind, NOTHING, null ), synced: draft.synced } ) );
				later( number, 0 );
			}
		},
	};
}
