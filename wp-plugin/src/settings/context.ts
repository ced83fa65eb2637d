import { createContext, useContext, useEffect, useState } from '@wordpress/element';
import type { SavedRepliesApi } from '../api/saved-replies-api';
import type { Notices } from '../state/notices';
import type { AccessApi } from './access/access-api';
import type { SettingsApi } from './api';
import type { SettingsBoot } from './boot';
import type { SettingsBrowser } from './browser';
import type { FlowStart } from './model';
import { parseRoute, type Route } from './route';

export interface Settings {
	api: SettingsApi;
	replies: SavedRepliesApi;
	access: AccessApi;
	boot: SettingsBoot;
	browser: SettingsBrowser;
	notices: Notices;
	/** Consents begun in this tab, by flow: where to go should Google's tab have been closed. */
	begun: Map< string, FlowStart >;
}

const SettingsContext = createContext< Settings | null >( null );

export const SettingsProvider = SettingsContext.Provider;

/** The service, the page's data and the browser. */
export function useSettings(): Settings {
	const settings = useContext( SettingsContext );
	if ( ! settings ) {
		throw new Error( 'No settings around this component.' );
	}
	return settings;
}

/** The route in the address bar. */
export function useRoute(): Route {
	const [ hash, setHash ] = useState( window.location.hash );
	useEffect( () => {
		const follow = (): void => setHash( window.location.hash );
		window.addEventListener( 'hashchange', follow );
		follow();
		return () => window.removeEventListener( 'hashchange', follow );
	}, [] );
	return parseRoute( hash );
}
