import { useCallback, useRef } from '@wordpress/element';

/** Calls `reach` when the mark at the end of a list comes near. */
export function useReach( reach: () => void ) {
	const observer = useRef< IntersectionObserver | null >( null );
	return useCallback(
		( mark: HTMLElement | null ) => {
			observer.current?.disconnect();
			observer.current = null;
			if ( mark ) {
				observer.current = new IntersectionObserver(
					( entries ) => entries.some( ( entry ) => entry.isIntersecting ) && reach(),
					{ rootMargin: '400px' }
				);
				observer.current.observe( mark );
			}
		},
		[ reach ]
	);
}
