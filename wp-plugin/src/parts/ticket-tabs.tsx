import { __ } from '@wordpress/i18n';
import type { KeyboardEvent } from 'react';
import type { PanelState } from './side-panel';

/** Between wide and narrow, conversation and details share one place: style/side.css shows these tabs there alone. */
export function TicketTabs( { panel }: { panel: PanelState } ) {
	const tabs = [
		{ name: __( 'Conversation', 'unified-inbox' ), isChosen: ! panel.isOpen },
		{ name: __( 'Details', 'unified-inbox' ), isChosen: panel.isOpen },
	];
	const walk = ( event: KeyboardEvent< HTMLElement > ): void => {
		if ( event.key === 'ArrowLeft' || event.key === 'ArrowRight' ) {
			event.preventDefault();
			panel.toggle();
			event.currentTarget.querySelector< HTMLElement >( '[aria-selected="false"]' )?.focus();
		}
	};
	return (
		<div className="uib-ticket__tabs" role="tablist" aria-label={ __( 'Ticket', 'unified-inbox' ) } onKeyDown={ walk }>
			{ tabs.map( ( { name, isChosen } ) => (
				<button
					key={ name }
					type="button"
					role="tab"
					className="uib-ticket__tab"
					aria-selected={ isChosen }
					tabIndex={ isChosen ? 0 : -1 }
					onClick={ () => ! isChosen && panel.toggle() }
				>
					{ name }
				</button>
			) ) }
		</div>
	);
}
