import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { envelope } from '@wordpress/icons';
import { Empty } from '../../parts/empty';
import { useSettings } from '../context';
import { Card, Page, Wait } from '../parts/page';
import { isReading } from '../parts/progress';
import { to } from '../route';
import { useLoaded, useRepeat } from '../use-loaded';
import { MailboxCard } from './mailbox-card';
import { loadMailboxes } from './with-colours';

const WHILE_READING = 3000;
const OTHERWISE = 15_000;

function NoMailbox() {
	return (
		<Card>
			<Empty
				icon={ envelope }
				title={ __( 'Connect your first mailbox', 'unified-inbox' ) }
				action={
					<Button variant="primary" href={ to.connect } __next40pxDefaultSize>
						{ __( 'Connect a mailbox', 'unified-inbox' ) }
					</Button>
				}
			>
				{ __( 'Its mail becomes tickets that your team answers here. The mailbox itself stays as it is.', 'unified-inbox' ) }
			</Empty>
		</Card>
	);
}

/** Every mailbox with its state, and the way to one more. */
export function MailboxesPage() {
	const { api } = useSettings();
	const loaded = useLoaded( () => loadMailboxes( api ) );
	const mailboxes = loaded.value?.items ?? [];
	useRepeat( loaded.reload, mailboxes.some( isReading ) ? WHILE_READING : OTHERWISE );
	return (
		<Page
			title={ __( 'Mailboxes', 'unified-inbox' ) }
			lead={ __( 'The Gmail and Workspace accounts whose mail your team answers together.', 'unified-inbox' ) }
			action={
				mailboxes.length > 0 && (
					<Button variant="primary" href={ to.connect } __next40pxDefaultSize>
						{ __( 'Connect a mailbox', 'unified-inbox' ) }
					</Button>
				)
			}
		>
			<Wait loaded={ loaded }>
				{ ( { items, colours } ) =>
					items.length ? (
						<ul className="uibs-mailboxes">
							{ items.map( ( mailbox ) => (
								<MailboxCard key={ mailbox.id } mailbox={ mailbox } colours={ colours } />
							) ) }
						</ul>
					) : (
						<NoMailbox />
					)
				}
			</Wait>
		</Page>
	);
}
