import { __, sprintf } from '@wordpress/i18n';
import type { Hint, Id, Ticket } from '../model';
import { displayName } from '../text/person';
import type { Attention } from './live';

/** More at once say only that there is much. */
const MOST_AT_ONCE = 3;

interface Surroundings {
	ticket: ( number: number ) => Promise< Ticket >;
	attention: () => Attention;
	/** Whether somebody asked for it. */
	isWanted: () => boolean;
	me: () => Id | null;
	go: ( to: { ticket: number } ) => void;
	show: ( title: string, text: string, onClick: () => void ) => void;
}

const TOLD = [ 'message_received', 'ticket_returned' ];

function inWords( { subject, back_from_snooze: isBack }: Ticket ): string {
	const words = subject || __( '(no subject)', 'unified-inbox' );
	/* translators: %s: the subject of a ticket. */
	return isBack ? sprintf( __( 'Back from snooze: %s', 'unified-inbox' ), words ) : words;
}

/** Says on the desktop what came while nobody looked, of customers or from a snooze: in one's own tickets, and in nobody's. */
export function telling( around: Surroundings ): ( hints: readonly Hint[] ) => Promise< void > {
	return async ( hints ) => {
		const { isHidden, isFocused } = around.attention();
		if ( ! around.isWanted() || ( isFocused && ! isHidden ) ) {
			return;
		}
		const written = hints.filter( ( { kind } ) => TOLD.includes( kind ) ).map( ( hint ) => hint.ticket_number );
		const numbers = [ ...new Set( written ) ].filter( ( number ): number is number => number !== null );
		for ( const number of numbers.slice( 0, MOST_AT_ONCE ) ) {
			// One that cannot be read now is found in the list.
			const ticket = await around.ticket( number ).catch( () => null );
			if ( ticket?.place === 'inbox' && ( ! ticket.assignee || ticket.assignee.id === around.me() ) ) {
				around.show( displayName( ticket.customer ), inWords( ticket ), () => around.go( { ticket: number } ) );
			}
		}
	};
}
