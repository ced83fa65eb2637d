import { createRoot } from '@wordpress/element';
import { inboxApi } from './api/inbox-api';
import { wordpressTransport } from './api/transport';
import { App } from './parts/app';
import { NotPaired } from './parts/empty';
import { DeskProvider } from './state/context';
import { createDesk } from './state/desk';
import './style/index.css';

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
	const desk = createDesk( inboxApi( wordpressTransport( boot.apiRoot ) ), boot, {
		location: window.location,
		storage: window.localStorage,
		attention: () => ( { isHidden: document.hidden, isFocused: document.hasFocus() } ),
		now: Date.now,
		wait: ( run, milliseconds ) => setTimeout( run, milliseconds ),
	} );
	createRoot( root ).render(
		<DeskProvider value={ desk }>
			<App />
		</DeskProvider>
	);
}

if ( document.readyState === 'loading' ) {
	document.addEventListener( 'DOMContentLoaded', start );
} else {
	start();
}
