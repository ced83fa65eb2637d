import { __ } from '@wordpress/i18n';
import type { FormField, Language } from '../model';
import { CheckBox, TextField } from '../parts/field';
import { LANGUAGES } from './languages';

const NAMES: Record< string, () => string > = {
	name: () => __( 'Name', 'unified-inbox' ),
	email: () => __( 'E-mail', 'unified-inbox' ),
	subject: () => __( 'Subject', 'unified-inbox' ),
	message: () => __( 'Message', 'unified-inbox' ),
	files: () => __( 'File', 'unified-inbox' ),
	file: () => __( 'File', 'unified-inbox' ),
	consent: () => __( 'Consent', 'unified-inbox' ),
};

/** Without these two there is nobody to answer, or nothing. */
const ALWAYS_REQUIRED = [ 'email', 'message' ];

/** The label of each field in one language, and whether the field has to be filled in. */
export function FieldList( {
	fields,
	language,
	onChange,
}: {
	fields: readonly FormField[];
	language: Language;
	onChange: ( fields: FormField[] ) => void;
} ) {
	const { dir } = LANGUAGES.find( ( one ) => one.language === language )!;
	const change = ( field: FormField, patch: Partial< FormField > ): void =>
		onChange( fields.map( ( one ) => ( one === field ? { ...one, ...patch } : one ) ) );
	return (
		<div className="uibs-fields">
			{ fields.map( ( field ) => (
				<div className="uibs-fields__row" key={ field.name }>
					<TextField
						label={ NAMES[ field.name ]?.() ?? field.name }
						value={ field.label[ language ] ?? '' }
						placeholder={ field.label.en }
						dir={ dir }
						lang={ language }
						maxLength={ 500 }
						onChange={ ( words ) => change( field, { label: { ...field.label, [ language ]: words } } ) }
					/>
					<CheckBox
						label={ __( 'Required', 'unified-inbox' ) }
						isChecked={ field.required }
						isDisabled={ ALWAYS_REQUIRED.includes( field.name ) }
						onChange={ ( required ) => change( field, { required } ) }
					/>
				</div>
			) ) }
		</div>
	);
}
