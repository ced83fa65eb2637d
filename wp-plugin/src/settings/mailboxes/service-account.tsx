import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Problem } from '../../api/problem';
import { useSettings } from '../context';
import type { ServiceAccountTest } from '../model';
import { CheckList } from '../parts/check-list';
import { TextField } from '../parts/field';
import { Form } from '../parts/form';
import { Back, Card, Page } from '../parts/page';
import { fieldProblem } from '../problem-words';
import { to } from '../route';
import { useWork } from '../use-loaded';
import { ChooseInboxes } from './choose-inboxes';
import { serviceAccountKey } from './client-file';
import { KeyField } from './key-field';
import { WorkspaceSteps } from './workspace-steps';

interface Tested extends ServiceAccountTest {
	key: object;
	address: string;
}

function KeyForm( { onTested }: { onTested: ( test: Tested ) => void } ) {
	const { api } = useSettings();
	const work = useWork();
	const [ text, setText ] = useState( '' );
	const [ address, setAddress ] = useState( '' );
	const test = async (): Promise< void > => {
		const key = serviceAccountKey( text );
		if ( ! key ) {
			const detail = __( 'This is not the key of a service account. It begins with { "type": "service_account".', 'unified-inbox' );
			throw new Problem( 'key', 422, { field: 'service_account', detail } );
		}
		const mailbox = address.trim();
		onTested( { ...( await api.testServiceAccount( key, mailbox ) ), key, address: mailbox } );
	};
	return (
		<Form
			work={ work }
			problem={ work.problem?.details.field ? null : work.problem }
			words={ __( 'Test the access', 'unified-inbox' ) }
			save={ test }
		>
			<KeyField value={ text } error={ fieldProblem( work.problem, 'service_account' ) } onChange={ setText } />
			<TextField
				label={ __( 'Mailbox', 'unified-inbox' ) }
				hint={ __( 'The address of the account whose mail is to be read.', 'unified-inbox' ) }
				error={ fieldProblem( work.problem, 'address' ) }
				type="email"
				isCode
				value={ address }
				onChange={ setAddress }
			/>
		</Form>
	);
}

/** The second way: a Workspace service account with domain-wide delegation. */
export function ServiceAccount() {
	const { api } = useSettings();
	const [ test, setTest ] = useState< Tested | null >( null );
	return (
		<Page
			title={ __( 'Connect by a service account', 'unified-inbox' ) }
			lead={ __( 'For Google Workspace. An administrator allows the account once for the whole domain.', 'unified-inbox' ) }
			back={ <Back href={ to.connect }>{ __( 'Connect a mailbox', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Card title={ __( 'In Google’s consoles', 'unified-inbox' ) }>
				<WorkspaceSteps />
			</Card>
			<Card title={ __( 'Here', 'unified-inbox' ) }>
				<KeyForm onTested={ setTest } />
				<div role="status">{ test && <CheckList checks={ test.checks } /> }</div>
			</Card>
			{ test?.ok && (
				<ChooseInboxes
					key={ test.address }
					identity={ test.identity ?? { address: test.address, aliases: [] } }
					checks={ [] }
					create={ ( chosen ) =>
						api.addMailbox( { kind: 'gmail', service_account: test.key, address: test.address, ...chosen } )
					}
				/>
			) }
		</Page>
	);
}
