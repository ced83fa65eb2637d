import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Problem } from '../../api/problem';
import { useSettings } from '../context';
import type { OAuthClient } from '../model';
import { Choices, SelectField } from '../parts/field';
import { Form } from '../parts/form';
import { Back, Card, Page, Wait } from '../parts/page';
import { Steps } from '../parts/steps';
import { to } from '../route';
import { useLoaded, useWork } from '../use-loaded';
import type { ClientKeys } from './client-file';
import { ClientForm } from './client-form';
import { GoogleSteps } from './google-steps';
import { Scopes } from './scopes';
import { useConsentStart } from './use-consent-start';

const NEW = 'new';

/** More than these make a menu. */
const MOST_CHOICES = 3;

/** A project's name says more than the client's random one, whose beginning is enough. */
function clientName( { client_id: id, project }: OAuthClient ): string {
	/* translators: %s: name of a Google app. */
	return sprintf( __( 'The app “%s”', 'unified-inbox' ), project || `${ id.slice( 0, 20 ) }…` );
}

function AppChoice( {
	clients,
	value,
	onChange,
}: {
	clients: readonly OAuthClient[];
	value: string;
	onChange: ( id: string ) => void;
} ) {
	const label = __( 'Sign in through', 'unified-inbox' );
	const options = [
		...clients.map( ( client ) => ( { value: client.id, label: clientName( client ) } ) ),
		{ value: NEW, label: __( 'Another Google app', 'unified-inbox' ) },
	];
	return clients.length > MOST_CHOICES ? (
		<SelectField label={ label } value={ value } options={ options } onChange={ onChange } />
	) : (
		<Choices legend={ label } value={ value } options={ options } onChange={ onChange } />
	);
}

/** Which Google app to sign in through: one that is known, or a new one with its keys. */
function AppForm( { clients }: { clients: readonly OAuthClient[] } ) {
	const { api } = useSettings();
	const begin = useConsentStart();
	const work = useWork();
	const [ chosen, setChosen ] = useState< string >( clients[ 0 ]?.id ?? NEW );
	const [ keys, setKeys ] = useState< ClientKeys >( { client_id: '', client_secret: '' } );
	const clientId = async (): Promise< string > => ( chosen === NEW ? ( await api.saveClient( keys ) ).id : chosen );
	const start = async (): Promise< void > => {
		const missing = ( [ 'client_id', 'client_secret' ] as const ).find( ( name ) => ! keys[ name ].trim() );
		if ( chosen === NEW && missing ) {
			const detail = __( 'Enter this first.', 'unified-inbox' );
			throw new Problem( 'field_missing', 422, { field: missing, detail } );
		}
		await begin( { clientId } );
	};
	return (
		<Form
			work={ work }
			problem={ work.problem?.details.field ? null : work.problem }
			words={ __( 'Sign in with Google', 'unified-inbox' ) }
			save={ start }
			beside={ <span className="uibs-quiet">{ __( 'Opens in a new tab.', 'unified-inbox' ) }</span> }
		>
			{ ( foot ) => (
				<>
					{ clients.length > 0 && (
						<Card>
							<AppChoice clients={ clients } value={ chosen } onChange={ setChosen } />
						</Card>
					) }
					{ chosen === NEW && (
						<Card title={ __( 'In Google’s console', 'unified-inbox' ) }>
							<GoogleSteps />
						</Card>
					) }
					<Card title={ chosen === NEW ? __( 'Here', 'unified-inbox' ) : undefined }>
						{ chosen === NEW && (
							<ClientForm keys={ keys } problem={ work.problem } onChange={ setKeys } onRefuse={ work.refuse } />
						) }
						<Scopes />
						{ foot }
					</Card>
				</>
			) }
		</Form>
	);
}

/** First step of connecting Gmail: the owner's own Google app. */
export function GoogleApp() {
	const { api } = useSettings();
	const clients = useLoaded( api.clients );
	return (
		<Page
			title={ __( 'Connect Gmail', 'unified-inbox' ) }
			lead={ __( 'Your mail goes from Google to your own service, through a Google app that belongs to you and nobody else. Making it takes about five minutes, once.', 'unified-inbox' ) }
			back={ <Back href={ to.connect }>{ __( 'Connect a mailbox', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Steps current={ 1 } />
			<Wait loaded={ clients }>{ ( items ) => <AppForm clients={ items } /> }</Wait>
		</Page>
	);
}
