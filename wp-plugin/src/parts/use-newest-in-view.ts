import { useEffect, useRef } from '@wordpress/element';

/** Mail frames find their height late; after this nothing moves by itself any more. */
const SETTLES_WITHIN = 3000;

function showNewest( scroller: HTMLElement ): void {
	const messages = scroller.querySelectorAll( '.uib-timeline > .uib-message' );
	const newest = messages[ messages.length - 1 ];
	if ( newest ) {
		const fits = newest.getBoundingClientRect().height < scroller.clientHeight;
		newest.scrollIntoView( { block: fits ? 'end' : 'start' } );
	}
}

/**
 * Brings the newest message into view when a ticket is opened: its end, or its beginning where
 * it is longer than the pane. Stops as soon as the reader scrolls.
 */
export function useNewestInView( isReady: boolean ) {
	const scroller = useRef< HTMLDivElement >( null );
	useEffect( () => {
		const element = scroller.current;
		if ( ! isReady || ! element?.firstElementChild ) {
			return;
		}
		const observer = new ResizeObserver( () => showNewest( element ) );
		observer.observe( element.firstElementChild );
		const settle = (): void => observer.disconnect();
		const events = [ 'wheel', 'touchmove', 'keydown', 'pointerdown' ];
		events.forEach( ( name ) => element.addEventListener( name, settle, { passive: true } ) );
		const timer = setTimeout( settle, SETTLES_WITHIN );
		return () => {
			clearTimeout( timer );
			settle();
			events.forEach( ( name ) => element.removeEventListener( name, settle ) );
		};
	}, [ isReady ] );
	return scroller;
}
