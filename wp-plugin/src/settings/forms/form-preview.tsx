import { __ } from '@wordpress/i18n';
import type { FormField, Language } from '../model';
import { inLanguage, LANGUAGES } from './languages';

function Control( { type }: { type: FormField[ 'type' ] } ) {
	return type === 'textarea' ? <textarea rows={ 4 } disabled /> : <input type={ type === 'file' ? 'text' : type } disabled />;
}

function Row( { field, language }: { field: FormField; language: Language } ) {
	const words = (
		<>
			{ inLanguage( field.label, language ) }
			{ ! field.required && field.type !== 'consent' && <span className="uibs-quiet"> { __( '(optional)', 'unified-inbox' ) }</span> }
		</>
	);
	if ( field.type === 'consent' ) {
		return (
			<label className="uibs-preview__consent">
				<input type="checkbox" disabled />
				<span>{ words }</span>
			</label>
		);
	}
	return (
		<label>
			<span>{ words }</span>
			<Control type={ field.type } />
		</label>
	);
}

/** Roughly what visitors will see; the theme brings its own fonts and colours. */
export function FormPreview( { fields, language }: { fields: readonly FormField[]; language: Language } ) {
	const { dir } = LANGUAGES.find( ( one ) => one.language === language )!;
	return (
		<aside className="uibs-preview" aria-label={ __( 'Preview', 'unified-inbox' ) }>
			<p className="uibs-preview__title">{ __( 'Preview', 'unified-inbox' ) }</p>
			<div className="uibs-preview__page" dir={ dir } lang={ language }>
				{ fields.map( ( field ) => (
					<Row key={ field.name } field={ field } language={ language } />
				) ) }
			</div>
			<p className="uibs-quiet">{ __( 'On your site it takes the fonts and colours of your theme.', 'unified-inbox' ) }</p>
		</aside>
	);
}
