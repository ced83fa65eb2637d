import { createRoot } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { inboxApi } from './api/inbox-api';
import { wordpressTransport } from './api/transport';
import type { Boot } from './boot';
import { App } from './parts/app';
import { NotPaired } from './parts/empty';
import { NoAccess } from './parts/no-access';
import { DeskProvider } from './state/context';
import { createDesk } from './state/desk';
import { watchingRights } from './state/rights';
import './style/index.css';

/** The system shows it only where somebody allowed that before. */
function notify( title: string, body: string, onClick: () => void ): void {
	if ( ! ( 'Notification' in window ) || Notification.permission !== 'granted' ) {
		return;
	}
	const shown = new Notification( title, { body, tag: body } );
	shown.onclick = () => {
		window.focus();
		onClick();
		shown.close();
	};
}

function start(): void {
	const root = document.getElementById( 'unified-inbox-root' );
	const boot = window.unifiedInbox;
	if ( ! root || ! boot ) {
		return;
	}
	if ( ! boot.paired ) {
		createRoot( root ).render( <NotPaired boot={ boot } /> );
		return;
	}
	const screen = createRoot( root );
	const service = inboxApi( wordpressTransport( boot.apiRoot ), wordpressTransport( boot.apiRoot.replace( /\/api$/, '' ) ) );
	let turn = 0;
	/** Draws everything for what somebody may do now; of what he saw before nothing is left on the screen. */
	const show = ( allowed: Boot, news = '' ): void => {
		const words = __( 'What you may do in the inbox was changed just now.', 'unified-inbox' );
		const api = watchingRights( service, allowed, {
			onChange: ( changed, isNews ) => show( changed, isNews ? words : '' ),
			onRefusal: () => screen.render( <NoAccess /> ),
		} );
		const desk = createDesk( api, allowed, {
			location: window.location,
			storage: window.localStorage,
			attention: () => ( { isHidden: document.hidden, isFocused: document.hasFocus() } ),
			now: Date.now,
			wait: ( run, milliseconds ) => setTimeout( run, milliseconds ),
		notify,
		} );
		if ( news ) {
			desk.notices.say( news );
		}
		screen.render(
			<DeskProvider value={ desk } key={ ++turn }>
				<App />
			</DeskProvider>
		);
	};
	show( boot );
}

if ( document.readyState === 'loading' ) {
	document.addEventListener( 'DOMContentLoaded', start );
} else {
	start();
}
