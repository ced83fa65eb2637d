import type { DryRunLine, Rule } from '../model';

export interface Tallied {
	id: string | null;
	name: string | null;
	count: number;
}

/** How many tickets each rule fits, in the rules' order; last those that nobody gets. */
export function tally( lines: readonly DryRunLine[], rules: readonly Pick< Rule, 'id' | 'name' | 'enabled' >[] ): Tallied[] {
	const count = ( id: string ): number => lines.filter( ( line ) => line.rule_ids.includes( id ) ).length;
	const waiting = lines.filter( ( line ) => line.rule_id === null ).length;
	const taken = rules
		.filter( ( { enabled } ) => enabled )
		.map( ( { id, name } ) => ( { id, name, count: count( id ) } ) );
	return [ ...taken, { id: null, name: null, count: waiting } ];
}

const nameOf = ( one: DryRunLine[ 'team' ] ): string => ( typeof one === 'string' ? one : one?.name ?? '' );

/** To whom a ticket would go, and with which tags. */
export function lineTarget( { team, assignee, tags }: DryRunLine ): string {
	return [ nameOf( assignee ), nameOf( team ), ...tags.map( ( tag ) => `#${ tag }` ) ].filter( Boolean ).join( ' · ' );
}

/** The names of the rules that fit a ticket, in their order. */
export function lineRules( { rule_ids: ids }: DryRunLine, rules: readonly Pick< Rule, 'id' | 'name' >[] ): string {
	return rules.filter( ( { id } ) => ids.includes( id ) ).map( ( { name } ) => name ).join( ' · ' );
}
