import type { DryRunLine, Rule } from '../model';

export interface Tallied {
	id: string | null;
	name: string | null;
	count: number;
}

/** How many tickets each rule takes, in the rules' order; last those that no rule takes. */
export function tally( lines: readonly DryRunLine[], rules: readonly Pick< Rule, 'id' | 'name' | 'enabled' >[] ): Tallied[] {
	const count = ( id: string | null ): number => lines.filter( ( line ) => line.rule_id === id ).length;
	const taken = rules
		.filter( ( { enabled } ) => enabled )
		.map( ( { id, name } ) => ( { id, name, count: count( id ) } ) );
	return [ ...taken, { id: null, name: null, count: count( null ) } ];
}

const nameOf = ( one: DryRunLine[ 'team' ] ): string => ( typeof one === 'string' ? one : one?.name ?? '' );

/** To whom a ticket would go: the person where there is one, else the team. */
export function lineTarget( { team, assignee }: DryRunLine ): string {
	return [ nameOf( assignee ), nameOf( team ) ].filter( Boolean ).join( ' · ' );
}
