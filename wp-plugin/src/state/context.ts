import { createContext, useContext, useEffect, useState } from '@wordpress/element';
import type { Desk } from './desk';

const DeskContext = createContext< Desk | null >( null );

export const DeskProvider = DeskContext.Provider;

/** The models of the screen. */
export function useDesk(): Desk {
	const desk = useContext( DeskContext );
	if ( ! desk ) {
		throw new Error( 'No desk around this component.' );
	}
	return desk;
}

/** The present moment, renewed every `milliseconds`, so that "3 min ago" stays true. */
export function useNow( milliseconds = 30_000 ): number {
	const [ now, setNow ] = useState( Date.now );
	useEffect( () => {
		const timer = setInterval( () => setNow( Date.now() ), milliseconds );
		return () => clearInterval( timer );
	}, [ milliseconds ] );
	return now;
}
