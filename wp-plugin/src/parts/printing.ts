import { useEffect } from '@wordpress/element';
import type { Conversation } from '../state/conversation';

/** On the body while a ticket is printed; style/print.css lays it out as on paper. */
const PRINTING = 'uib-is-printing';
/** A mail whose frame has not come within this is printed as it stands. */
const FRAMES_WITHIN = 5000;

const nextFrame = (): Promise< void > => new Promise( ( resolve ) => requestAnimationFrame( () => resolve() ) );

function loaded( frame: HTMLIFrameElement ): Promise< unknown > {
	// Before its mail comes, a frame holds an empty page that is complete as well.
	const { URL: address, readyState } = frame.contentDocument ?? {};
	return address === 'about:srcdoc' && readyState === 'complete'
		? Promise.resolve()
		: new Promise( ( resolve ) => frame.addEventListener( 'load', resolve, { once: true } ) );
}

/** Opens the whole conversation, waits until it is drawn, and prints it. */
export async function printTicket( talk: Conversation, page: Pick< Window, 'print' > = window ): Promise< void > {
	await talk.showAll();
	await nextFrame();
	const frames = [ ...document.querySelectorAll< HTMLIFrameElement >( '.uib-timeline iframe' ) ];
	const late = new Promise( ( resolve ) => setTimeout( resolve, FRAMES_WITHIN ) );
	await Promise.race( [ Promise.all( frames.map( loaded ) ), late ] );
	page.print();
}

/**
 * Lets the open ticket be what is printed, whoever asks for it. Its mails are laid out as wide as
 * the paper before that begins, as a frame cannot grow while it is printed.
 */
export function usePrinting(): void {
	useEffect( () => {
		const begin = (): void => document.body.classList.add( PRINTING );
		const end = (): void => document.body.classList.remove( PRINTING );
		window.addEventListener( 'beforeprint', begin );
		window.addEventListener( 'afterprint', end );
		return () => {
			end();
			window.removeEventListener( 'beforeprint', begin );
			window.removeEventListener( 'afterprint', end );
		};
	}, [] );
}
