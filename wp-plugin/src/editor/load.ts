import type { RichEditor } from './index';

type Editor = typeof RichEditor;

let coming: Promise< Editor > | null = null;

/** Brings the editor's own script, once; what failed is tried again when it is asked for again. */
export function loadEditor( address: string ): Promise< Editor > {
	coming ??= new Promise< Editor >( ( resolve, reject ) => {
		const script = document.createElement( 'script' );
		const done = (): void =>
			window.unifiedInboxEditor ? resolve( window.unifiedInboxEditor.RichEditor ) : reject( new Error( 'The editor did not start.' ) );
		script.src = address;
		script.onload = done;
		script.onerror = () => reject( new Error( 'The editor did not come.' ) );
		document.head.append( script );
	} ).catch( ( thrown ) => {
		coming = null;
		throw thrown;
	} );
	return coming;
}

/** The editor where it is here already. */
export function loadedEditor(): Editor | null {
	return window.unifiedInboxEditor?.RichEditor ?? null;
}
