import { useEffect, useRef, useState } from '@wordpress/element';

/** Fewer questions to the service while somebody types quickly. */
const PAUSE = 80;

export interface Options< T > {
	items: readonly T[];
	state: 'looking' | 'found' | 'failed';
	marked: number;
	mark: ( place: number ) => void;
	/** Marks the next one, from the end on the first again. */
	move: ( by: 1 | -1 ) => void;
}

/** What a list offers for the words somebody is typing; null asks for nothing. */
export function useOptions< T >( search: ( words: string ) => Promise< readonly T[] >, words: string | null ): Options< T > {
	const [ found, setFound ] = useState< Pick< Options< T >, 'items' | 'state' > >( { items: [], state: 'looking' } );
	const [ marked, mark ] = useState( 0 );
	const ask = useRef( search );
	ask.current = search;
	useEffect( () => {
		if ( words === null ) {
			setFound( { items: [], state: 'looking' } );
			return undefined;
		}
		// What comes late answers a question that nobody asks any more.
		let isLate = false;
		const timer = setTimeout( () => {
			ask.current( words ).then(
				( items ) => isLate || ( setFound( { items, state: 'found' } ), mark( 0 ) ),
				() => isLate || setFound( { items: [], state: 'failed' } )
			);
		}, PAUSE );
		return () => {
			isLate = true;
			clearTimeout( timer );
		};
	}, [ words ] );
	const { length } = found.items;
	return { ...found, marked, mark, move: ( by ) => mark( length ? ( marked + by + length ) % length : 0 ) };
}
