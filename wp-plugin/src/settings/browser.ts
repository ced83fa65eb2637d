/** What the settings need of a browser, so that tests can stand in for it. */
export interface OpenedTab {
	go: ( url: string ) => void;
	close: () => void;
}

/** Words between two tabs of the same person about one consent. */
export interface ConsentWord {
	kind: 'returned' | 'taken';
	flow: string | null;
	error?: { code: string; [ detail: string ]: unknown } | null;
}

export interface SettingsBrowser {
	/** Null where the browser does not allow a new tab. */
	openTab: () => OpenedTab | null;
	copy: ( text: string ) => Promise< void >;
	go: ( hash: string ) => void;
	wait: ( run: () => void, milliseconds: number ) => () => void;
	say: ( word: ConsentWord ) => void;
	listen: ( hear: ( word: ConsentWord ) => void ) => () => void;
	/** Takes the consent out of the address, so that a reload does not come back from Google again. */
	forgetReturn: () => void;
}

const CHANNEL = 'unified-inbox-consent';

/** A tab is opened while the click still counts; its address comes when the service has answered. */
function openTab(): OpenedTab | null {
	const tab = window.open( 'about:blank', '_blank' );
	if ( ! tab ) {
		return null;
	}
	// Google's page gets no hold on ours.
	tab.opener = null;
	return { go: ( url ) => tab.location.replace( url ), close: () => tab.close() };
}

/** The clipboard needs https; on plain http an old way is left. */
async function copy( text: string ): Promise< void > {
	if ( navigator.clipboard ) {
		await navigator.clipboard.writeText( text );
		return;
	}
	const field = document.createElement( 'textarea' );
	field.value = text;
	document.body.append( field );
	field.select();
	document.execCommand( 'copy' );
	field.remove();
}

/** The real browser. */
export function windowBrowser(): SettingsBrowser {
	const channel = new BroadcastChannel( CHANNEL );
	return {
		openTab,
		copy,
		go: ( hash ) => {
			window.location.hash = hash;
		},
		wait: ( run, milliseconds ) => {
			const timer = setTimeout( run, milliseconds );
			return () => clearTimeout( timer );
		},
		say: ( word ) => channel.postMessage( word ),
		listen: ( hear ) => {
			const onMessage = ( { data }: MessageEvent< ConsentWord > ): void => hear( data );
			channel.addEventListener( 'message', onMessage );
			return () => channel.removeEventListener( 'message', onMessage );
		},
		forgetReturn: () => {
			const address = new URL( window.location.href );
			address.searchParams.delete( 'flow' );
			window.history.replaceState( null, '', address );
		},
	};
}
