import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Id } from '../../model';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { Back, Card, Page, Wait } from '../parts/page';
import { isReading } from '../parts/progress';
import { reconnectTo, to } from '../route';
import { useLoaded, useRepeat } from '../use-loaded';
import { Disconnect } from './disconnect';
import { MailboxInboxes } from './mailbox-inboxes';
import { MailboxStateLine } from './mailbox-state';
import { SelfCheck } from './self-check';
import { SignInCard } from './sign-in-card';
import { stateOf } from './state-words';
import { loadMailboxes, type Colours } from './with-colours';

const WHILE_READING = 3000;
const OTHERWISE = 15_000;

function Parts( { mailbox, colours, reload }: { mailbox: Mailbox; colours: Colours; reload: () => Promise< void > } ) {
	const needsSignIn = stateOf( mailbox ).tone === 'bad';
	return (
		<>
			<Card>
				<MailboxStateLine mailbox={ mailbox } />
				{ needsSignIn && (
					<div className="uibs-acts">
						<Button variant="primary" href={ reconnectTo( mailbox ) } __next40pxDefaultSize>
							{ __( 'Sign in again', 'unified-inbox' ) }
						</Button>
					</div>
				) }
				<SelfCheck mailbox={ mailbox } onChanged={ reload } />
			</Card>
			<MailboxInboxes mailbox={ mailbox } colours={ colours } onSaved={ reload } />
			{ ! needsSignIn && <SignInCard mailbox={ mailbox } /> }
			<Disconnect mailbox={ mailbox } />
		</>
	);
}

/** One mailbox: how it is, what is wrong with it, its inboxes, and its end. */
export function MailboxPage( { id }: { id: Id } ) {
	const { api } = useSettings();
	const loaded = useLoaded( async () => {
		const { items, colours } = await loadMailboxes( api );
		return { found: items.find( ( one ) => one.id === id ), colours };
	}, id );
	const mailbox = loaded.value?.found;
	useRepeat( loaded.reload, mailbox && isReading( mailbox ) ? WHILE_READING : OTHERWISE );
	return (
		<Page
			key={ mailbox ? 'loaded' : 'loading' }
			title={ mailbox ? <bdi>{ mailbox.address }</bdi> : __( 'Mailbox', 'unified-inbox' ) }
			back={ <Back href={ to.mailboxes }>{ __( 'Mailboxes', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Wait loaded={ loaded }>
				{ ( { found, colours } ) =>
					found ? (
						<Parts mailbox={ found } colours={ colours } reload={ loaded.reload } />
					) : (
						<p>{ __( 'This mailbox is not connected any more.', 'unified-inbox' ) }</p>
					)
				}
			</Wait>
		</Page>
	);
}
