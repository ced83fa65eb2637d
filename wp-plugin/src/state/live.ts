import type { InboxApi, ViewingMode } from '../api/inbox-api';
import { toProblem } from '../api/problem';
import type { LiveAnswer } from '../model';

const FOCUSED = 4_000;
const IDLE = 15_000;
const LONGEST = 30_000;
/** In a tab behind others: for the number in its title, and for who wants to be told. */
const HIDDEN = 60_000;

/** One lost answer is a hiccup; from the second on we say so. */
const FAILURES_BEFORE_LOST = 2;

export interface Attention {
	isHidden: boolean;
	isFocused: boolean;
}

/** Milliseconds to the next question. */
export function liveDelay( { isHidden, isFocused }: Attention, failures: number ): number {
	if ( isHidden ) {
		return HIDDEN;
	}
	const usual = isFocused ? FOCUSED : IDLE;
	return failures ? Math.min( LONGEST, Math.max( usual, FOCUSED * 2 ** ( failures - 1 ) ) ) : usual;
}

export interface LiveSurroundings {
	attention: () => Attention;
	viewing: () => { number: number | null; mode: ViewingMode };
	onAnswer: ( answer: LiveAnswer ) => void;
	/** The service has forgotten where we were: load everything again. */
	onReload: () => void;
	onLost: ( isLost: boolean ) => void;
}

export interface Live {
	start: () => void;
	/** Ask now: somebody came back to the page, or opened another ticket. */
	nudge: () => void;
	stop: () => void;
}

/** Asks the service for news, one question at a time. */
export function liveNews( api: InboxApi, around: LiveSurroundings ): Live {
	let after: number | null = null;
	let failures = 0;
	let timer: ReturnType< typeof setTimeout > | undefined;
	let isAsking = false;
	let isStopped = true;

	const plan = (): void => {
		clearTimeout( timer );
		const delay = liveDelay( around.attention(), failures );
		if ( ! isStopped ) {
			// Whoever looked away meanwhile has more time.
			timer = setTimeout( () => ( liveDelay( around.attention(), failures ) > delay ? plan() : void ask() ), delay );
		}
	};

	const failed = ( thrown: unknown ): void => {
		const problem = toProblem( thrown );
		if ( problem.status === 410 ) {
			after = null;
			around.onReload();
			return;
		}
		failures++;
		around.onLost( failures >= FAILURES_BEFORE_LOST );
	};

	async function ask(): Promise< void > {
		if ( isAsking || isStopped ) {
			return;
		}
		isAsking = true;
		try {
			const { number, mode } = around.viewing();
			const answer = await api.live( after, number, mode );
			after = answer.seq;
			if ( failures ) {
				failures = 0;
				around.onLost( false );
			}
			around.onAnswer( answer );
		} catch ( thrown ) {
			failed( thrown );
		} finally {
			isAsking = false;
			plan();
		}
	}

	return {
		start: () => {
			isStopped = false;
			void ask();
		},
		nudge: () => ( around.attention().isHidden ? plan() : void ask() ),
		stop: () => {
			isStopped = true;
			clearTimeout( timer );
		},
	};
}
