import type { SendWay } from './send-ways';
import { createStore, type Store } from './store';

/** What somebody chose for himself in this browser. */
export interface Choices {
	/** Whether single keys do something. */
	keys: boolean;
	/** Whether the system says that something new is there while nobody looks. */
	tells: boolean;
	/** What the button below a reply does: what it did last. */
	sends: SendWay;
	/** Whether the next ticket opens after every reply; after one that solves it does anyway. */
	goesOn: boolean;
}

export interface Preferences {
	store: Store< Choices >;
	choose: ( choices: Partial< Choices > ) => void;
}

const USUAL: Choices = { keys: true, tells: false, sends: 'send', goesOn: false };

function read( text: string | null ): Partial< Choices > {
	try {
		return JSON.parse( text ?? '{}' );
	} catch {
		return {};
	}
}

/** A browser that keeps nothing forgets them with the page. */
export function preferences( storage: Pick< Storage, 'getItem' | 'setItem' >, userId: number ): Preferences {
	const key = `unified-inbox-preferences-${ userId }`;
	const store = createStore< Choices >( { ...USUAL, ...read( storage.getItem( key ) ) } );
	return {
		store,
		choose: ( choices ) => {
			store.set( choices );
			try {
				storage.setItem( key, JSON.stringify( store.get() ) );
			} catch {
				// As said: until the page is left.
			}
		},
	};
}
