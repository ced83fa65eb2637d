import type { Status } from '../model';
import type { SendHow } from './reply';

/** What becomes of a ticket with what is sent in it: as it is by itself, or one of these. */
export type SendWay = 'send' | Extract< Status, 'solved' | 'pending' >;

export function howOf( way: SendWay ): SendHow {
	return way === 'send' ? {} : { setStatus: way };
}

type Key = Pick< KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' >;

/** Ctrl+Enter does what the button does; with Shift it also solves, with Alt it sets pending. */
export function wayOfKey( { key, ctrlKey, metaKey, shiftKey, altKey }: Key, usual: SendWay ): SendWay | null {
	if ( key !== 'Enter' || ! ( ctrlKey || metaKey ) ) {
		return null;
	}
	return shiftKey ? 'solved' : altKey ? 'pending' : usual;
}
