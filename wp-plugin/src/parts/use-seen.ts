import { useEffect, type RefObject } from '@wordpress/element';
import type { Id } from '../model';
import { useDesk } from '../state/context';
import { isNewer } from '../state/conversation';
import { useStore } from '../state/store';

/** Fine steps for a message that is longer than the pane: half of the pane is a small part of it. */
const STEPS = [ 0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5 ];

function isInView( { intersectionRatio, intersectionRect, rootBounds }: IntersectionObserverEntry ): boolean {
	return intersectionRatio >= 0.5 || ( rootBounds !== null && intersectionRect.height >= rootBounds.height / 2 );
}

/**
 * Tells which of the messages `ids`, which stand in `list` in this order, came into view on a page that
 * is looked at: that a message was loaded does not say that the agent has seen it.
 */
export function useSeen( list: RefObject< HTMLElement >, ids: readonly Id[] ): void {
	const { talk } = useDesk();
	const seen = useStore( talk.store, ( state ) => state.seen );
	useEffect( () => {
		const cards = Array.from( list.current?.querySelectorAll( ':scope > .uib-message' ) ?? [] );
		const unseen = new Map( cards.flatMap( ( card, place ) => {
			const id = ids[ place ];
			return id && isNewer( id, seen ) ? [ [ card, id ] as const ] : [];
		} ) );
		if ( ! unseen.size ) {
			return;
		}
		const observer = new IntersectionObserver(
			( entries ) => entries.forEach( ( entry ) => isInView( entry ) && ! document.hidden && talk.saw( unseen.get( entry.target ) ) ),
			{ root: list.current?.closest( '.uib-ticket__scroll' ), threshold: STEPS }
		);
		const watch = (): void => {
			// Each is told anew where it stands.
			observer.disconnect();
			unseen.forEach( ( _id, card ) => observer.observe( card ) );
		};
		watch();
		document.addEventListener( 'visibilitychange', watch );
		return () => {
			observer.disconnect();
			document.removeEventListener( 'visibilitychange', watch );
		};
	}, [ talk, ids.join(), seen ] );
}
