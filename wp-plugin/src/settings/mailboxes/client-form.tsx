import { Button } from '@wordpress/components';
import { useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Problem } from '../../api/problem';
import { TextField } from '../parts/field';
import { fieldProblem } from '../problem-words';
import { clientKeys, type ClientKeys } from './client-file';

/** Client ID and secret, typed or out of the file that Google offers. */
export function ClientForm( {
	keys,
	problem,
	onChange,
	onRefuse,
}: {
	keys: ClientKeys;
	problem: Problem | null;
	onChange: ( keys: ClientKeys ) => void;
	onRefuse: ( problem: Problem ) => void;
} ) {
	const picker = useRef< HTMLInputElement >( null );
	const read = async ( file: File | undefined ): Promise< void > => {
		if ( ! file ) {
			return;
		}
		const found = clientKeys( await file.text() );
		if ( found ) {
			onChange( found );
		} else {
			const detail = __( 'This is not the file of a web client. In Google’s console open your client and press “Download JSON”.', 'unified-inbox' );
			onRefuse( new Problem( 'client_file', 422, { detail } ) );
		}
	};
	return (
		<>
			<TextField
				label={ __( 'Client ID', 'unified-inbox' ) }
				hint={ __( 'It ends in .apps.googleusercontent.com', 'unified-inbox' ) }
				error={ fieldProblem( problem, 'client_id' ) }
				value={ keys.client_id }
				onChange={ ( client_id ) => onChange( { ...keys, client_id } ) }
				isCode
			/>
			<TextField
				label={ __( 'Client secret', 'unified-inbox' ) }
				hint={ __( 'It is kept encrypted by the service and never shown again.', 'unified-inbox' ) }
				error={ fieldProblem( problem, 'client_secret' ) }
				type="password"
				value={ keys.client_secret }
				onChange={ ( client_secret ) => onChange( { ...keys, client_secret } ) }
				isCode
			/>
			<input
				ref={ picker }
				type="file"
				accept=".json,application/json"
				hidden
				onChange={ ( event ) => void read( event.target.files?.[ 0 ] ) }
			/>
			<p className="uibs-aside">
				<Button variant="link" onClick={ () => picker.current?.click() }>
					{ __( 'Or take both from the file Google offers', 'unified-inbox' ) }
				</Button>
			</p>
		</>
	);
}
