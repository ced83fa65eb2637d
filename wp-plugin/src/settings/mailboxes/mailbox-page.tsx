import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Id } from '../../model';
import { intlLocale } from '../../text/time';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { Back, Card, Page, Wait } from '../parts/page';
import { isReading } from '../parts/progress';
import { reconnectTo, to } from '../route';
import { useLoaded, useRepeat } from '../use-loaded';
import { Accounting } from './accounting';
import { Disconnect } from './disconnect';
import { MailboxInboxes } from './mailbox-inboxes';
import { MailboxStateLine } from './mailbox-state';
import { PushCard } from './push-card';
import { ReadingCard } from './reading-card';
import { SelfCheck } from './self-check';
import { SignInCard } from './sign-in-card';
import { stateOf } from './state-words';
import { SyncNow } from './sync-now';
import { loadMailboxes, type Colours } from './with-colours';

const WHILE_READING = 3000;
const OTHERWISE = 15_000;

/** How much of Google's quota the mailbox may use. */
function Quota( { mailbox: { units_per_minute: units } }: { mailbox: Mailbox } ) {
	const { boot } = useSettings();
	if ( units === null ) {
		return null;
	}
	const number = new Intl.NumberFormat( intlLocale( boot.locale ) ).format( units );
	return (
		<p className="uibs-quiet">
			{ /* translators: %s: number of units. */
			sprintf( __( 'Uses up to %s units a minute of Google’s quota.', 'unified-inbox' ), number ) }
		</p>
	);
}

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
				{ ! needsSignIn && <SyncNow mailbox={ mailbox } onChanged={ reload } /> }
				<SelfCheck mailbox={ mailbox } onChanged={ reload } />
				<Quota mailbox={ mailbox } />
			</Card>
			<Accounting mailbox={ mailbox } />
			<MailboxInboxes mailbox={ mailbox } colours={ colours } onSaved={ reload } />
			{ mailbox.kind === 'gmail' && <PushCard mailbox={ mailbox } onChanged={ reload } /> }
			<ReadingCard mailbox={ mailbox } onSaved={ reload } />
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
