import type { ReactNode } from 'react';

/** A line of a list of facts. */
export function Fact( { label, children }: { label: string; children: ReactNode } ) {
	return (
		<div className="uib-fact">
			<dt>{ label }</dt>
			<dd>{ children }</dd>
		</div>
	);
}
