import type { TicketEvent } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { eventInWords } from '../text/event-words';
import { When } from './when';

export function EventLine( { event }: { event: TicketEvent } ) {
	const { session, boot } = useDesk();
	const agents = useStore( session.store, ( state ) => state.agents );
	const inboxes = useStore( session.store, ( state ) => state.inboxes );
	const teams = useStore( session.store, ( state ) => state.teams );
	const words = eventInWords( event, { agents, inboxes: inboxes ?? [], teams, clock: boot } );
	if ( ! words ) {
		return null;
	}
	return (
		<p className="uib-event">
			{ words } <When at={ event.at } />
		</p>
	);
}
