import type { Message, TicketEvent } from '../model';

export type Entry =
	| { type: 'message'; at: number; message: Message }
	| { type: 'event'; at: number; event: TicketEvent };

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

/** The end of a long conversation, with the count of the messages before it; `older` are not here yet. */
export function fold( entries: readonly Entry[], open: number, older = 0 ): Folded {
	const messages = entries.filter( ( entry ) => entry.type === 'message' );
	if ( ! older && messages.length <= open + 1 ) {
		return { hiddenMessages: 0, shown: [ ...entries ] };
	}
	const first = messages[ Math.max( 0, messages.length - open ) ];
	const shown = first ? entries.slice( entries.indexOf( first ) ) : [];
	return { hiddenMessages: older + messages.length - Math.min( open, messages.length ), shown };
}
