import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { close } from '@wordpress/icons';
import type { TicketChange } from '../model';
import { maySnooze } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

/** What can be done to all checked tickets at once. */
export function BulkBar() {
	const desk = useDesk();
	const checked = useStore( desk.list.store, ( state ) => state.checked );
	const me = useStore( desk.session.store, ( state ) => state.me );
	if ( ! checked.length ) {
		return null;
	}
	const snooze = (): void => {
		const { rows } = desk.list.store.get();
		desk.snoozing.set( { tickets: rows.filter( ( row ) => checked.includes( row.number ) && maySnooze( row ) ) } );
	};
	const all = ( change: TicketChange, words: string ) => async (): Promise< void > => {
		const rows = desk.list.store.get().rows.filter( ( { number } ) => checked.includes( number ) );
		desk.list.check( [] );
		await Promise.all( rows.map( ( ticket ) => desk.finish( ticket, change, words ) ) );
	};
	return (
		<div className="uib-bulk" role="toolbar" aria-label={ __( 'Chosen tickets', 'unified-inbox' ) }>
			<span className="uib-bulk__count">
				{ /* translators: %d: number of chosen tickets. */
				sprintf( _n( '%d chosen', '%d chosen', checked.length, 'unified-inbox' ), checked.length ) }
			</span>
			{ me && (
				<Button
					size="compact"
					variant="tertiary"
					onClick={ all( { assignee_id: me.id }, __( 'Assigned to you.', 'unified-inbox' ) ) }
				>
					{ __( 'Assign to me', 'unified-inbox' ) }
				</Button>
			) }
			<Button
				size="compact"
				variant="tertiary"
				onClick={ all( { status: 'solved' }, __( 'Solved.', 'unified-inbox' ) ) }
			>
				{ __( 'Solve', 'unified-inbox' ) }
			</Button>
			<Button size="compact" variant="tertiary" onClick={ snooze }>
				{ __( 'Snooze', 'unified-inbox' ) }
			</Button>
			<Button
				size="compact"
				variant="tertiary"
				onClick={ all( { place: 'spam' }, __( 'Moved to spam.', 'unified-inbox' ) ) }
			>
				{ __( 'Spam', 'unified-inbox' ) }
			</Button>
			<Button
				size="compact"
				icon={ close }
				label={ __( 'Choose none', 'unified-inbox' ) }
				onClick={ () => desk.list.check( [] ) }
			/>
		</div>
	);
}
