import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { postComments } from '@wordpress/icons';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { Composer } from './composer';
import { Empty, Failed } from './empty';
import { Gone } from './gone';
import { PrintedHead } from './printed-head';
import { usePrinting } from './printing';
import { SidePanel, useSidePanel } from './side-panel';
import { SkeletonRows } from './skeleton';
import { TicketHeader } from './ticket-header';
import { TicketTabs } from './ticket-tabs';
import { Timeline } from './timeline';
import { useNewestInView } from './use-newest-in-view';

function OpenTicket() {
	const { talk, boot } = useDesk();
	const { ticket, phase, problem, number } = useStore( talk.store, ( state ) => state );
	const panel = useSidePanel();
	const scroller = useNewestInView( phase === 'ready' );
	usePrinting();
	if ( phase === 'failed' && problem ) {
		return <Failed problem={ problem } onRetry={ () => void talk.open( number ) } />;
	}
	if ( phase === 'gone' && number !== null ) {
		return <Gone number={ number } />;
	}
	return (
		<>
			<div className="uib-ticket__main">
				{ ticket && <PrintedHead ticket={ ticket } /> }
				{ ticket && <TicketHeader ticket={ ticket } panel={ panel } /> }
				{ ticket && <TicketTabs panel={ panel } /> }
				<div className="uib-ticket__scroll" ref={ scroller }>
					{ phase === 'loading' ? <SkeletonRows rows={ 3 } /> : <Timeline /> }
				</div>
				{ ticket && phase === 'ready' && boot.canReply && ! ticket.merged_into && <Composer ticket={ ticket } /> }
			</div>
			{ ticket && panel.isOpen && <SidePanel ticket={ ticket } onClose={ panel.toggle } /> }
		</>
	);
}

/** Where one pane shows at a time, the focus goes with it: into the ticket, and back to its row. */
function useFocusWhenAlone( number: number | null ) {
	const pane = useRef< HTMLElement >( null );
	const before = useRef< number | null >( null );
	useEffect( () => {
		const left = before.current;
		before.current = number;
		if ( window.matchMedia( '(max-width: 781px)' ).matches ) {
			const row = document.querySelector< HTMLElement >( `[data-ticket="${ left }"] .uib-row__open` );
			( number === null ? row : pane.current )?.focus();
		}
	}, [ number ] );
	return pane;
}

export function TicketPane() {
	const { route } = useDesk();
	const number = useStore( route, ( { ticket } ) => ticket );
	const pane = useFocusWhenAlone( number );
	return (
		<section className="uib-ticket" ref={ pane } tabIndex={ -1 } aria-label={ __( 'Ticket', 'unified-inbox' ) }>
			{ number === null ? (
				<Empty title={ __( 'Choose a ticket', 'unified-inbox' ) } icon={ postComments }>
					{ __( 'Press J and K to walk through the list, O to open, ? for all keys.', 'unified-inbox' ) }
				</Empty>
			) : (
				<OpenTicket key={ number } />
			) }
		</section>
	);
}
