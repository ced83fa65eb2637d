import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Problem } from '../../api/problem';
import type { Person } from '../../model';
import type { Conditions, RuleDraft } from '../model';
import { SelectField, TextField } from '../parts/field';
import { Cancel, Form } from '../parts/form';
import { ListedField } from '../parts/listed-field';
import { Card } from '../parts/page';
import { fieldProblem } from '../problem-words';
import { useWork } from '../use-loaded';
import { ruleFault, type Known } from './rule-words';

function Chooser( { label, none, value, list, onChange, error }: { label: string; none: string; value: string | null | undefined; list: readonly Person[]; onChange: ( id: string | null ) => void; error?: string | null } ) {
	const known = list.map( ( { id, name } ) => ( { value: id, label: name } ) );
	return (
		<SelectField
			label={ label }
			error={ error }
			value={ value ?? '' }
			options={ [ { value: '', label: none }, ...known ] }
			onChange={ ( id ) => onChange( id || null ) }
		/>
	);
}

/** What a ticket must be; empty fields ask for nothing. */
function ConditionFields( { conditions, known, onChange }: { conditions: Conditions; known: Known; onChange: ( conditions: Conditions ) => void } ) {
	const any = __( 'Any', 'unified-inbox' );
	const set = ( name: keyof Conditions, value: string | string[] | null ): void => {
		const { [ name ]: _, ...rest } = conditions;
		onChange( value?.length ? { ...rest, [ name ]: value } : rest );
	};
	const tags = known.tags.map( ( name ) => ( { id: name, name } ) );
	return (
		<div className="uibs-grid">
			<Chooser label={ __( 'Inbox', 'unified-inbox' ) } none={ any } value={ conditions.inbox } list={ known.inboxes } onChange={ ( id ) => set( 'inbox', id ) } />
			<Chooser label={ __( 'Form', 'unified-inbox' ) } none={ any } value={ conditions.form } list={ known.forms } onChange={ ( id ) => set( 'form', id ) } />
			<Chooser label={ __( 'Tag', 'unified-inbox' ) } none={ any } value={ conditions.tag } list={ tags } onChange={ ( name ) => set( 'tag', name ) } />
			<TextField
				label={ __( 'Domain of the sender', 'unified-inbox' ) }
				hint={ __( 'For example acme.example', 'unified-inbox' ) }
				isCode
				value={ conditions.sender_domain ?? '' }
				onChange={ ( text ) => set( 'sender_domain', text.trim().replace( /^.*@/, '' ).toLowerCase() ) }
			/>
			<ListedField
				label={ __( 'One of these words', 'unified-inbox' ) }
				hint={ __( 'In the subject or the text, separated by commas.', 'unified-inbox' ) }
				value={ conditions.words ?? [] }
				onChange={ ( words ) => set( 'words', words ) }
			/>
		</div>
	);
}

/** One rule being written or changed. */
export function RuleEditor( { rule, known, onSave, onClose }: { rule: RuleDraft; known: Known; onSave: ( rule: RuleDraft ) => Promise< void >; onClose: () => void } ) {
	const work = useWork();
	const [ draft, setDraft ] = useState( rule );
	const form = useRef< HTMLFormElement >( null );
	useEffect( () => form.current?.querySelector( 'input' )?.focus(), [] );
	const save = async (): Promise< void > => {
		const fault = ruleFault( draft );
		if ( fault ) {
			throw new Problem( 'rule_incomplete', 422, { field: fault.field, detail: fault.words } );
		}
		await onSave( { ...draft, name: draft.name.trim() } );
	};
	const isElsewhere = ! [ 'name', 'team_id', 'adds_tags' ].includes( String( work.problem?.details.field ) );
	return (
		<Card title={ rule.id ? __( 'Change the rule', 'unified-inbox' ) : __( 'New rule', 'unified-inbox' ) }>
			<Form
				element={ form }
				work={ work }
				problem={ isElsewhere ? work.problem : null }
				words={ __( 'Save the rule', 'unified-inbox' ) }
				save={ save }
				beside={ <Cancel onClick={ onClose } /> }
			>
				<TextField label={ __( 'Name', 'unified-inbox' ) } error={ fieldProblem( work.problem, 'name' ) } maxLength={ 200 } value={ draft.name } onChange={ ( name ) => setDraft( { ...draft, name } ) } />
				<fieldset className="uibs-part">
					<legend>{ __( 'If a new ticket fits all of this', 'unified-inbox' ) }</legend>
					<ConditionFields conditions={ draft.conditions } known={ known } onChange={ ( conditions ) => setDraft( { ...draft, conditions } ) } />
				</fieldset>
				<fieldset className="uibs-part">
					<legend>{ __( 'give it to', 'unified-inbox' ) }</legend>
					<div className="uibs-grid">
						<Chooser label={ __( 'Team', 'unified-inbox' ) } none={ __( 'No team', 'unified-inbox' ) } error={ fieldProblem( work.problem, 'team_id' ) } value={ draft.team_id } list={ known.teams } onChange={ ( team_id ) => setDraft( { ...draft, team_id } ) } />
						<Chooser label={ __( 'Person', 'unified-inbox' ) } none={ __( 'Nobody', 'unified-inbox' ) } value={ draft.assignee_id } list={ known.agents } onChange={ ( assignee_id ) => setDraft( { ...draft, assignee_id } ) } />
						<ListedField
							label={ __( 'Put these tags on it', 'unified-inbox' ) }
							hint={ __( 'Separated by commas. With tags alone the rules below go on, and can ask for them.', 'unified-inbox' ) }
							error={ fieldProblem( work.problem, 'adds_tags' ) }
							value={ draft.adds_tags }
							onChange={ ( adds_tags ) => setDraft( { ...draft, adds_tags } ) }
						/>
					</div>
				</fieldset>
			</Form>
		</Card>
	);
}
