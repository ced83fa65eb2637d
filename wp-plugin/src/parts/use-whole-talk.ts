import { useCallback, useEffect, useState } from '@wordpress/element';
import { problemInWords, toProblem } from '../api/problem';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

/** Brings the whole conversation where that is wanted; tells whether it is here, or why it does not come. */
export function useWholeTalk( isWanted = true ) {
	const { talk } = useDesk();
	const older = useStore( talk.store, ( state ) => state.older );
	const [ trouble, setTrouble ] = useState( '' );
	const bring = useCallback( () => {
		setTrouble( '' );
		talk.loadAll().catch( ( thrown ) => setTrouble( problemInWords( toProblem( thrown ) ) ) );
	}, [ talk ] );
	useEffect( () => {
		// Another place to go on from: news came meanwhile, and what was under way does not fit any more.
		if ( isWanted && older !== null ) {
			bring();
		}
	}, [ isWanted, older, bring ] );
	return { isWhole: older === null, trouble, bring };
}
