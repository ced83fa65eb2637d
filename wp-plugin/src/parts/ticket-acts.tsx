import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { check, inbox, link, notAllowed, page, people, scheduled, trash, undo } from '@wordpress/icons';
import type { ReactNode } from 'react';
import type { Place, Ticket, TicketChange } from '../model';
import { backToInbox, maySnooze } from '../places';
import { useDesk } from '../state/context';
import { ActsMenu, type Act } from './acts-menu';

interface Move {
	label: () => string;
	done: () => string;
	icon: ReactNode;
}

const MOVES: Record< Place, Move > = {
	inbox: {
		label: () => __( 'Move back to the inbox', 'unified-inbox' ),
		done: () => __( 'Back in the inbox.', 'unified-inbox' ),
		icon: inbox,
	},
	spam: {
		label: () => __( 'Mark as spam', 'unified-inbox' ),
		done: () => __( 'Moved to spam.', 'unified-inbox' ),
		icon: notAllowed,
	},
	trash: {
		label: () => __( 'Move to the trash', 'unified-inbox' ),
		done: () => __( 'Moved to the trash.', 'unified-inbox' ),
		icon: trash,
	},
};

const SPAM_FOREVER: TicketChange = { place: 'spam', block_sender: true };

const moveTo = ( ticket: Ticket, place: Place ): TicketChange => ( place === 'inbox' ? backToInbox( ticket ) : { place } );

function MoveMenu( { ticket }: { ticket: Ticket } ) {
	const { finish, merging, splitting, giving, deleting, boot } = useDesk();
	const isInInbox = ticket.place === 'inbox';
	const places = ( Object.keys( MOVES ) as Place[] ).filter( ( place ) => place !== ticket.place );
	const moves = places.map( ( place ): Act => {
		const { icon, label, done } = MOVES[ place ];
		return { icon, label: label(), run: () => finish( ticket, moveTo( ticket, place ), done() ) };
	} );
	return (
		<ActsMenu
			label={ __( 'More', 'unified-inbox' ) }
			acts={ [
				isInInbox && {
					icon: link,
					label: __( 'Merge with another ticket…', 'unified-inbox' ),
					run: () => merging.set( { ticket } ),
				},
				ticket.message_count > 1 &&
					! ticket.merged_into && {
						icon: page,
						label: __( 'Split into a new ticket…', 'unified-inbox' ),
						run: () => splitting.set( { ticket } ),
					},
				! ticket.erased && {
					icon: people,
					label: __( 'Change the customer…', 'unified-inbox' ),
					run: () => giving.set( { ticket } ),
				},
				...moves,
				ticket.place === 'trash' &&
					boot.canManage && {
						icon: trash,
						label: __( 'Delete for good…', 'unified-inbox' ),
						run: () => deleting.store.set( { ticket } ),
					},
				isInInbox && {
					icon: notAllowed,
					label: __( 'Mark as spam and block the sender', 'unified-inbox' ),
					run: () => finish( ticket, SPAM_FOREVER, __( 'Moved to spam, and the sender is blocked.', 'unified-inbox' ) ),
				},
			] }
		/>
	);
}

/** What is done to a ticket as a whole: solve it, or move it out of the way. */
export function TicketActs( { ticket }: { ticket: Ticket } ) {
	const { finish, change, snoozing } = useDesk();
	const isSolved = ticket.status === 'solved';
	return (
		<>
			{ ticket.place === 'inbox' && (
				<Button
					className="uib-solve"
					variant="secondary"
					size="compact"
					icon={ isSolved ? undo : check }
					text={ isSolved ? __( 'Open again', 'unified-inbox' ) : __( 'Solve', 'unified-inbox' ) }
					onClick={ () =>
						void ( isSolved
							? change( ticket, { status: 'open' } )
							: finish( ticket, { status: 'solved' }, __( 'Solved.', 'unified-inbox' ) ) )
					}
				/>
			) }
			{ maySnooze( ticket ) && (
				<Button
					size="compact"
					icon={ scheduled }
					label={ __( 'Snooze', 'unified-inbox' ) }
					onClick={ () => snoozing.set( { tickets: [ ticket ] } ) }
				/>
			) }
			<MoveMenu ticket={ ticket } />
		</>
	);
}
