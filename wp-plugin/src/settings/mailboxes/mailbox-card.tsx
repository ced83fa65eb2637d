import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Mailbox } from '../model';
import { ListedCard, OpenButton } from '../parts/listed';
import { reconnectTo, to } from '../route';
import { ParkedLink } from './accounting';
import { MailboxStateLine } from './mailbox-state';
import { stateOf } from './state-words';
import type { Colours } from './with-colours';

/** One mailbox in the list: address, state, its inboxes, and the one next thing to do. */
export function MailboxCard( { mailbox, colours }: { mailbox: Mailbox; colours: Colours } ) {
	// Several addresses may feed one inbox.
	const inboxes = [ ...new Map( mailbox.inboxes.map( ( inbox ) => [ inbox.id, inbox ] ) ).values() ];
	const needsPerson = stateOf( mailbox ).tone === 'bad';
	return (
		<ListedCard
			title={
				<a href={ to.mailbox( mailbox.id ) }>
					<bdi>{ mailbox.address }</bdi>
				</a>
			}
			acts={
				<>
					{ needsPerson && (
						<Button variant="primary" href={ reconnectTo( mailbox ) } __next40pxDefaultSize>
							{ __( 'Sign in again', 'unified-inbox' ) }
						</Button>
					) }
					<OpenButton
						href={ to.mailbox( mailbox.id ) }
						/* translators: %s: e-mail address of a mailbox. */
						label={ sprintf( __( 'Settings of %s', 'unified-inbox' ), mailbox.address ) }
					>
						{ __( 'Settings', 'unified-inbox' ) }
					</OpenButton>
				</>
			}
		>
			<MailboxStateLine mailbox={ mailbox } />
			<ul className="uibs-chips" aria-label={ __( 'Inboxes', 'unified-inbox' ) }>
				{ inboxes.map( ( inbox ) => (
					<li key={ inbox.id } className="uibs-chip">
						<span className="uib-dot" style={ { background: colours.get( inbox.id ) } } />
						<span dir="auto">{ inbox.name }</span>
					</li>
				) ) }
			</ul>
			{ mailbox.parked > 0 && (
				<p>
					<ParkedLink mailbox={ mailbox } />
				</p>
			) }
		</ListedCard>
	);
}
