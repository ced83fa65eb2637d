import { Problem, toProblem } from '../../api/problem';
import type { SettingsApi } from '../api';
import type { SettingsBrowser } from '../browser';
import type { Flow } from '../model';

const ASK_AGAIN = 2000;
const GONE = 410;

export type ConsentEnd = { flow: Flow } | { problem: Problem };

function endOf( flow: Flow ): ConsentEnd {
	if ( flow.state === 'consented' || flow.state === 'connected' ) {
		return { flow };
	}
	const { code, ...details } = flow.problem ?? { code: 'oauth_expired' };
	return { problem: new Problem( code, GONE, details ) };
}

/**
 * Waits until the owner is back from Google. The tab that Google sends back says so at once;
 * asking every two seconds is for browsers and people who come back another way. Asking may be
 * faster than the tab: it is told that it may be closed for as long as somebody is here.
 *
 * @return Ends the waiting, and the listening.
 */
export function awaitConsent(
	{ api, browser }: { api: Pick< SettingsApi, 'flow' >; browser: Pick< SettingsBrowser, 'wait' | 'say' | 'listen' > },
	id: string,
	onEnd: ( end: ConsentEnd ) => void
): () => void {
	let isOver = false;
	let cancel = (): void => undefined;
	const end = ( how: ConsentEnd ): void => {
		if ( ! isOver ) {
			isOver = true;
			cancel();
			onEnd( how );
		}
	};
	const ask = async (): Promise< void > => {
		cancel();
		try {
			const flow = await api.flow( id );
			if ( flow.state !== 'waiting' ) {
				return end( endOf( flow ) );
			}
		} catch ( thrown ) {
			const problem = toProblem( thrown );
			// The connection failing says nothing about the consent.
			if ( ! problem.isUndecided ) {
				return end( { problem } );
			}
		}
		if ( ! isOver ) {
			cancel();
			cancel = browser.wait( () => void ask(), ASK_AGAIN );
		}
	};
	const deafen = browser.listen( ( { kind, flow, error } ) => {
		// Where Google or the service refused, the tab may know why but not for which consent.
		const isOurs = flow === id || ( flow === null && error && ! isOver );
		if ( kind !== 'returned' || ! isOurs ) {
			return;
		}
		browser.say( { kind: 'taken', flow } );
		if ( error ) {
			end( { problem: toProblem( error ) } );
		} else if ( ! isOver ) {
			void ask();
		}
	} );
	void ask();
	return () => {
		isOver = true;
		cancel();
		deafen();
	};
}
