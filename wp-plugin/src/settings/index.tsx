import { createRoot } from '@wordpress/element';
import { wordpressTransport } from '../api/transport';
import { notices } from '../state/notices';
import { settingsApi } from './api';
import { windowBrowser } from './browser';
import { SettingsProvider } from './context';
import type { FlowStart } from './model';
import { App } from './parts/app';
import './style/index.css';

function start(): void {
	const root = document.getElementById( 'unified-inbox-settings' );
	const boot = window.unifiedInboxSettings;
	// Before the site is paired, and after it moved, PHP has the one thing to do on the page.
	if ( ! root || ! boot || ! boot.paired || boot.siteMoved ) {
		return;
	}
	const browser = windowBrowser();
	const settings = {
		api: settingsApi( wordpressTransport( boot.apiRoot ) ),
		boot,
		browser,
		notices: notices( browser.wait ),
		begun: new Map< string, FlowStart >(),
	};
	createRoot( root ).render(
		<SettingsProvider value={ settings }>
			<App />
		</SettingsProvider>
	);
}

if ( document.readyState === 'loading' ) {
	document.addEventListener( 'DOMContentLoaded', start );
} else {
	start();
}
