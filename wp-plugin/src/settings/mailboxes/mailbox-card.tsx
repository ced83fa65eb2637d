import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Mailbox } from '../model';
import { to } from '../route';
import { MailboxStateLine } from './mailbox-state';
import { stateOf } from './state-words';

/** One mailbox in the list: address, state, its inboxes, and the one next thing to do. */
export function MailboxCard( { mailbox }: { mailbox: Mailbox } ) {
	const needsPerson = stateOf( mailbox ).tone === 'bad';
	return (
		<li className="uibs-card uibs-mailbox">
			<div className="uibs-mailbox__words">
				<h3 className="uibs-card__title">
					<a href={ to.mailbox( mailbox.id ) }>
						<bdi>{ mailbox.address }</bdi>
					</a>
				</h3>
				<MailboxStateLine mailbox={ mailbox } />
				<ul className="uibs-chips" aria-label={ __( 'Inboxes', 'unified-inbox' ) }>
					{ mailbox.inboxes.map( ( inbox ) => (
						<li key={ inbox.id } className="uibs-chip">
							<span className="uib-dot" style={ { background: inbox.colour } } />
							<span dir="auto">{ inbox.name }</span>
						</li>
					) ) }
				</ul>
			</div>
			<div className="uibs-mailbox__acts">
				{ needsPerson && (
					<Button variant="primary" href={ to.reconnect( mailbox.id ) } __next40pxDefaultSize>
						{ __( 'Sign in again', 'unified-inbox' ) }
					</Button>
				) }
				<Button
					variant="secondary"
					href={ to.mailbox( mailbox.id ) }
					/* translators: %s: e-mail address of a mailbox. */
					label={ sprintf( __( 'Settings of %s', 'unified-inbox' ), mailbox.address ) }
					showTooltip={ false }
					__next40pxDefaultSize
				>
					{ __( 'Settings', 'unified-inbox' ) }
				</Button>
			</div>
		</li>
	);
}
