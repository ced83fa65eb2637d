import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Id, Ticket } from '../../model';
import { Avatar } from '../../parts/avatar';
import { SkeletonRows } from '../../parts/skeleton';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { Card, Page, Wait } from '../parts/page';
import { Steps } from '../parts/steps';
import { to } from '../route';
import { useLoaded, useRepeat } from '../use-loaded';
import { MailboxStateLine } from './mailbox-state';

const OFTEN = 2000;
const SHOWN = 5;

interface Arrival {
	mailbox: Mailbox;
	tickets: Ticket[];
}

function Arrived( { ticket }: { ticket: Ticket } ) {
	return (
		<li className="uibs-arrived">
			<Avatar name={ ticket.customer.name } email={ ticket.customer.email } />
			<span className="uibs-arrived__words">
				<span className="uibs-arrived__name" dir="auto">
					{ ticket.customer.name || ticket.customer.email }
				</span>
				<span dir={ ticket.direction }>{ ticket.subject || __( '(no subject)', 'unified-inbox' ) }</span>
			</span>
		</li>
	);
}

function newest( lists: Ticket[][] ): Ticket[] {
	return lists
		.flat()
		.sort( ( one, other ) => other.last_activity_at.localeCompare( one.last_activity_at ) )
		.slice( 0, SHOWN );
}

/** Last step: the first messages come in before one's eyes. */
export function FirstMessages( { id }: { id: Id } ) {
	const { api } = useSettings();
	const [ isGone, setGone ] = useState( false );
	const load = async (): Promise< Arrival | null > => {
		const mailbox = ( await api.mailboxes() ).find( ( one ) => one.id === id );
		setGone( ! mailbox );
		return mailbox
			? { mailbox, tickets: newest( await Promise.all( mailbox.inboxes.map( ( inbox ) => api.firstTickets( inbox.id ) ) ) ) }
			: null;
	};
	const loaded = useLoaded( load, id );
	useRepeat( loaded.reload, OFTEN );
	return (
		<Page title={ __( 'Your mail is coming in', 'unified-inbox' ) } isNarrow>
			<Steps current={ 4 } />
			{ isGone && <p>{ __( 'This mailbox is not connected any more.', 'unified-inbox' ) }</p> }
			{ ! isGone && (
				<Wait loaded={ loaded }>
					{ ( arrival ) =>
						arrival && (
							<Card
								title={ <bdi>{ arrival.mailbox.address }</bdi> }
								action={
									<Button variant="primary" href="admin.php?page=unified-inbox" __next40pxDefaultSize>
										{ __( 'Open the inbox', 'unified-inbox' ) }
									</Button>
								}
							>
								<MailboxStateLine mailbox={ arrival.mailbox } />
								{ arrival.tickets.length ? (
									<ul className="uibs-arrivals" aria-label={ __( 'First messages', 'unified-inbox' ) }>
										{ arrival.tickets.map( ( ticket ) => (
											<Arrived key={ ticket.id } ticket={ ticket } />
										) ) }
									</ul>
								) : (
									<SkeletonRows rows={ 3 } />
								) }
								<p className="uibs-quiet">
									{ sprintf(
										/* translators: %d: number of messages. */
										_n( '%d message so far. You need not wait: the rest comes in by itself.', '%d messages so far. You need not wait: the rest comes in by itself.', arrival.mailbox.first_messages, 'unified-inbox' ),
										arrival.mailbox.first_messages
									) }
								</p>
							</Card>
						)
					}
				</Wait>
			) }
			<p>
				<a href={ to.mailbox( id ) }>{ __( 'Settings of this mailbox', 'unified-inbox' ) }</a>
			</p>
		</Page>
	);
}
