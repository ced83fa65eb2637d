import { __, sprintf } from '@wordpress/i18n';
import type { Ticket } from '../model';
import { statusLabel } from '../places';
import { useDesk } from '../state/context';
import { displayName } from '../text/person';
import { exactTime } from '../text/time';

/** What stands above a ticket on paper: which one, whose, of when. */
export function PrintedHead( { ticket }: { ticket: Ticket } ) {
	const { boot } = useDesk();
	const { name, email } = ticket.customer;
	return (
		<header className="uib-printed" aria-hidden="true">
			<h1>
				<bdi dir={ ticket.direction }>{ ticket.subject || __( '(no subject)', 'unified-inbox' ) }</bdi>
			</h1>
			<p>
				<bdi>#{ ticket.number }</bdi> · { statusLabel( ticket.status ) } · <bdi>{ displayName( ticket.customer ) }</bdi>
				{ name.trim() && email && <> · <bdi dir="ltr">{ email }</bdi></> }
			</p>
			<p>
				{ /* translators: %s: a date and time. */
				sprintf( __( 'Arrived %s', 'unified-inbox' ), exactTime( ticket.created_at, boot.locale ) ) }
			</p>
		</header>
	);
}
