import { __ } from '@wordpress/i18n';
import type { Id } from '../../model';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { Back, Card, Page, Wait } from '../parts/page';
import { isReading } from '../parts/progress';
import { to } from '../route';
import { useLoaded, useRepeat } from '../use-loaded';
import { Disconnect } from './disconnect';
import { MailboxInboxes } from './mailbox-inboxes';
import { MailboxStateLine } from './mailbox-state';
import { SelfCheck } from './self-check';
import { SignInCard } from './sign-in-card';

const WHILE_READING = 3000;
const OTHERWISE = 15_000;

function Parts( { mailbox, reload }: { mailbox: Mailbox; reload: () => Promise< void > } ) {
	return (
		<>
			<Card>
				<MailboxStateLine mailbox={ mailbox } />
				<SelfCheck mailbox={ mailbox } onChanged={ reload } />
			</Card>
			<MailboxInboxes mailbox={ mailbox } onSaved={ reload } />
			<SignInCard mailbox={ mailbox } />
			<Disconnect mailbox={ mailbox } />
		</>
	);
}

/** One mailbox: how it is, what is wrong with it, its inboxes, and its end. */
export function MailboxPage( { id }: { id: Id } ) {
	const { api } = useSettings();
	const loaded = useLoaded( async () => ( { found: ( await api.mailboxes() ).find( ( one ) => one.id === id ) } ), id );
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
				{ ( { found } ) =>
					found ? (
						<Parts mailbox={ found } reload={ loaded.reload } />
					) : (
						<p>{ __( 'This mailbox is not connected any more.', 'unified-inbox' ) }</p>
					)
				}
			</Wait>
		</Page>
	);
}
