import { useCallback, useEffect, useLayoutEffect, useRef, useState } from '@wordpress/element';
import type { RefObject } from 'react';

/** Rows above and below what is seen, so that a quick hand does not outrun them. */
const BEYOND = 10;
/** A row before one was measured, in pixels. */
const USUAL_HEIGHT = 88;
/** The window moves by so many rows at once: fewer renderings for the same scrolling. */
const STEP = 5;

export interface RowWindow {
	first: number;
	end: number;
}

/** Which rows have to be there for what is seen, in steps. */
export function windowOf( top: number, seen: number, height: number, count: number ): RowWindow {
	const first = Math.floor( top / height ) - BEYOND;
	const end = Math.ceil( ( top + seen ) / height ) + BEYOND;
	return {
		first: Math.min( Math.max( 0, Math.floor( first / STEP ) * STEP ), Math.max( 0, count - 1 ) ),
		end: Math.min( count, Math.max( 2 * BEYOND, Math.ceil( end / STEP ) * STEP ) ),
	};
}

/** The places that are drawn: those of the window, and that of the row with the focus. */
export function placesOf( { first, end }: RowWindow, focused: number ): number[] {
	const places = Array.from( { length: Math.max( 0, end - first ) }, ( _, index ) => first + index );
	if ( focused >= 0 && focused < first ) {
		return [ focused, ...places ];
	}
	return focused >= end ? [ ...places, focused ] : places;
}

function numberOf( node: Element | null ): number {
	return Number( node?.closest< HTMLElement >( '[data-ticket]' )?.dataset.ticket ?? -1 );
}

/**
 * Draws only the rows near what is seen. All rows are as high as the first. A row with the focus
 * stays drawn wherever it is, and what is seen stays where it is when rows come above it.
 */
export function useVirtualRows( numbers: readonly number[], scroller: RefObject< HTMLElement | null > ) {
	const list = useRef< HTMLUListElement >( null );
	const [ height, setHeight ] = useState( USUAL_HEIGHT );
	const [ shown, setShown ] = useState< RowWindow >( { first: 0, end: 2 * BEYOND } );
	const [ focused, setFocused ] = useState( -1 );
	const before = useRef( numbers );

	const measure = useCallback( (): void => {
		const box = scroller.current;
		if ( ! box ) {
			return;
		}
		const above = list.current?.offsetTop ?? 0;
		const next = windowOf( Math.max( 0, box.scrollTop - above ), box.clientHeight, height, numbers.length );
		setShown( ( now ) => ( now.first === next.first && now.end === next.end ? now : next ) );
	}, [ height, numbers.length, scroller ] );

	useLayoutEffect( () => {
		const row = list.current?.firstElementChild;
		const real = row?.getBoundingClientRect().height;
		if ( real && Math.abs( real - height ) > 0.5 ) {
			setHeight( real );
		}
	} );

	useLayoutEffect( () => {
		const box = scroller.current;
		const old = before.current;
		before.current = numbers;
		const top = old[ Math.floor( ( box?.scrollTop ?? 0 ) / height ) ];
		if ( box && top !== undefined && box.scrollTop > 0 && old !== numbers ) {
			const moved = numbers.indexOf( top ) - old.indexOf( top );
			if ( moved > 0 ) {
				box.scrollTop += moved * height;
			}
		}
		measure();
	}, [ numbers, height, measure, scroller ] );

	useEffect( () => {
		const box = scroller.current;
		box?.addEventListener( 'scroll', measure, { passive: true } );
		window.addEventListener( 'resize', measure );
		return () => {
			box?.removeEventListener( 'scroll', measure );
			window.removeEventListener( 'resize', measure );
		};
	}, [ measure, scroller ] );

	/** Scrolls as far as a row needs to be seen. */
	const reveal = useCallback(
		( number: number ): void => {
			const box = scroller.current;
			const place = numbers.indexOf( number );
			if ( ! box || place < 0 ) {
				return;
			}
			const top = place * height + ( list.current?.offsetTop ?? 0 );
			if ( top < box.scrollTop || top + height > box.scrollTop + box.clientHeight ) {
				box.scrollTop = Math.max( 0, top - box.clientHeight / 3 );
				measure();
			}
		},
		[ height, measure, numbers, scroller ]
	);

	return {
		list,
		height,
		places: placesOf( { first: shown.first, end: Math.min( shown.end, numbers.length ) }, numbers.indexOf( focused ) ),
		onFocus: ( event: { target: EventTarget } ) => setFocused( numberOf( event.target as Element ) ),
		reveal,
	};
}
