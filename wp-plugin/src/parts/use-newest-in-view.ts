import { useEffect, useRef } from '@wordpress/element';
import type { Id } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

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

/** The newest message where whoever looks at it wrote it himself. */
function useOwnNewest(): Id | null {
	const { talk, session } = useDesk();
	const me = useStore( session.store, ( state ) => state.me?.id );
	return useStore( talk.store, ( { messages } ) => {
		const last = messages[ messages.length - 1 ];
		return last && last.kind !== 'in' && last.author.id === me ? last.id : null;
	} );
}

/**
 * Brings the newest message into view when a ticket is opened: its end, or its beginning where
 * it is longer than the pane. Stops as soon as the reader scrolls, until he writes one himself.
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
	const own = useOwnNewest();
	useEffect( () => {
		if ( own && scroller.current ) {
			showNewest( scroller.current );
		}
	}, [ own ] );
	return scroller;
}
