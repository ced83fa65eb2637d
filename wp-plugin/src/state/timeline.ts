import type { Message, TicketEvent } from '../model';

export type Entry =
	| { type: 'message'; at: number; message: Message }
	| { type: 'event'; at: number; event: TicketEvent };

/** How many messages stand open; the older ones wait behind a button. */
const SHOWN = 5;

/** Facts the messages themselves already show. */
const SILENT = /^(message_|reply_|note_|ticket_opened$)/;

export function isSilent( event: TicketEvent ): boolean {
	// A reply that was taken back is no message any more: only its fact is left.
	const isTaken = event.kind === 'reply_withdrawn';
	return ( SILENT.test( event.kind ) && ! isTaken ) || event.message_id !== null;
}

/** Messages and events in the order they happened. */
export function timeline( messages: readonly Message[], events: readonly TicketEvent[] ): Entry[] {
	const entries: Entry[] = [
		...messages.map( ( message ) => ( { type: 'message' as const, at: Date.parse( message.created_at ), message } ) ),
		...events
			.filter( ( event ) => ! isSilent( event ) )
			.map( ( event ) => ( { type: 'event' as const, at: Date.parse( event.at ), event } ) ),
	];
	return entries.sort( ( a, b ) => a.at - b.at );
}

export interface Folded {
	hiddenMessages: number;
	shown: Entry[];
}

/** The end of a long conversation, with the count of the messages before it. */
export function fold( entries: readonly Entry[] ): Folded {
	const messages = entries.filter( ( entry ) => entry.type === 'message' );
	if ( messages.length <= SHOWN + 1 ) {
		return { hiddenMessages: 0, shown: [ ...entries ] };
	}
	const first = messages[ messages.length - SHOWN ]!;
	return { hiddenMessages: messages.length - SHOWN, shown: entries.slice( entries.indexOf( first ) ) };
}
