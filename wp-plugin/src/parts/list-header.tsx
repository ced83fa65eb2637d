import { Button, Dropdown } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { chevronUpDown, menu, plus } from '@wordpress/icons';
import { INBOX_VIEWS, narrowed, orderOf, VIEWS, type Order } from '../places';
import { BlockedSenders } from './blocked-senders';
import { ChoiceMenu, type Choice } from './choice-menu';
import { useDesk } from '../state/context';
import { hasNoInbox } from '../state/session';
import { useStore } from '../state/store';
import { optionsOf } from '../text/filter-words';
import { FilterMenu } from './filter-menu';
import { SavedViewMenu } from './save-view';
import { TrashNote } from './trash-note';
import { InboxDot, ViewLists, ViewsFoot } from './views';

/** The views in a menu, where the window is too narrow for their column. */
function ViewsMenu( { onHelp }: { onHelp: () => void } ) {
	return (
		<Dropdown
			className="uib-viewsmenu"
			contentClassName="uib-viewsmenu__content"
			popoverProps={ { placement: 'bottom-start' } }
			renderToggle={ ( { isOpen, onToggle } ) => (
				<Button
					icon={ menu }
					label={ __( 'Views', 'unified-inbox' ) }
					aria-expanded={ isOpen }
					onClick={ onToggle }
				/>
			) }
			renderContent={ ( { onClose } ) => (
				<div onClick={ onClose } className="uib-viewsmenu__lists">
					<ViewLists />
					<ViewsFoot onHelp={ onHelp } />
				</div>
			) }
		/>
	);
}

/** Inside an inbox: which of its tickets. */
function InboxViews() {
	const desk = useDesk();
	const route = useStore( desk.route, ( state ) => state );
	if ( ! route.inbox ) {
		return null;
	}
	return (
		<div className="uib-tabs" role="group" aria-label={ __( 'Status', 'unified-inbox' ) }>
			{ INBOX_VIEWS.map( ( view ) => (
				<button
					key={ view }
					type="button"
					className="uib-tab"
					aria-pressed={ route.view === view }
					onClick={ () => desk.go( { view, ticket: null } ) }
				>
					{ VIEWS[ view ].label() }
				</button>
			) ) }
		</div>
	);
}

/** What the list begins with. */
function OrderMenu() {
	const { list, session, go } = useDesk();
	const where = useStore( list.store, ( state ) => state.where );
	const known = useStore( session.store, ( state ) => state );
	if ( ! where ) {
		return null;
	}
	const choices = optionsOf( 'order', known ).map( ( [ value, label ] ) => ( { value, label } ) ) as Choice< Order >[];
	return (
		<ChoiceMenu
			icon={ chevronUpDown }
			label={ __( 'Sort the list', 'unified-inbox' ) }
			value={ orderOf( where ) }
			choices={ choices }
			onChoose={ ( order ) => go( { filter: narrowed( where, { order: order === 'activity' ? '' : order } ) } ) }
		/>
	);
}

export function ListHeader( { onHelp }: { onHelp: () => void } ) {
	const desk = useDesk();
	const route = useStore( desk.route, ( state ) => state );
	const inboxes = useStore( desk.session.store, ( state ) => state.inboxes );
	const seesNone = useStore( desk.session.store, hasNoInbox );
	const inbox = inboxes?.find( ( { id } ) => id === route.inbox );
	const team = useStore( desk.session.store, ( { teams } ) => teams.find( ( { id } ) => id === route.team ) );
	const saved = useStore( desk.saved.store, ( { items } ) => items?.find( ( { id } ) => id === route.saved ) );
	return (
		<header className="uib-list__header">
			<div className="uib-list__heading">
				<ViewsMenu onHelp={ onHelp } />
				{ inbox && <InboxDot colour={ inbox.colour } /> }
				<h2 className="uib-list__title" dir="auto">
					{ inbox?.name ?? saved?.name ?? team?.name ?? VIEWS[ route.view ].label() }
				</h2>
				<span className="uib-list__acts">
					{ saved?.may_change && desk.boot.canReply && <SavedViewMenu view={ saved } /> }
					<OrderMenu />
					<FilterMenu />
					{ desk.boot.canReply && ! seesNone && (
						<Button
							size="compact"
							icon={ plus }
							label={ __( 'New ticket', 'unified-inbox' ) }
							onClick={ () => desk.opening.store.set( { isOpen: true } ) }
						/>
					) }
				</span>
			</div>
			<InboxViews />
			{ route.view === 'trash' && <TrashNote /> }
			{ route.view === 'spam' && desk.boot.canReply && <BlockedSenders /> }
		</header>
	);
}
