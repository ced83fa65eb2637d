import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useSettings } from '../context';
import { LanguageSwitch } from '../forms/language-switch';
import { ownLanguage } from '../forms/languages';
import type { Acknowledgement, AcknowledgementWords, Language } from '../model';
import { CheckBox, Field, SubmitButton, TextField } from '../parts/field';
import { Card, Trouble } from '../parts/page';
import { useWork } from '../use-loaded';

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
	const { api, boot, notices } = useSettings();
	const work = useWork();
	const [ one, setOne ] = useState( before );
	const [ language, setLanguage ] = useState< Language >( () => ownLanguage( boot.locale ) );
	const save = (): Promise< boolean > =>
		work.run( async () => {
			setOne( await api.changeAcknowledgement( one.inbox_id, { enabled: one.enabled, texts: one.texts } ) );
			notices.say( __( 'Saved.', 'unified-inbox' ) );
		} );
	return (
		<Card
			/* translators: %s: name of an inbox. */
			title={ sprintf( __( 'Acknowledgement of %s', 'unified-inbox' ), `\u2068${ one.name }\u2069` ) }
		>
			<form
				noValidate
				className="uibs-fields"
				onSubmit={ ( event ) => {
					event.preventDefault();
					void save();
				} }
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
				<Trouble problem={ work.problem } />
				<div className="uibs-acts">
					<SubmitButton isBusy={ work.isBusy }>{ __( 'Save', 'unified-inbox' ) }</SubmitButton>
				</div>
			</form>
		</Card>
	);
}
