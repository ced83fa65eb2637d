import { Button } from '@wordpress/components';
import { useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Field } from '../parts/field';

/** The key of a service account, pasted or out of its file. */
export function KeyField( {
	value,
	error,
	onChange,
}: {
	value: string;
	error: string | null;
	onChange: ( text: string ) => void;
} ) {
	const picker = useRef< HTMLInputElement >( null );
	return (
		<>
			<Field
				label={ __( 'Key of the service account (JSON)', 'unified-inbox' ) }
				hint={ __( 'It is kept encrypted by the service and never shown again.', 'unified-inbox' ) }
				error={ error }
			>
				{ ( wiring ) => (
					<textarea
						{ ...wiring }
						className="is-code"
						dir="ltr"
						rows={ 5 }
						spellCheck={ false }
						autoComplete="off"
						value={ value }
						onChange={ ( event ) => onChange( event.target.value ) }
					/>
				) }
			</Field>
			<input
				ref={ picker }
				type="file"
				accept=".json,application/json"
				hidden
				onChange={ ( event ) => void event.target.files?.[ 0 ]?.text().then( onChange ) }
			/>
			<p className="uibs-aside">
				<Button variant="link" onClick={ () => picker.current?.click() }>
					{ __( 'Or choose the file', 'unified-inbox' ) }
				</Button>
			</p>
		</>
	);
}
