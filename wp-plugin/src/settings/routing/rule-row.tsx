import { Button } from '@wordpress/components';
import { __, isRTL, sprintf } from '@wordpress/i18n';
import { arrowLeft, arrowRight, chevronDown, chevronUp, Icon, pencil, trash } from '@wordpress/icons';
import type { Rule } from '../model';
import type { RuleActs } from './use-rules';
import { actsInWords, conditionsInWords, type Known } from './rule-words';

interface Placed {
	rule: Rule;
	place: number;
	count: number;
	acts: RuleActs;
}

function Move( { rule, place, count, acts }: Placed ) {
	return (
		<span className="uibs-rule__move">
			<Button
				icon={ chevronUp }
				size="small"
				disabled={ place === 0 }
				accessibleWhenDisabled
				/* translators: %s: name of a rule. */
				label={ sprintf( __( 'Move %s up', 'unified-inbox' ), rule.name ) }
				onClick={ () => void acts.move( place, place - 1 ) }
			/>
			<Button
				icon={ chevronDown }
				size="small"
				disabled={ place === count - 1 }
				accessibleWhenDisabled
				/* translators: %s: name of a rule. */
				label={ sprintf( __( 'Move %s down', 'unified-inbox' ), rule.name ) }
				onClick={ () => void acts.move( place, place + 1 ) }
			/>
		</span>
	);
}

/** A rule as a sentence, with what can be done with it. */
export function RuleRow( { known, onEdit, ...placed }: Placed & { known: Known; onEdit: () => void } ) {
	const { rule, acts } = placed;
	return (
		<div className="uibs-rule" data-off={ rule.enabled ? undefined : '' }>
			<Move { ...placed } />
			<div className="uibs-rule__words">
				<h3 className="uibs-rule__name" dir="auto">
					{ rule.name }
				</h3>
				<ul className="uibs-chips" aria-label={ __( 'If a new ticket fits all of this', 'unified-inbox' ) }>
					{ conditionsInWords( rule, known ).map( ( words ) => (
						<li key={ words } className="uibs-chip">
							{ words }
						</li>
					) ) }
				</ul>
			</div>
			<p className="uibs-rule__target">
				<Icon icon={ isRTL() ? arrowLeft : arrowRight } size={ 20 } />
				<span className="screen-reader-text">{ __( 'Then', 'unified-inbox' ) }</span>
				<span>{ actsInWords( rule, known ).join( ' · ' ) }</span>
			</p>
			<div className="uibs-rule__acts">
				<label className="uibs-toggle">
					<input type="checkbox" role="switch" checked={ rule.enabled } onChange={ () => void acts.toggle( rule ) } />
					<span className="screen-reader-text">
						{ /* translators: %s: name of a rule. */ sprintf( __( 'Use the rule %s', 'unified-inbox' ), rule.name ) }
					</span>
				</label>
				{ /* translators: %s: name of a rule. */ }
				<Button icon={ pencil } size="compact" label={ sprintf( __( 'Edit %s', 'unified-inbox' ), rule.name ) } onClick={ onEdit } />
				<Button
					icon={ trash }
					size="compact"
					/* translators: %s: name of a rule. */
					label={ sprintf( __( 'Remove %s', 'unified-inbox' ), rule.name ) }
					onClick={ () => void acts.remove( rule ) }
				/>
			</div>
		</div>
	);
}
