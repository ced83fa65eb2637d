import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { shuffle } from '@wordpress/icons';
import { Empty } from '../../parts/empty';
import { useSettings } from '../context';
import type { RuleDraft } from '../model';
import { Card, Page, Wait } from '../parts/page';
import { useLoaded, type Loaded } from '../use-loaded';
import { DryRun } from './dry-run';
import { RuleEditor } from './rule-editor';
import { RuleRow } from './rule-row';
import { tagNames } from './rule-words';
import { useRuleActs, type RulesPage } from './use-rules';

const EMPTY_RULE: RuleDraft = { name: '', enabled: true, conditions: {}, team_id: null, assignee_id: null, adds_tags: [] };

function NoRule( { onAdd }: { onAdd: () => void } ) {
	return (
		<Card>
			<Empty
				icon={ shuffle }
				title={ __( 'New tickets wait for whoever takes them', 'unified-inbox' ) }
				action={
					<Button variant="primary" onClick={ onAdd } __next40pxDefaultSize>
						{ __( 'Add a rule', 'unified-inbox' ) }
					</Button>
				}
			>
				{ __( 'A rule gives them to a team or a person as they come in: invoices to accounting, a customer to the one who knows him.', 'unified-inbox' ) }
			</Empty>
		</Card>
	);
}

function Rules( { loaded, draft, setDraft }: { loaded: Loaded< RulesPage >; draft: RuleDraft | null; setDraft: ( draft: RuleDraft | null ) => void } ) {
	const acts = useRuleActs( loaded );
	const { rules, known } = loaded.value!;
	const editor = draft && (
		<RuleEditor
			rule={ draft }
			known={ known }
			onSave={ async ( changed ) => {
				await acts.save( changed );
				setDraft( null );
			} }
			onClose={ () => setDraft( null ) }
		/>
	);
	if ( ! rules.length ) {
		return editor || <NoRule onAdd={ () => setDraft( EMPTY_RULE ) } />;
	}
	return (
		<>
			<ol className="uibs-rules">
				{ rules.map( ( rule, index ) => (
					<li key={ rule.id }>
						{ draft?.id === rule.id ? (
							editor
						) : (
							<RuleRow rule={ rule } place={ index } count={ rules.length } known={ known } acts={ acts } onEdit={ () => setDraft( rule ) } />
						) }
					</li>
				) ) }
			</ol>
			{ draft && ! draft.id && editor }
			<p className="uibs-quiet">{ __( 'Tickets that fit no rule wait in Unassigned.', 'unified-inbox' ) }</p>
			<DryRun rules={ rules } />
		</>
	);
}

/** Rules in their order: the first that fits a new ticket and names somebody decides. */
export function RoutingPage() {
	const { api } = useSettings();
	const [ draft, setDraft ] = useState< RuleDraft | null >( null );
	const loaded = useLoaded< RulesPage >( async () => {
		const [ rules, forms, inboxes, teams, agents, tags ] = await Promise.all( [
			api.rules(),
			api.forms(),
			api.inboxes(),
			api.teams(),
			api.agents(),
			api.tags(),
		] );
		return { rules, known: { forms, inboxes, teams, agents, tags: tagNames( tags, rules, forms ) } };
	} );
	return (
		<Page
			title={ __( 'Routing', 'unified-inbox' ) }
			lead={ __( 'From top to bottom: the first rule that fits a new ticket decides who gets it.', 'unified-inbox' ) }
			action={
				loaded.value &&
				loaded.value.rules.length > 0 && (
					<Button variant="primary" onClick={ () => setDraft( EMPTY_RULE ) } __next40pxDefaultSize>
						{ __( 'Add a rule', 'unified-inbox' ) }
					</Button>
				)
			}
		>
			<Wait loaded={ loaded }>{ () => <Rules loaded={ loaded } draft={ draft } setDraft={ setDraft } /> }</Wait>
		</Page>
	);
}
