import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { check, commentAuthorAvatar, notAllowed, undo } from '@wordpress/icons';
import type { Ticket } from '../model';
import { backToInbox } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

/** The three commonest acts, over the row while it is pointed at or focused. */
export function RowActions( { ticket }: { ticket: Ticket } ) {
	const { session, finish } = useDesk();
	const me = useStore( session.store, ( state ) => state.me );
	if ( ticket.place !== 'inbox' ) {
		return (
			<span className="uib-row__actions">
				<Button
					size="small"
					icon={ undo }
					label={ __( 'Back to the inbox', 'unified-inbox' ) }
					onClick={ () => void finish( ticket, backToInbox( ticket ), __( 'Back in the inbox.', 'unified-inbox' ) ) }
				/>
			</span>
		);
	}
	return (
		<span className="uib-row__actions">
			{ me && ticket.assignee?.id !== me.id && (
				<Button
					size="small"
					icon={ commentAuthorAvatar }
					label={ __( 'Assign to me', 'unified-inbox' ) }
					onClick={ () => void finish( ticket, { assignee_id: me.id }, __( 'Assigned to you.', 'unified-inbox' ) ) }
				/>
			) }
			{ ticket.status !== 'solved' && (
				<Button
					size="small"
					icon={ check }
					label={ __( 'Solve', 'unified-inbox' ) }
					onClick={ () => void finish( ticket, { status: 'solved' }, __( 'Solved.', 'unified-inbox' ) ) }
				/>
			) }
			<Button
				size="small"
				icon={ notAllowed }
				label={ __( 'Mark as spam', 'unified-inbox' ) }
				onClick={ () => void finish( ticket, { place: 'spam' }, __( 'Moved to spam.', 'unified-inbox' ) ) }
			/>
		</span>
	);
}
