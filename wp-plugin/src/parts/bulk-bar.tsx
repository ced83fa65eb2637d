import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { close } from '@wordpress/icons';
import type { Ticket, TicketChange } from '../model';
import { backToInbox, maySnooze } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

function Act( { label, onChoose }: { label: string; onChoose: () => void } ) {
	return (
		<Button size="compact" variant="tertiary" onClick={ onChoose }>
			{ label }
		</Button>
	);
}

/** Tickets in the inbox: what moves them on, or out of the way. */
function InboxActs( { tickets }: { tickets: Ticket[] } ) {
	const { session, finishAll, snoozing } = useDesk();
	const me = useStore( session.store, ( state ) => state.me );
	const all = ( change: TicketChange, words: string ) => () => void finishAll( tickets, change, words );
	const snoozable = tickets.filter( maySnooze );
	return (
		<>
			{ me && (
				<Act
					label={ __( 'Assign to me', 'unified-inbox' ) }
					onChoose={ all( { assignee_id: me.id }, __( 'Assigned to you.', 'unified-inbox' ) ) }
				/>
			) }
			<Act
				label={ __( 'Solve', 'unified-inbox' ) }
				onChoose={ all( { status: 'solved' }, __( 'Solved.', 'unified-inbox' ) ) }
			/>
			{ snoozable.length > 0 && (
				<Act label={ __( 'Snooze', 'unified-inbox' ) } onChoose={ () => snoozing.set( { tickets: snoozable } ) } />
			) }
			<Act
				label={ __( 'Spam', 'unified-inbox' ) }
				onChoose={ all( { place: 'spam' }, __( 'Moved to spam.', 'unified-inbox' ) ) }
			/>
			<Act
				label={ __( 'Trash', 'unified-inbox' ) }
				onChoose={ all( { place: 'trash' }, __( 'Moved to the trash.', 'unified-inbox' ) ) }
			/>
		</>
	);
}

/** What can be done to all checked tickets at once. */
export function BulkBar() {
	const { list, finishAll } = useDesk();
	const checked = useStore( list.store, ( state ) => state.checked );
	const rows = useStore( list.store, ( state ) => state.rows );
	const tickets = rows.filter( ( { number } ) => checked.includes( number ) );
	const [ first ] = tickets;
	if ( ! first ) {
		return null;
	}
	const restore = (): void => void finishAll( tickets, backToInbox( first ), __( 'Back in the inbox.', 'unified-inbox' ) );
	return (
		<div className="uib-bulk" role="toolbar" aria-label={ __( 'Chosen tickets', 'unified-inbox' ) }>
			<span className="uib-bulk__count">
				{ /* translators: %d: number of chosen tickets. */
				sprintf( _n( '%d chosen', '%d chosen', checked.length, 'unified-inbox' ), checked.length ) }
			</span>
			{ tickets.length < rows.length && (
				<Act
					label={ __( 'Choose all shown', 'unified-inbox' ) }
					onChoose={ () => list.check( rows.map( ( { number } ) => number ) ) }
				/>
			) }
			<Button
				size="compact"
				icon={ close }
				label={ __( 'Choose none', 'unified-inbox' ) }
				onClick={ () => list.check( [] ) }
			/>
			<div className="uib-bulk__acts">
				{ first.place === 'inbox' ? (
					<InboxActs tickets={ tickets } />
				) : (
					<Act label={ __( 'Back to the inbox', 'unified-inbox' ) } onChoose={ restore } />
				) }
			</div>
		</div>
	);
}
