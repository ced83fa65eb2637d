import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import type { Rule, RuleDraft } from '../model';
import { settingsProblem } from '../problem-words';
import { toProblem } from '../../api/problem';
import type { Loaded } from '../use-loaded';
import { moved } from './order';
import type { Known } from './rule-words';

export interface RulesPage {
	rules: Rule[];
	known: Known;
}

export interface RuleActs {
	move: ( from: number, at: number ) => Promise< void >;
	toggle: ( rule: Rule ) => Promise< void >;
	remove: ( rule: Rule ) => Promise< void >;
	save: ( draft: RuleDraft ) => Promise< void >;
}

/** What can be done with the rules. The screen changes at once and goes back where the service refuses. */
export function useRuleActs( { value, set, reload }: Loaded< RulesPage > ): RuleActs {
	const { api, notices } = useSettings();
	const page = value!;
	const show = ( rules: Rule[] ): void => set( { ...page, rules } );
	const boldly = async ( rules: Rule[], work: () => Promise< unknown > ): Promise< void > => {
		show( rules );
		try {
			await work();
		} catch ( thrown ) {
			notices.warn( settingsProblem( toProblem( thrown ) ) );
			await reload();
		}
	};
	const bringBack = async ( { id, ...rule }: Rule, order: string[] ): Promise< void > => {
		const made = await api.addRule( rule );
		await api.orderRules( order.map( ( one ) => ( one === id ? made.id : one ) ) );
		await reload();
	};
	return {
		move: ( from, at ) => {
			const rules = moved( page.rules, from, at );
			return boldly( rules, () => api.orderRules( rules.map( ( { id } ) => id ) ) );
		},
		toggle: ( rule ) => {
			const enabled = ! rule.enabled;
			const rules = page.rules.map( ( one ) => ( one === rule ? { ...one, enabled } : one ) );
			return boldly( rules, () => api.changeRule( rule.id, { enabled } ) );
		},
		remove: async ( rule ) => {
			const order = page.rules.map( ( { id } ) => id );
			await boldly( page.rules.filter( ( one ) => one !== rule ), () => api.removeRule( rule.id ) );
			notices.say( __( 'The rule is removed.', 'unified-inbox' ), {
				label: __( 'Undo', 'unified-inbox' ),
				run: () => void bringBack( rule, order ),
			} );
		},
		save: async ( { id, ...draft } ) => {
			await ( id ? api.changeRule( id, draft ) : api.addRule( draft ) );
			await reload();
		},
	};
}
