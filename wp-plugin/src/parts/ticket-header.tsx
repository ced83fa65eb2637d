import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { chevronLeft, chevronRight, drawerLeft, drawerRight } from '@wordpress/icons';
import type { Ticket } from '../model';
import { useDesk } from '../state/context';
import { useMerge } from './merge-dialog';
import { PresenceLine } from './presence';
import { Properties } from './properties';
import { SnoozedUntil } from './snooze-dialog';
import type { PanelState } from './side-panel';
import { Subject } from './subject';
import { TicketActs } from './ticket-acts';

/** Where its messages are now, or another ticket of perhaps the same matter: only a person can tell. */
function Suggestion( { ticket }: { ticket: Ticket } ) {
	const { boot, go, change } = useDesk();
	const merge = useMerge();
	const { merged_into: merged, suggestion } = ticket;
	const other = ( merged ?? suggestion )?.number;
	if ( ! other ) {
		return null;
	}
	return (
		<p className="uib-ticket__suggestion">
			{ merged
				? __( 'Its messages are in another ticket:', 'unified-inbox' )
				: __( 'This may belong to another ticket:', 'unified-inbox' ) }{ ' ' }
			<Button variant="link" onClick={ () => go( { ticket: other } ) }>
				#{ other }
			</Button>
			{ boot.canReply && (
				<Button
					size="small"
					variant="secondary"
					onClick={ () => void ( merged ? change( ticket, { merged_into: null } ) : merge( ticket, other ) ) }
				>
					{ merged ? __( 'Take them back', 'unified-inbox' ) : __( 'Merge', 'unified-inbox' ) }
				</Button>
			) }
		</p>
	);
}

export function TicketHeader( { ticket, panel }: { ticket: Ticket; panel: PanelState } ) {
	const { go, boot } = useDesk();
	return (
		<header className="uib-ticket__header">
			<div className="uib-ticket__heading">
				<Button
					className="uib-ticket__back"
					icon={ boot.isRtl ? chevronRight : chevronLeft }
					label={ __( 'Back to the list', 'unified-inbox' ) }
					onClick={ () => go( { ticket: null } ) }
				/>
				<Subject key={ ticket.number } ticket={ ticket } />
				<span className="uib-ticket__number" title={ __( 'Number of this ticket', 'unified-inbox' ) }>
					#{ ticket.number }
				</span>
				<span className="uib-ticket__acts">
					{ boot.canReply && ! ticket.merged_into && <TicketActs ticket={ ticket } /> }
					<Button
						className="uib-ticket__details"
						size="compact"
						icon={ boot.isRtl ? drawerLeft : drawerRight }
						label={ __( 'Details', 'unified-inbox' ) }
						isPressed={ panel.isOpen }
						onClick={ panel.toggle }
					/>
				</span>
			</div>
			<div className="uib-ticket__properties">
				<Properties ticket={ ticket } />
				<SnoozedUntil ticket={ ticket } />
				<PresenceLine number={ ticket.number } />
			</div>
			<Suggestion ticket={ ticket } />
		</header>
	);
}
