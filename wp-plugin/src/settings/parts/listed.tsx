import { Button } from '@wordpress/components';
import type { ReactNode } from 'react';

/** One of a list of things that have a page each: its name, what is to be known of it, what to do. */
export function ListedCard( { title, acts, children }: { title: ReactNode; acts: ReactNode; children: ReactNode } ) {
	return (
		<li className="uibs-card uibs-mailbox">
			<div className="uibs-mailbox__words">
				<h3 className="uibs-card__title">{ title }</h3>
				{ children }
			</div>
			{ acts && <div className="uibs-mailbox__acts">{ acts }</div> }
		</li>
	);
}

/** Opens a page; `label` tells listeners which one, where the words beside it do not. */
export function OpenButton( { href, label, children }: { href: string; label?: string; children: ReactNode } ) {
	return (
		<Button variant="secondary" href={ href } aria-label={ label } __next40pxDefaultSize>
			{ children }
		</Button>
	);
}
