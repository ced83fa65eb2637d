import { createStore, type Store } from './store';

/** Long enough to read a sentence and reach its button. */
const SHOWN_FOR = 8000;

export interface Notice {
	id: number;
	text: string;
	isProblem: boolean;
	/** What it offers, and of which ticket that is where it is one's. */
	action?: { label: string; run: () => void; ticket?: number };
	/** When the action ends; the seconds until then stand beside its name. */
	until?: number;
}

export interface Notices {
	store: Store< { items: Notice[] } >;
	say: ( text: string, action?: Notice[ 'action' ], until?: number ) => void;
	warn: ( text: string ) => void;
	dismiss: ( id: number ) => void;
	/** Takes back what was offered for a ticket: it cannot be done any more. */
	forget: ( ticket: number ) => void;
	/** Does what the newest word offers. */
	undo: () => void;
}

/** Short words about what was just done, one at a time at the foot of the screen. */
export function notices(
	wait: ( run: () => void, milliseconds: number ) => unknown,
	now: () => number = Date.now
): Notices {
	const store = createStore< { items: Notice[] } >( { items: [] } );
	let lastId = 0;
	const dismiss = ( id: number ): void =>
		store.set( { items: store.get().items.filter( ( notice ) => notice.id !== id ) } );
	const show = ( notice: Omit< Notice, 'id' > ): void => {
		const id = ++lastId;
		// The newest word is the one that counts; older ones would only pile up over the composer.
		store.set( { items: [ ...store.get().items.slice( -1 ), { id, ...notice } ] } );
		wait( () => dismiss( id ), notice.until ? notice.until - now() : SHOWN_FOR );
	};
	return {
		store,
		say: ( text, action, until ) => show( { text, action, until, isProblem: false } ),
		warn: ( text ) => show( { text, isProblem: true } ),
		dismiss,
		forget: ( ticket ) => store.set( { items: store.get().items.filter( ( { action } ) => action?.ticket !== ticket ) } ),
		undo: () => {
			const offered = [ ...store.get().items ].reverse().find( ( { action } ) => action );
			if ( offered ) {
				dismiss( offered.id );
				offered.action?.run();
			}
		},
	};
}
