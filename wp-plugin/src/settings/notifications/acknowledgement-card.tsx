import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useSettings } from '../context';
import { LanguageSwitch } from '../forms/language-switch';
import { ownLanguage } from '../forms/languages';
import type { Acknowledgement, AcknowledgementWords, Language } from '../model';
import { CheckBox, Field, TextField } from '../parts/field';
import { FormCard } from '../parts/form';

function Words( {
	value: { subject, text },
	language,
	variables,
	onChange,
}: {
	value: AcknowledgementWords;
	language: Language;
	variables: string[];
	onChange: ( words: AcknowledgementWords ) => void;
} ) {
	const named = variables.map( ( name ) => `{${ name }}` ).join( ' ' );
	return (
		<>
			<TextField
				label={ __( 'Subject', 'unified-inbox' ) }
				lang={ language }
				maxLength={ 200 }
				value={ subject }
				onChange={ ( changed ) => onChange( { subject: changed, text } ) }
			/>
			<Field
				label={ __( 'Text', 'unified-inbox' ) }
				/* translators: %s: names in braces, as {customer.name}. */
				hint={ sprintf( __( 'These are filled in: %s', 'unified-inbox' ), `\u2066${ named }\u2069` ) }
			>
				{ ( wiring ) => (
					<textarea
						{ ...wiring }
						rows={ 7 }
						dir="auto"
						lang={ language }
						maxLength={ 5000 }
						value={ text }
						onChange={ ( event ) => onChange( { subject, text: event.target.value } ) }
					/>
				) }
			</Field>
		</>
	);
}

/** What an inbox answers at once to whoever writes to it. */
export function AcknowledgementCard( { before }: { before: Acknowledgement } ) {
	const { api, boot } = useSettings();
	const [ one, setOne ] = useState( before );
	const [ language, setLanguage ] = useState< Language >( () => ownLanguage( boot.locale ) );
	const save = async (): Promise< void > =>
		setOne( await api.changeAcknowledgement( one.inbox_id, { enabled: one.enabled, texts: one.texts } ) );
	return (
		<FormCard
			/* translators: %s: name of an inbox. */
			title={ sprintf( __( 'Acknowledgement of %s', 'unified-inbox' ), `\u2068${ one.name }\u2069` ) }
			save={ save }
		>
			<CheckBox
				label={ __( 'Answer every new request at once', 'unified-inbox' ) }
				hint={ __( 'In the customer’s language, once per ticket, and never to machines.', 'unified-inbox' ) }
				isChecked={ one.enabled }
				onChange={ ( enabled ) => setOne( { ...one, enabled } ) }
			/>
			{ one.enabled && (
				<>
					<LanguageSwitch value={ language } onChange={ setLanguage } />
					<Words
						language={ language }
						value={ one.texts[ language ] }
						variables={ one.variables }
						onChange={ ( words ) => setOne( { ...one, texts: { ...one.texts, [ language ]: words } } ) }
					/>
				</>
			) }
		</FormCard>
	);
}
