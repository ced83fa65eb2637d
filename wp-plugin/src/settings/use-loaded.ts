import { useCallback, useEffect, useRef, useState } from '@wordpress/element';
import { toProblem, type Problem } from '../api/problem';
import { useSettings } from './context';

export interface Loaded< T > {
	value: T | null;
	problem: Problem | null;
	reload: () => Promise< void >;
	set: ( value: T ) => void;
}

/**
 * What `load` gives, loaded when the component appears and again when `key` changes. A later
 * failure keeps what is there: half a minute old is better than an empty page.
 */
export function useLoaded< T >( load: () => Promise< T >, key = '' ): Loaded< T > {
	const [ state, setState ] = useState< { value: T | null; problem: Problem | null } >( { value: null, problem: null } );
	const alive = useRef( true );
	const reload = useCallback( async () => {
		try {
			const value = await load();
			if ( alive.current ) {
				setState( { value, problem: null } );
			}
		} catch ( thrown ) {
			if ( alive.current ) {
				setState( ( before ) => ( { ...before, problem: toProblem( thrown ) } ) );
			}
		}
		// `key` says when `load` means something else; the function itself is new at every render.
	}, [ key ] );
	useEffect( () => {
		alive.current = true;
		void reload();
		return () => {
			alive.current = false;
		};
	}, [ reload ] );
	return { ...state, reload, set: ( value ) => setState( { value, problem: null } ) };
}

/** Calls `run` again and again while `milliseconds` is set; the next wait begins when it is done. */
export function useRepeat( run: () => Promise< void >, milliseconds: number | null ): void {
	const { browser } = useSettings();
	const latest = useRef( run );
	latest.current = run;
	useEffect( () => {
		if ( milliseconds === null ) {
			return undefined;
		}
		let cancel = (): void => undefined;
		let isOver = false;
		const again = (): void => {
			cancel = browser.wait( () => {
				const work = document.hidden ? Promise.resolve() : latest.current();
				void work.then( () => isOver || again() );
			}, milliseconds );
		};
		again();
		return () => {
			isOver = true;
			cancel();
		};
	}, [ browser, milliseconds ] );
}

export interface Work {
	isBusy: boolean;
	problem: Problem | null;
	/** Gives whether it succeeded. */
	run: ( work: () => Promise< unknown > ) => Promise< boolean >;
	/** Says that something is wrong before the service is asked. */
	refuse: ( problem: Problem ) => void;
	clear: () => void;
}

/** One thing at a time that a person asked for, with its failure. */
export function useWork(): Work {
	const [ state, setState ] = useState< { isBusy: boolean; problem: Problem | null } >( { isBusy: false, problem: null } );
	const busy = useRef( false );
	const run = async ( work: () => Promise< unknown > ): Promise< boolean > => {
		// A second click while the first is under way must not do it twice.
		if ( busy.current ) {
			return false;
		}
		busy.current = true;
		setState( { isBusy: true, problem: null } );
		try {
			await work();
			setState( { isBusy: false, problem: null } );
			return true;
		} catch ( thrown ) {
			setState( { isBusy: false, problem: toProblem( thrown ) } );
			return false;
		} finally {
			busy.current = false;
		}
	};
	return {
		...state,
		run,
		refuse: ( problem ) => setState( { isBusy: false, problem } ),
		clear: () => setState( { isBusy: false, problem: null } ),
	};
}
