import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Id } from '../../model';
import { useSettings } from '../context';
import type { Mailbox, OAuthClient } from '../model';
import { Back, Card, Page, Trouble, Wait } from '../parts/page';
import { to } from '../route';
import { useLoaded, useWork } from '../use-loaded';
import { Scopes } from './scopes';
import { useConsentStart } from './use-consent-start';

function SignIn( { mailbox, clients }: { mailbox: Mailbox; clients: readonly OAuthClient[] } ) {
	const begin = useConsentStart();
	const work = useWork();
	const client = clients.find( ( { id } ) => id === mailbox.oauth_client_id ) ?? clients[ 0 ];
	if ( ! client ) {
		return (
			<Card>
				<p>{ __( 'The Google app of this mailbox is not known any more. Connect the mailbox anew with the same address; its tickets stay.', 'unified-inbox' ) }</p>
				<Button variant="primary" href={ to.gmail } __next40pxDefaultSize>
					{ __( 'Connect Gmail', 'unified-inbox' ) }
				</Button>
			</Card>
		);
	}
	const start = () => work.run( () => begin( { clientId: async () => client.id, mailbox } ) );
	return (
		<Card>
			<p>
				{ sprintf(
					/* translators: %s: e-mail address. */
					__( 'Choose %s on Google’s page. Any other account is refused, so nothing can be mixed up.', 'unified-inbox' ),
					`\u2068${ mailbox.address }\u2069`
				) }
			</p>
			<Scopes />
			<Trouble problem={ work.problem } />
			<div className="uibs-acts">
				<Button variant="primary" isBusy={ work.isBusy } onClick={ () => void start() } __next40pxDefaultSize>
					{ __( 'Sign in with Google', 'unified-inbox' ) }
				</Button>
				<span className="uibs-quiet">{ __( 'Opens in a new tab.', 'unified-inbox' ) }</span>
			</div>
		</Card>
	);
}

/** Signing in again for a mailbox that exists. */
export function Reconnect( { id }: { id: Id } ) {
	const { api } = useSettings();
	const loaded = useLoaded( async () => {
		const [ mailboxes, clients ] = await Promise.all( [ api.mailboxes(), api.clients() ] );
		return { mailbox: mailboxes.find( ( one ) => one.id === id ), clients };
	}, id );
	return (
		<Page
			title={ __( 'Sign in again', 'unified-inbox' ) }
			back={ <Back href={ to.mailbox( id ) }>{ loaded.value?.mailbox?.address ?? __( 'Mailbox', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Wait loaded={ loaded }>
				{ ( { mailbox, clients } ) =>
					mailbox ? (
						<SignIn mailbox={ mailbox } clients={ clients } />
					) : (
						<p>{ __( 'This mailbox is not connected any more.', 'unified-inbox' ) }</p>
					)
				}
			</Wait>
		</Page>
	);
}
