import { __ } from '@wordpress/i18n';
import type { Check, TestingMode } from '../model';
import { Choices } from '../parts/field';

/** Google does not always say whether an app is in Testing; then only its owner knows. */
export function asksForMode( checks: readonly Check[] ): boolean {
	return checks.some( ( { name, ok } ) => name === 'testing_mode' && ok === null );
}

/** What the owner's console says about the app, under “Audience”. */
export function TestingModeQuestion( {
	value,
	onChange,
}: {
	value: TestingMode | null;
	onChange: ( mode: TestingMode ) => void;
} ) {
	return (
		<>
			<Choices< TestingMode >
				legend={ __( 'What does Google’s console say under “Audience”?', 'unified-inbox' ) }
				value={ value }
				onChange={ onChange }
				options={ [
					{ value: 'production', label: __( 'In production', 'unified-inbox' ) },
					{ value: 'internal', label: __( 'Internal', 'unified-inbox' ) },
					{ value: 'testing', label: __( 'Testing', 'unified-inbox' ) },
				] }
			/>
			{ value === 'testing' && (
				<p className="uibs-warning" role="status">
					{ __( 'Google will end this sign-in after seven days. Press “Publish app” there, then sign in again here.', 'unified-inbox' ) }
				</p>
			) }
		</>
	);
}
