import { __ } from '@wordpress/i18n';
import type { Ticket } from '../model';
import { statusLabel } from '../places';
import { When } from './when';

/** Tickets of one customer, to choose one of; with their numbers where these are asked for. */
export function TicketChoices( { tickets, isNumbered = false, onChoose }: { tickets: readonly Ticket[]; isNumbered?: boolean; onChoose: ( number: number ) => void } ) {
	return (
		<ul className="uib-others">
			{ tickets.map( ( { number, subject, direction, status, last_activity_at: at } ) => (
				<li key={ number }>
					<button type="button" className="uib-other" onClick={ () => onChoose( number ) }>
						<span className="uib-other__subject" dir={ direction }>
							{ isNumbered && `#${ number } ` }
							{ subject || __( '(no subject)', 'unified-inbox' ) }
						</span>
						<span className="uib-quiet">
							{ statusLabel( status ) } · <When at={ at } />
						</span>
					</button>
				</li>
			) ) }
		</ul>
	);
}
