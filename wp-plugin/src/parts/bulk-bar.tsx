import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { close } from '@wordpress/icons';
import type { Ticket, TicketChange } from '../model';
import { backToInbox, maySnooze, sizeOf } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { BulkProgress } from './bulk-progress';

function Act( { label, onChoose }: { label: string; onChoose: () => void } ) {
	return (
		<Button size="compact" variant="tertiary" onClick={ onChoose }>
			{ label }
		</Button>
	);
}

/** Does something to the chosen tickets, or to all that match. */
function useAll( tickets: Ticket[] ): ( change: TicketChange, words: string ) => void {
	const { list, choice, finishAll, bulks } = useDesk();
	return ( change, words ) => {
		const { where } = list.store.get();
		if ( choice.store.get().isAll && where ) {
			choice.only( [] );
			void bulks.changeAll( where, change, words );
		} else {
			void finishAll( tickets, change, words );
		}
	};
}

/** Tickets in the inbox: what moves them on, or out of the way. */
function InboxActs( { tickets }: { tickets: Ticket[] } ) {
	const { session, snoozing, list, choice } = useDesk();
	const me = useStore( session.store, ( state ) => state.me );
	const where = useStore( list.store, ( state ) => state.where );
	const isAll = useStore( choice.store, ( state ) => state.isAll );
	const change = useAll( tickets );
	const snoozable = tickets.filter( maySnooze );
	return (
		<>
			{ me && (
				<Act
					label={ __( 'Assign to me', 'unified-inbox' ) }
					onChoose={ () => change( { assignee_id: me.id }, __( 'Assigned to you.', 'unified-inbox' ) ) }
				/>
			) }
			<Act
				label={ __( 'Solve', 'unified-inbox' ) }
				onChoose={ () => change( { status: 'solved' }, __( 'Solved.', 'unified-inbox' ) ) }
			/>
			{ snoozable.length > 0 && (
				<Act
					label={ __( 'Snooze', 'unified-inbox' ) }
					onChoose={ () => snoozing.set( { tickets: snoozable, where: isAll ? where : null } ) }
				/>
			) }
			<Act
				label={ __( 'Spam', 'unified-inbox' ) }
				onChoose={ () => change( { place: 'spam' }, __( 'Moved to spam.', 'unified-inbox' ) ) }
			/>
			<Act
				label={ __( 'Trash', 'unified-inbox' ) }
				onChoose={ () => change( { place: 'trash' }, __( 'Moved to the trash.', 'unified-inbox' ) ) }
			/>
		</>
	);
}

/** Once all rows are chosen: that there are more, and how to have them too. */
function AllThatMatch( { shown }: { shown: number } ) {
	const { list, choice, session } = useDesk();
	const { where, cursor } = useStore( list.store, ( state ) => state );
	const isAll = useStore( choice.store, ( state ) => state.isAll );
	const { counts, inboxes } = useStore( session.store, ( state ) => state );
	const total = where && sizeOf( where, counts, inboxes );
	if ( ! cursor ) {
		return null;
	}
	if ( isAll ) {
		return <p className="uib-bulk__all">{ __( 'All that match are chosen, also those further down.', 'unified-inbox' ) }</p>;
	}
	return (
		<p className="uib-bulk__all">
			{ /* translators: %d: number of tickets on the screen. */
			sprintf( _n( 'The %d shown is chosen.', 'All %d shown are chosen.', shown, 'unified-inbox' ), shown ) }{ ' ' }
			<Button variant="link" onClick={ choice.all }>
				{ total && total > shown
					? sprintf(
							/* translators: %d: number of tickets. */
							_n( 'Choose %d that matches', 'Choose all %d that match', total, 'unified-inbox' ),
							total
					  )
					: __( 'Choose all that match', 'unified-inbox' ) }
			</Button>
		</p>
	);
}

function Count( { chosen }: { chosen: number } ) {
	const { choice } = useDesk();
	const isAll = useStore( choice.store, ( state ) => state.isAll );
	return (
		<span className="uib-bulk__count">
			{ isAll
				? __( 'All chosen', 'unified-inbox' )
				: /* translators: %d: number of chosen tickets. */
				  sprintf( _n( '%d chosen', '%d chosen', chosen, 'unified-inbox' ), chosen ) }
		</span>
	);
}

/** What can be done to all checked tickets at once: of a list, or of what a search found. */
export function BulkBar( { rows, isList }: { rows: readonly Ticket[]; isList: boolean } ) {
	const { choice } = useDesk();
	const { checked, isAll } = useStore( choice.store, ( state ) => state );
	const tickets = rows.filter( ( { number } ) => isAll || checked.includes( number ) );
	const change = useAll( tickets );
	const [ first ] = tickets;
	if ( ! first ) {
		return <BulkProgress />;
	}
	return (
		<div className="uib-bulk" role="toolbar" aria-label={ __( 'Chosen tickets', 'unified-inbox' ) }>
			<BulkProgress />
			<Count chosen={ tickets.length } />
			{ tickets.length < rows.length && (
				<Act
					label={ __( 'Choose all shown', 'unified-inbox' ) }
					onChoose={ () => choice.only( rows.map( ( { number } ) => number ) ) }
				/>
			) }
			<Button
				size="compact"
				icon={ close }
				label={ __( 'Choose none', 'unified-inbox' ) }
				onClick={ () => choice.only( [] ) }
			/>
			{ isList && tickets.length === rows.length && <AllThatMatch shown={ rows.length } /> }
			<div className="uib-bulk__acts">
				{ first.place === 'inbox' ? (
					<InboxActs tickets={ tickets } />
				) : (
					<Act
						label={ __( 'Back to the inbox', 'unified-inbox' ) }
						onChoose={ () => change( backToInbox( first ), __( 'Back in the inbox.', 'unified-inbox' ) ) }
					/>
				) }
			</div>
		</div>
	);
}
