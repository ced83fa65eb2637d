import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Problem } from '../../api/problem';
import type { NewPushChannel } from '../api';
import { useSettings } from '../context';
import type { PushChannel } from '../model';
import { Choices, TextField } from '../parts/field';
import { Cancel, Form } from '../parts/form';
import { fieldProblem } from '../problem-words';
import { useWork } from '../use-loaded';
import { serviceAccountKey } from './client-file';
import { KeyField } from './key-field';
import { PullSteps, PushSteps } from './push-steps';

type Way = 'pull' | 'push';
type Name = 'topic' | 'subscription' | 'audience' | 'signer';
type Entered = Record< Name, string >;

const FIELDS: Record< Way, readonly Name[] > = { pull: [ 'topic', 'subscription' ], push: [ 'topic', 'audience', 'signer' ] };

function labelOf( name: Name ): string {
	return {
		topic: __( 'Topic', 'unified-inbox' ),
		subscription: __( 'Subscription', 'unified-inbox' ),
		audience: __( 'Audience', 'unified-inbox' ),
		signer: __( 'Service account', 'unified-inbox' ),
	}[ name ];
}

const EXAMPLES: Entered = {
	topic: 'projects/PROJECT/topics/unified-inbox',
	subscription: 'projects/PROJECT/subscriptions/unified-inbox',
	audience: 'unified-inbox',
	signer: 'pusher@PROJECT.iam.gserviceaccount.com',
};

function WayChoice( { way, onChange }: { way: Way; onChange: ( way: Way ) => void } ) {
	return (
		<Choices
			legend={ __( 'How Google’s word gets here', 'unified-inbox' ) }
			value={ way }
			onChange={ onChange }
			options={ [
				{ value: 'pull', label: __( 'The service fetches it', 'unified-inbox' ), hint: __( 'Works everywhere, also behind a firewall.', 'unified-inbox' ) },
				{ value: 'push', label: __( 'Google sends it to this site', 'unified-inbox' ), hint: __( 'Only where the site is reached from the internet by https.', 'unified-inbox' ) },
			] }
		/>
	);
}

/** The channel to be saved. Without a new key the one that is known counts. */
function channelOf( way: Way, entered: Entered, key: object | null ): NewPushChannel {
	const values = Object.fromEntries( FIELDS[ way ].map( ( name ) => [ name, entered[ name ].trim() ] ) );
	return { topic: '', ...values, ...( way === 'pull' && key ? { service_account: key } : {} ) };
}

/** What to do at Google, and where to enter what comes of it. */
export function PushForm( { channel, onSaved, onCancel }: { channel: PushChannel | null; onSaved: () => Promise< void >; onCancel: () => void } ) {
	const { api, notices } = useSettings();
	const work = useWork();
	const [ way, setWay ] = useState< Way >( channel && ! channel.pulls ? 'push' : 'pull' );
	const [ entered, setEntered ] = useState< Entered >( {
		topic: channel?.topic ?? '',
		subscription: channel?.subscription ?? '',
		audience: channel?.audience ?? '',
		signer: channel?.signer ?? '',
	} );
	const [ keyText, setKeyText ] = useState( '' );
	const save = async (): Promise< void > => {
		const key = serviceAccountKey( keyText );
		if ( way === 'pull' && keyText.trim() && ! key ) {
			const detail = __( 'This is not the key of a service account. It begins with { "type": "service_account".', 'unified-inbox' );
			throw new Problem( 'key', 422, { field: 'service_account', detail } );
		}
		await api.savePushChannel( channelOf( way, entered, key ) );
		notices.say( __( 'Saved.', 'unified-inbox' ) );
		await onSaved();
	};
	return (
		<Form
			work={ work }
			problem={ work.problem?.details.field ? null : work.problem }
			save={ save }
			beside={ <Cancel onClick={ onCancel } /> }
		>
			<WayChoice way={ way } onChange={ setWay } />
			{ way === 'pull' ? <PullSteps /> : <PushSteps /> }
			{ FIELDS[ way ].map( ( name ) => (
				<TextField
					key={ name }
					label={ labelOf( name ) }
					error={ fieldProblem( work.problem, name ) }
					isCode
					placeholder={ EXAMPLES[ name ] }
					value={ entered[ name ] }
					onChange={ ( value ) => setEntered( { ...entered, [ name ]: value } ) }
				/>
			) ) }
			{ way === 'pull' && <KeyField value={ keyText } error={ fieldProblem( work.problem, 'service_account' ) } onChange={ setKeyText } /> }
		</Form>
	);
}
