import type { InboxApi } from '../api/inbox-api';
import { toProblem } from '../api/problem';
import type { Boot } from '../boot';
import type { Rights } from '../model';

export interface RightsChanges {
	/** `allowed` is for what is drawn anew; `isNews` unless the page itself did not know yet. */
	onChange: ( allowed: Boot, isNews: boolean ) => void;
	/** Somebody has nothing to do with the inbox any more. */
	onRefusal: () => void;
}

/** What the page was told when it was made, with what is so at this moment. */
export function withRights( boot: Boot, { reply, manage, route }: Rights ): Boot {
	return { ...boot, canReply: reply, canManage: manage, canRoute: route };
}

/** Codes of WordPress and of the service for somebody who may not even look. */
const STRANGER = [ 'rest_forbidden', 'agent_unknown' ];

/** The same API, which also tells when an answer to `live` says that somebody's rights are others now. */
export function watchingRights( api: InboxApi, boot: Boot, { onChange, onRefusal }: RightsChanges ): InboxApi {
	let known: Rights | null = null;
	const compare = ( now: Rights ): void => {
		// WordPress does not know which inboxes somebody sees: the first answer says what the lists were read by.
		const before = known ?? { ...now, reply: boot.canReply, manage: boot.canManage, route: boot.canRoute };
		const isNews = known !== null;
		known = now;
		if ( JSON.stringify( before ) !== JSON.stringify( { ...before, ...now } ) ) {
			onChange( withRights( boot, now ), isNews );
		}
	};
	return {
		...api,
		live: async ( ...question ) => {
			try {
				const answer = await api.live( ...question );
				if ( answer.rights ) {
					compare( answer.rights );
				}
				return answer;
			} catch ( thrown ) {
				const { status, code } = toProblem( thrown );
				// 401 is somebody who is logged out: core's own dialog lets him in again.
				if ( status === 403 && STRANGER.includes( code ) ) {
					onRefusal();
				}
				throw thrown;
			}
		},
	};
}
