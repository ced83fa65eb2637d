import { Button, Dropdown, MenuGroup, MenuItem, NavigableMenu } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { check, inbox, link, moreVertical, notAllowed, page, people, scheduled, trash, undo } from '@wordpress/icons';
import type { ReactNode } from 'react';
import type { Place, Ticket, TicketChange } from '../model';
import { backToInbox, maySnooze } from '../places';
import { useDesk } from '../state/context';

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

interface Choice {
	icon: ReactNode;
	label: string;
	onChoose: () => unknown;
	onClose: () => void;
}

function Act( { icon, label, onChoose, onClose }: Choice ) {
	const choose = (): void => {
		onClose();
		void onChoose();
	};
	return (
		<MenuItem icon={ icon } onClick={ choose }>
			{ label }
		</MenuItem>
	);
}

const SPAM_FOREVER: TicketChange = { place: 'spam', block_sender: true };

const moveTo = ( ticket: Ticket, place: Place ): TicketChange => ( place === 'inbox' ? backToInbox( ticket ) : { place } );

function MoveMenu( { ticket }: { ticket: Ticket } ) {
	const { finish, merging, splitting, giving, deleting, boot } = useDesk();
	const places = ( Object.keys( MOVES ) as Place[] ).filter( ( place ) => place !== ticket.place );
	return (
		<Dropdown
			popoverProps={ { placement: 'bottom-end' } }
			renderToggle={ ( { isOpen, onToggle } ) => (
				<Button
					size="compact"
					icon={ moreVertical }
					label={ __( 'More', 'unified-inbox' ) }
					aria-expanded={ isOpen }
					aria-haspopup="menu"
					onClick={ onToggle }
				/>
			) }
			renderContent={ ( { onClose } ) => (
				<NavigableMenu role="menu">
					<MenuGroup>
						{ ticket.place === 'inbox' && (
							<Act
								onClose={ onClose }
								icon={ link }
								label={ __( 'Merge with another ticket…', 'unified-inbox' ) }
								onChoose={ () => merging.set( { ticket } ) }
							/>
						) }
						{ ticket.message_count > 1 && ! ticket.merged_into && (
							<Act
								onClose={ onClose }
								icon={ page }
								label={ __( 'Split into a new ticket…', 'unified-inbox' ) }
								onChoose={ () => splitting.set( { ticket } ) }
							/>
						) }
						{ ! ticket.erased && (
							<Act
								onClose={ onClose }
								icon={ people }
								label={ __( 'Change the customer…', 'unified-inbox' ) }
								onChoose={ () => giving.set( { ticket } ) }
							/>
						) }
						{ places.map( ( place ) => (
							<Act
								key={ place }
								onClose={ onClose }
								icon={ MOVES[ place ].icon }
								label={ MOVES[ place ].label() }
								onChoose={ () => finish( ticket, moveTo( ticket, place ), MOVES[ place ].done() ) }
							/>
						) ) }
						{ ticket.place === 'trash' && boot.canManage && (
							<Act
								onClose={ onClose }
								icon={ trash }
								label={ __( 'Delete for good…', 'unified-inbox' ) }
								onChoose={ () => deleting.store.set( { ticket } ) }
							/>
						) }
						{ ticket.place === 'inbox' && (
							<Act
								onClose={ onClose }
								icon={ notAllowed }
								label={ __( 'Mark as spam and block the sender', 'unified-inbox' ) }
								onChoose={ () => finish( ticket, SPAM_FOREVER, __( 'Moved to spam, and the sender is blocked.', 'unified-inbox' ) ) }
							/>
						) }
					</MenuGroup>
				</NavigableMenu>
			) }
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
