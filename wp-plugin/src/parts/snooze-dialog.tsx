import { Button, Modal } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { Icon, scheduled } from '@wordpress/icons';
import type { Boot } from '../boot';
import type { Instant, Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { momentInZone, snoozeTimes } from '../text/send-times';
import { TimeForm } from './send-later';

export function snoozedInWords( until: Instant, boot: Boot ): string {
	/* translators: %s: a date and time. */
	return sprintf( __( 'Snoozed until %s', 'unified-inbox' ), momentInZone( until, boot ) );
}

/** Says when a snoozed ticket comes back; a click chooses another time. */
export function SnoozedUntil( { ticket }: { ticket: Ticket } ) {
	const { boot, snoozing } = useDesk();
	if ( ! ticket.snoozed_until || ticket.place !== 'inbox' ) {
		return null;
	}
	const words = snoozedInWords( ticket.snoozed_until, boot );
	if ( ! boot.canReply ) {
		return <span className="uib-property">{ words }</span>;
	}
	return (
		<Button className="uib-property" size="compact" onClick={ () => snoozing.set( { tickets: [ ticket ] } ) }>
			<Icon icon={ scheduled } size={ 20 } />
			{ words }
		</Button>
	);
}

/** When the chosen tickets come back: at one of the usual times, or any other. */
export function SnoozeDialog() {
	const { snoozing, boot, finishAll, bulks, choice } = useDesk();
	const { tickets, where } = useStore( snoozing, ( state ) => state );
	if ( ! tickets.length ) {
		return null;
	}
	const close = (): void => snoozing.set( { tickets: [], where: null } );
	const choose = ( until: Instant | null ): void => {
		const words = until ? snoozedInWords( until, boot ) : __( 'Back in the list.', 'unified-inbox' );
		close();
		choice.only( [] );
		const change = { snoozed_until: until };
		void ( where ? bulks.changeAll( where, change, words ) : finishAll( tickets, change, words ) );
	};
	return (
		<Modal
			title={
				where
					? __( 'Snooze all that match', 'unified-inbox' )
					: sprintf(
							/* translators: %d: number of chosen tickets. */
							_n( 'Snooze %d ticket', 'Snooze %d tickets', tickets.length, 'unified-inbox' ),
							tickets.length
					  )
			}
			onRequestClose={ close }
			size="small"
		>
			<p className="uib-quiet">
				{ __( 'Out of sight until then, or until the customer writes.', 'unified-inbox' ) }
			</p>
			<ul className="uib-snooze">
				{ tickets.some( ( { snoozed_until: until } ) => until ) && (
					<li>
						<Button variant="secondary" onClick={ () => choose( null ) }>
							{ __( 'Bring it back now', 'unified-inbox' ) }
						</Button>
					</li>
				) }
				{ snoozeTimes( Date.now(), boot.timeZone ).map( ( { label, at } ) => (
					<li key={ label }>
						<Button variant="tertiary" onClick={ () => choose( at ) }>
							<span>{ label }</span>
							<span className="uib-later__when">{ momentInZone( at, boot ) }</span>
						</Button>
					</li>
				) ) }
			</ul>
			<TimeForm button={ __( 'Snooze', 'unified-inbox' ) } onChoose={ choose } />
		</Modal>
	);
}
