import { useEffect, useState } from '@wordpress/element';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { ConnectionBar } from './connection-bar';
import { CustomerDialog } from './customer-dialog';
import { DeleteDialog } from './delete-dialog';
import { Help } from './help';
import { ListPane } from './list-pane';
import { MergeDialog } from './merge-dialog';
import { NoticeStack } from './notice-stack';
import { NewTicketDialog } from './new-ticket-dialog';
import { SnoozeDialog } from './snooze-dialog';
import { SplitDialog } from './split-dialog';
import { TicketPane } from './ticket-pane';
import { TroubleBar } from './trouble-bar';
import { useBadges } from './use-badges';
import { useShortcuts } from './use-shortcuts';
import { Views } from './views';

/** Keeps the models in step with the address bar, the page's visibility and the clock. */
function useDeskLife(): void {
	const desk = useDesk();
	useEffect( () => {
		const follow = (): void => desk.follow();
		const nudge = (): void => desk.comeBack();
		window.addEventListener( 'hashchange', follow );
		window.addEventListener( 'focus', nudge );
		document.addEventListener( 'visibilitychange', nudge );
		follow();
		void desk.session.start();
		desk.live.start();
		return () => {
			window.removeEventListener( 'hashchange', follow );
			window.removeEventListener( 'focus', nudge );
			document.removeEventListener( 'visibilitychange', nudge );
			desk.live.stop();
		};
	}, [ desk ] );
}

export function App() {
	const desk = useDesk();
	const hasTicket = useStore( desk.route, ( { ticket } ) => ticket !== null );
	const [ isHelpOpen, setHelpOpen ] = useState( false );
	useDeskLife();
	useBadges();
	useShortcuts( () => setHelpOpen( true ) );
	return (
		<div className="uib-desk" data-pane={ hasTicket ? 'ticket' : 'list' }>
			<ConnectionBar />
			<TroubleBar />
			<Views onHelp={ () => setHelpOpen( true ) } />
			<ListPane onHelp={ () => setHelpOpen( true ) } />
			<TicketPane />
			<NoticeStack />
			<SnoozeDialog />
			<MergeDialog />
			<SplitDialog />
			<CustomerDialog />
			<DeleteDialog />
			<NewTicketDialog />
			{ isHelpOpen && <Help onClose={ () => setHelpOpen( false ) } /> }
		</div>
	);
}
