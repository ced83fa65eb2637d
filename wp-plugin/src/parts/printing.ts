import { useEffect } from '@wordpress/element';
import { problemInWords, toProblem } from '../api/problem';
import { useDesk } from '../state/context';
import type { Desk } from '../state/desk';
import { paperOf, pictured } from './paper';

/** On the body while a ticket is printed; style/print.css lays it out as on paper. */
const PRINTING = 'uib-is-printing';
/** Mails and pictures that have not come within this are printed as they stand. */
const COME_WITHIN = 5000;

const nextFrame = (): Promise< void > => new Promise( ( resolve ) => requestAnimationFrame( () => resolve() ) );

function loaded( frame: HTMLIFrameElement ): Promise< unknown > {
	// Before its mail comes, a frame holds an empty page that is complete as well.
	const { URL: address, readyState } = frame.contentDocument ?? {};
	return address === 'about:srcdoc' && readyState === 'complete'
		? Promise.resolve()
		: new Promise( ( resolve ) => frame.addEventListener( 'load', resolve, { once: true } ) );
}

const within = ( what: Promise< unknown > ): Promise< unknown > =>
	Promise.race( [ what, new Promise( ( resolve ) => setTimeout( resolve, COME_WITHIN ) ) ] );

/** Prints the whole conversation, opened and as far as it can be drawn, on paper of its own. */
export async function printTicket(
	{ talk, notices }: Pick< Desk, 'talk' | 'notices' >,
	print: ( paper: HTMLIFrameElement ) => void = ( paper ) => paper.contentWindow?.print()
): Promise< void > {
	try {
		await talk.showAll();
		await nextFrame();
		const frames = document.querySelectorAll< HTMLIFrameElement >( '.uib-timeline iframe' );
		await within( Promise.all( [ ...frames ].map( loaded ) ) );
		const paper = await paperOf( document.querySelectorAll( '.uib-printed, .uib-timeline' ) );
		paper.contentWindow?.addEventListener( 'afterprint', () => paper.remove() );
		await within( pictured( paper ) );
		print( paper );
	} catch ( thrown ) {
		notices.warn( problemInWords( toProblem( thrown ) ) );
	}
}

const isForPrinting = ( { key, ctrlKey, metaKey, shiftKey, altKey, isTrusted }: KeyboardEvent ): boolean =>
	isTrusted && key.toLowerCase() === 'p' && ctrlKey !== metaKey && ! shiftKey && ! altKey;

/**
 * Lets the open ticket be what is printed, whoever asks for it. The browser's keys print it as the
 * button does; by its menu, which no page can hear of in time, what stands open is printed as it
 * is laid out on the screen, where a frame cannot go on over several sheets.
 */
export function usePrinting(): void {
	const desk = useDesk();
	useEffect( () => {
		const begin = (): void => document.body.classList.add( PRINTING );
		const end = (): void => document.body.classList.remove( PRINTING );
		const press = ( event: KeyboardEvent ): void => {
			if ( isForPrinting( event ) ) {
				event.preventDefault();
				void printTicket( desk );
			}
		};
		window.addEventListener( 'beforeprint', begin );
		window.addEventListener( 'afterprint', end );
		window.addEventListener( 'keydown', press );
		return () => {
			end();
			window.removeEventListener( 'beforeprint', begin );
			window.removeEventListener( 'afterprint', end );
			window.removeEventListener( 'keydown', press );
		};
	}, [ desk ] );
}
