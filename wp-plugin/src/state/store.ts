import { useSyncExternalStore } from 'react';

/** A value that components can watch. */
export interface Store< S > {
	get: () => S;
	set: ( patch: Partial< S > ) => void;
	subscribe: ( listener: () => void ) => () => void;
}

export function createStore< S extends object >( initial: S ): Store< S > {
	let state = initial;
	const listeners = new Set< () => void >();
	return {
		get: () => state,
		set: ( patch ) => {
			state = { ...state, ...patch };
			listeners.forEach( ( listener ) => listener() );
		},
		subscribe: ( listener ) => {
			listeners.add( listener );
			return () => listeners.delete( listener );
		},
	};
}

/** Re-renders the component when the chosen part of the store becomes another value. */
export function useStore< S, T >( store: Store< S >, choose: ( state: S ) => T ): T {
	return useSyncExternalStore( store.subscribe, () => choose( store.get() ) );
}
