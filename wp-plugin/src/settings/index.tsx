import { createRoot } from '@wordpress/element';
import { savedRepliesApi } from '../api/saved-replies-api';
import { wordpressTransport } from '../api/transport';
import { notices } from '../state/notices';
import { accessApi } from './access/access-api';
import { settingsApi } from './api';
import { windowBrowser } from './browser';
import { SettingsProvider } from './context';
import type { FlowStart } from './model';
import { App } from './parts/app';
import { withRights } from './rights';
import './style/index.css';

function start(): void {
	const root = document.getElementById( 'unified-inbox-settings' );
	const boot = window.unifiedInboxSettings;
	// Before the site is paired, and after it moved, PHP has the one thing to do on the page.
	if ( ! root || ! boot || ! boot.paired || boot.siteMoved ) {
		return;
	}
	const browser = windowBrowser();
	const service = wordpressTransport( boot.apiRoot );
	const settings = {
		api: settingsApi( service ),
		replies: savedRepliesApi( service ),
		access: accessApi( wordpressTransport( boot.siteRoot ), service, wordpressTransport( 'wp/v2' ) ),
		boot,
		browser,
		notices: notices( browser.wait ),
		begun: new Map< string, FlowStart >(),
	};
	void withRights( boot, service ).then( ( known ) =>
		createRoot( root ).render(
			<SettingsProvider value={ { ...settings, boot: known } }>
				<App />
			</SettingsProvider>
		)
	);
}

if ( document.readyState === 'loading' ) {
	document.addEventListener( 'DOMContentLoaded', start );
} else {
	start();
}
