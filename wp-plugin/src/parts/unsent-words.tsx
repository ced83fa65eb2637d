import type { Sending } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { momentInZone } from '../text/send-times';
import { unsentInWords } from '../text/sending-words';

/** What became of a ticket's reply so far; nothing outside the outbox. */
export function useUnsent( ticket: number ): Sending | undefined {
	const { list, unsent } = useDesk();
	const isOutbox = useStore( list.store, ( { where } ) => where?.view === 'outbox' );
	const sending = useStore( unsent.store, ( { byTicket } ) => byTicket[ ticket ] );
	return isOutbox ? sending : undefined;
}

/** The same in a row of the outbox, in few words. */
export function UnsentWords( { sending }: { sending: Sending } ) {
	const { boot } = useDesk();
	const when = sending.due_at ? momentInZone( sending.due_at, boot ) : '';
	return (
		<span className="uib-row__snippet uib-unsent" data-state={ sending.state }>
			{ unsentInWords( sending, when ) }
		</span>
	);
}
