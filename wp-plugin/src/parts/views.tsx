import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { bell, cog, help } from '@wordpress/icons';
import type { ReactNode } from 'react';
import { countOf, VIEW_NAMES, VIEWS, type Where } from '../places';
import { useDesk } from '../state/context';
import { teamsOf } from '../state/session';
import { useStore } from '../state/store';

function countInWords( count: number, hasMore: boolean ): string {
	return hasMore
		? /* translators: %d: number of tickets. */
		  sprintf( _n( 'more than %d ticket', 'more than %d tickets', count, 'unified-inbox' ), count )
		: /* translators: %d: number of tickets. */
		  sprintf( _n( '%d ticket', '%d tickets', count, 'unified-inbox' ), count );
}

function ViewLink( {
	to,
	label,
	count,
	hasMore = false,
	isCurrent,
	mark,
}: {
	to: Where;
	label: string;
	count: number | null;
	/** There may be more than are counted. */
	hasMore?: boolean;
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
						<span aria-hidden="true">{ hasMore ? `${ count }+` : count }</span>
						<span className="screen-reader-text">{ countInWords( count, hasMore ) }</span>
					</span>
				) }
			</button>
		</li>
	);
}

export function InboxDot( { colour }: { colour: string } ) {
	return <span className="uib-dot" style={ { background: colour } } aria-hidden="true" />;
}

/** Counted to a hundred, which is said as "99+". */
const COUNTED_TO = 100;

/** The views that were saved, where there are any. */
function SavedViewLinks() {
	const desk = useDesk();
	const current = useStore( desk.route, ( { saved } ) => saved );
	const items = useStore( desk.saved.store, ( state ) => state.items );
	if ( ! items?.length ) {
		return null;
	}
	return (
		<>
			<h2 className="uib-views__title">{ __( 'Saved views', 'unified-inbox' ) }</h2>
			<ul className="uib-views__list">
				{ items.map( ( { id, name, count, has_more: hasMore } ) => (
					<ViewLink
						key={ id }
						to={ { view: 'saved', inbox: null, saved: id } }
						label={ name }
						count={ Math.min( count, COUNTED_TO - 1 ) || null }
						hasMore={ hasMore || count >= COUNTED_TO }
						isCurrent={ current === id }
					/>
				) ) }
			</ul>
		</>
	);
}

/** The teams somebody works in, where there are any. */
function TeamLinks() {
	const desk = useDesk();
	const current = useStore( desk.route, ( { team } ) => team );
	const known = useStore( desk.session.store, ( state ) => state );
	const teams = teamsOf( known );
	if ( ! teams.length ) {
		return null;
	}
	return (
		<>
			<h2 className="uib-views__title">{ __( 'Teams', 'unified-inbox' ) }</h2>
			<ul className="uib-views__list">
				{ teams.map( ( { id, name } ) => (
					<ViewLink
						key={ id }
						to={ { view: 'team', inbox: null, team: id } }
						label={ name }
						count={ known.teamCounts[ id ] ?? null }
						isCurrent={ current === id }
					/>
				) ) }
			</ul>
		</>
	);
}

/** Each inbox, where somebody sees one. */
function InboxLinks() {
	const desk = useDesk();
	const current = useStore( desk.route, ( { inbox } ) => inbox );
	const inboxes = useStore( desk.session.store, ( state ) => state.inboxes );
	if ( ! inboxes?.length ) {
		return null;
	}
	return (
		<>
			<h2 className="uib-views__title">{ __( 'Inboxes', 'unified-inbox' ) }</h2>
			<ul className="uib-views__list">
				{ inboxes.map( ( inbox ) => (
					<ViewLink
						key={ inbox.id }
						to={ { view: 'open', inbox: inbox.id } }
						label={ inbox.name }
						count={ countOf( 'open', inbox.counts ) }
						isCurrent={ current === inbox.id }
						mark={ <InboxDot colour={ inbox.colour } /> }
					/>
				) ) }
			</ul>
		</>
	);
}

/** The views of all inboxes, then those that were saved, then each team and each inbox. */
export function ViewLists() {
	const desk = useDesk();
	const route = useStore( desk.route, ( state ) => state );
	const counts = useStore( desk.session.store, ( state ) => state.counts );
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
			<SavedViewLinks />
			<TeamLinks />
			<InboxLinks />
		</>
	);
}

/** Tells on the desktop of new mail, once somebody asked for it; the browser is asked only then. */
function DesktopNotices() {
	const { preferences, notices } = useDesk();
	const isOn = useStore( preferences.store, ( { tells } ) => tells );
	const toggle = async (): Promise< void > => {
		if ( isOn || ( await Notification.requestPermission() ) === 'granted' ) {
			preferences.choose( { tells: ! isOn } );
		} else {
			notices.warn( __( 'Your browser does not allow it. Allow notifications for this site in its settings, then press again.', 'unified-inbox' ) );
		}
	};
	if ( ! ( 'Notification' in window ) ) {
		return null;
	}
	return (
		<Button
			size="compact"
			icon={ bell }
			label={ __( 'Tell me of new mail on the desktop', 'unified-inbox' ) }
			aria-pressed={ isOn }
			isPressed={ isOn }
			onClick={ () => void toggle() }
		/>
	);
}

export function ViewsFoot( { onHelp }: { onHelp: () => void } ) {
	const { boot } = useDesk();
	return (
		<div className="uib-views__foot">
			<Button size="compact" icon={ help } label={ __( 'Keyboard shortcuts', 'unified-inbox' ) } onClick={ onHelp } />
			<DesktopNotices />
			{ boot.canRoute && (
				<Button size="compact" icon={ cog } label={ __( 'Settings', 'unified-inbox' ) } href={ boot.settingsUrl } />
			) }
		</div>
	);
}

export function Views( { onHelp }: { onHelp: () => void } ) {
	return (
		<nav className="uib-views" aria-label={ __( 'Views', 'unified-inbox' ) }>
			<p className="uib-views__brand">{ __( 'Inbox', 'unified-inbox' ) }</p>
			<ViewLists />
			<ViewsFoot onHelp={ onHelp } />
		</nav>
	);
}
