import { createStore, type Store } from './store';

/** Long enough to read a sentence and reach its button. */
const SHOWN_FOR = 8000;
/** So many acts can be taken back one after the other, while the time of each lasts. */
const TAKEN_BACK = 20;
/** The newest words are the ones that count; more would only pile up over the composer. */
const SHOWN = 2;

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
	/** Does what the newest word offers, and then what the one before it did. */
	undo: () => void;
}

/** Short words about what was just done, two at a time at the foot of the screen. */
export function notices(
	wait: ( run: () => void, milliseconds: number ) => unknown,
	now: () => number = Date.now
): Notices {
	const store = createStore< { items: Notice[] } >( { items: [] } );
	let lastId = 0;
	/** What can still be done, also where its words had to make room. */
	let offers: Notice[] = [];
	const keep = ( isKept: ( notice: Notice ) => boolean ): void => {
		offers = offers.filter( isKept );
		store.set( { items: store.get().items.filter( isKept ) } );
	};
	const dismiss = ( id: number ): void => keep( ( notice ) => notice.id !== id );
	const show = ( notice: Omit< Notice, 'id' > ): void => {
		const id = ++lastId;
		const said = { id, ...notice };
		store.set( { items: [ ...store.get().items, said ].slice( -SHOWN ) } );
		offers = said.action ? [ ...offers, said ].slice( -TAKEN_BACK ) : offers;
		wait( () => dismiss( id ), notice.until ? notice.until - now() : SHOWN_FOR );
	};
	return {
		store,
		say: ( text, action, until ) => show( { text, action, until, isProblem: false } ),
		warn: ( text ) => show( { text, isProblem: true } ),
		dismiss,
		forget: ( ticket ) => keep( ( { action } ) => action?.ticket !== ticket ),
		undo: () => {
			const offered = offers[ offers.length - 1 ];
			if ( offered ) {
				dismiss( offered.id );
				offered.action?.run();
			}
		},
	};
}
