import { createStore, type Store } from './store';

/** Long enough to read a sentence and reach its button. */
const SHOWN_FOR = 8000;

export interface Notice {
	id: number;
	text: string;
	isProblem: boolean;
	action?: { label: string; run: () => void };
}

export interface Notices {
	store: Store< { items: Notice[] } >;
	say: ( text: string, action?: Notice[ 'action' ] ) => void;
	warn: ( text: string ) => void;
	dismiss: ( id: number ) => void;
}

/** Short words about what was just done, one at a time at the foot of the screen. */
export function notices( wait: ( run: () => void, milliseconds: number ) => unknown ): Notices {
	const store = createStore< { items: Notice[] } >( { items: [] } );
	let lastId = 0;
	const dismiss = ( id: number ): void =>
		store.set( { items: store.get().items.filter( ( notice ) => notice.id !== id ) } );
	const show = ( notice: Omit< Notice, 'id' > ): void => {
		const id = ++lastId;
		// The newest word is the one that counts; older ones would only pile up over the composer.
		store.set( { items: [ ...store.get().items.slice( -1 ), { id, ...notice } ] } );
		wait( () => dismiss( id ), SHOWN_FOR );
	};
	return {
		store,
		say: ( text, action ) => show( { text, action, isProblem: false } ),
		warn: ( text ) => show( { text, isProblem: true } ),
		dismiss,
	};
}
