import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { cog, help } from '@wordpress/icons';
import type { ReactNode } from 'react';
import { countOf, VIEW_NAMES, VIEWS, type Where } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

function ViewLink( {
	to,
	label,
	count,
	isCurrent,
	mark,
}: {
	to: Where;
	label: string;
	count: number | null;
	isCurrent: boolean;
	mark?: ReactNode;
} ) {
	const desk = useDesk();
	return (
		<li>
			<button
				type="button"
				className="uib-view"
				aria-current={ isCurrent ? 'page' : undefined }
				onClick={ () => desk.go( { ...to, ticket: null } ) }
			>
				{ mark }
				<span className="uib-view__label" dir="auto">
					{ label }
				</span>
				{ count !== null && (
					<span className="uib-view__count">
						<span aria-hidden="true">{ count }</span>
						<span className="screen-reader-text">
							{ /* translators: %d: number of tickets. */
							sprintf( _n( '%d ticket', '%d tickets', count, 'unified-inbox' ), count ) }
						</span>
					</span>
				) }
			</button>
		</li>
	);
}

export function InboxDot( { colour }: { colour: string } ) {
	return <span className="uib-dot" style={ { background: colour } } aria-hidden="true" />;
}

/** The views of all inboxes, then each inbox. */
export function ViewLists() {
	const desk = useDesk();
	const route = useStore( desk.route, ( state ) => state );
	const { inboxes, counts } = useStore( desk.session.store, ( state ) => state );
	return (
		<>
			<ul className="uib-views__list">
				{ VIEW_NAMES.map( ( view ) => (
					<ViewLink
						key={ view }
						to={ { view, inbox: null } }
						label={ VIEWS[ view ].label() }
						count={ countOf( view, counts ) }
						isCurrent={ route.view === view && ! route.inbox }
					/>
				) ) }
			</ul>
			<h2 className="uib-views__title">{ __( 'Inboxes', 'unified-inbox' ) }</h2>
			<ul className="uib-views__list">
				{ inboxes?.map( ( inbox ) => (
					<ViewLink
						key={ inbox.id }
						to={ { view: 'open', inbox: inbox.id } }
						label={ inbox.name }
						count={ countOf( 'open', inbox.counts ) }
						isCurrent={ route.inbox === inbox.id }
						mark={ <InboxDot colour={ inbox.colour } /> }
					/>
				) ) }
			</ul>
		</>
	);
}

export function Views( { onHelp }: { onHelp: () => void } ) {
	const { boot } = useDesk();
	return (
		<nav className="uib-views" aria-label={ __( 'Views', 'unified-inbox' ) }>
			<p className="uib-views__brand">{ __( 'Inbox', 'unified-inbox' ) }</p>
			<ViewLists />
			<div className="uib-views__foot">
				<Button size="compact" icon={ help } label={ __( 'Keyboard shortcuts', 'unified-inbox' ) } onClick={ onHelp } />
				{ boot.canRoute && (
					<Button size="compact" icon={ cog } label={ __( 'Settings', 'unified-inbox' ) } href={ boot.settingsUrl } />
				) }
			</div>
		</nav>
	);
}
