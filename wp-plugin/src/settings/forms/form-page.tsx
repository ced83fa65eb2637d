import { __ } from '@wordpress/i18n';
import { useState } from '@wordpress/element';
import type { Id, Inbox } from '../../model';
import { useSettings } from '../context';
import type { Form as ContactForm, FormField, Language } from '../model';
import { SelectField, TextField } from '../parts/field';
import { Form } from '../parts/form';
import { ListedField } from '../parts/listed-field';
import { Back, Card, Page, Wait } from '../parts/page';
import { fieldProblem } from '../problem-words';
import { to } from '../route';
import { useLoaded, useWork } from '../use-loaded';
import { FieldList } from './field-list';
import { FormPreview } from './form-preview';
import { LanguageSwitch } from './language-switch';
import { ownLanguage } from './languages';
import { RemoveForm } from './remove-form';

function FormEditor( { form, inboxes, isOnly }: { form: ContactForm; inboxes: readonly Inbox[]; isOnly: boolean } ) {
	const { api, boot, notices } = useSettings();
	const work = useWork();
	const [ saved, setSaved ] = useState( form );
	const [ draft, setDraft ] = useState( form );
	const [ language, setLanguage ] = useState< Language >( () => ownLanguage( boot.locale ) );
	const isChanged = JSON.stringify( draft ) !== JSON.stringify( saved );
	const setFields = ( fields: FormField[] ): void =>
		setDraft( { ...draft, definition: { ...draft.definition, fields } } );
	const save = async (): Promise< void > => {
		const { name, inbox_id, definition } = draft;
		const answer = await api.changeForm( form.id, { name: name.trim(), inbox_id, definition } );
		setSaved( answer );
		setDraft( answer );
		notices.say( __( 'Saved. Pages with this form show it within a minute.', 'unified-inbox' ) );
	};
	return (
		<div className="uibs-split">
			<Form
				work={ work }
				problem={ work.problem?.details.field ? null : work.problem }
				save={ save }
				beside={ isChanged && <span className="uibs-quiet">{ __( 'Not saved yet', 'unified-inbox' ) }</span> }
			>
				{ ( foot ) => (
					<>
						<Card>
							<TextField
								label={ __( 'Name', 'unified-inbox' ) }
								hint={ __( 'For your team; visitors do not see it.', 'unified-inbox' ) }
								error={ fieldProblem( work.problem, 'name' ) }
								maxLength={ 200 }
								value={ draft.name }
								onChange={ ( name ) => setDraft( { ...draft, name } ) }
							/>
							<SelectField
								label={ __( 'Inbox', 'unified-inbox' ) }
								hint={ __( 'Tickets of this form come here, and its mailbox answers them.', 'unified-inbox' ) }
								error={ fieldProblem( work.problem, 'inbox_id' ) }
								value={ draft.inbox_id }
								options={ inboxes.map( ( { id, name } ) => ( { value: id, label: name } ) ) }
								onChange={ ( inbox_id ) => setDraft( { ...draft, inbox_id } ) }
							/>
							<ListedField
								label={ __( 'Tags', 'unified-inbox' ) }
								hint={ __( 'Put on every ticket of this form, separated by commas. Rules can ask for them.', 'unified-inbox' ) }
								error={ fieldProblem( work.problem, 'definition' ) }
								value={ draft.definition.tags ?? [] }
								onChange={ ( tags ) => setDraft( { ...draft, definition: { ...draft.definition, tags } } ) }
							/>
						</Card>
						<Card
							title={ __( 'What visitors read', 'unified-inbox' ) }
							action={ <LanguageSwitch value={ language } onChange={ setLanguage } /> }
						>
							<FieldList fields={ draft.definition.fields } language={ language } onChange={ setFields } />
						</Card>
						{ foot }
						{ ! isOnly && <RemoveForm form={ form } /> }
					</>
				) }
			</Form>
			<FormPreview fields={ draft.definition.fields } language={ language } />
		</div>
	);
}

/** One form: its inbox, its words in each language, and how it will look. */
export function FormPage( { id }: { id: Id } ) {
	const { api } = useSettings();
	const loaded = useLoaded( async () => {
		const [ forms, inboxes ] = await Promise.all( [ api.forms(), api.inboxes() ] );
		return { form: forms.find( ( one ) => one.id === id ), isOnly: forms.length < 2, inboxes };
	}, id );
	return (
		<Page
			title={ loaded.value?.form ? <span dir="auto">{ loaded.value.form.name }</span> : __( 'Form', 'unified-inbox' ) }
			back={ <Back href={ to.forms }>{ __( 'Forms', 'unified-inbox' ) }</Back> }
		>
			<Wait loaded={ loaded }>
				{ ( { form, inboxes, isOnly } ) =>
					form ? (
						<FormEditor form={ form } inboxes={ inboxes } isOnly={ isOnly } />
					) : (
						<p>{ __( 'This form is not here any more.', 'unified-inbox' ) }</p>
					)
				}
			</Wait>
		</Page>
	);
}
