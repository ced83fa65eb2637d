import type { InboxApi } from '../api/inbox-api';
import { toProblem, type Problem } from '../api/problem';
import type { Agent, AllCounts, Id, Inbox, LiveAnswer, Me, Person, Presence, Team, Trouble } from '../model';
import { createStore, type Store } from './store';

export interface SessionState {
	me: Me | null;
	inboxes: Inbox[] | null;
	counts: AllCounts | null;
	agents: Agent[];
	tags: Person[];
	teams: Team[];
	/** Open tickets by team. */
	teamCounts: Record< Id, number >;
	presence: Presence[];
	/** Mailboxes behind our inboxes that are not being read. */
	troubles: Trouble[];
	problem: Problem | null;
	/** Since when the service has not answered, or null while it does. */
	lostSince: number | null;
}

export interface Session {
	store: Store< SessionState >;
	start: () => Promise< void >;
	/** Whether there is such a team, once the teams are known. */
	hasTeam: ( id: Id ) => Promise< boolean >;
	apply: ( answer: LiveAnswer ) => void;
}

/** Whether somebody sees no inbox at all, as far as is known. */
export function hasNoInbox( { inboxes }: Pick< SessionState, 'inboxes' > ): boolean {
	return inboxes?.length === 0;
}

/** The teams that stand among somebody's views: those he is in, and for managers all. */
export function teamsOf( { me, teams }: Pick< SessionState, 'me' | 'teams' > ): Team[] {
	return teams.filter( ( { members } ) => me?.can.manage || members.some( ( { agent_id: id } ) => id === me?.id ) );
}

/** Who we are and what all views share: inboxes, colleagues, counts, who is where. */
export function session( api: InboxApi ): Session {
	const store = createStore< SessionState >( {
		me: null,
		inboxes: null,
		counts: null,
		agents: [],
		tags: [],
		teams: [],
		teamCounts: {},
		presence: [],
		troubles: [],
		problem: null,
		lostSince: null,
	} );
	const colleagues = async (): Promise< void > => {
		const [ agents, tags, teams ] = await Promise.all( [ api.agents(), api.tags(), api.teams() ] );
		store.set( { agents, tags, teams } );
	};
	return {
		store,
		start: async () => {
			try {
				const [ me, { items, counts } ] = await Promise.all( [ api.me(), api.inboxes() ] );
				store.set( { me, inboxes: items, counts, problem: null } );
				// Menus can wait: the list must not.
				await colleagues();
			} catch ( thrown ) {
				store.set( { problem: toProblem( thrown ) } );
			}
		},
		hasTeam: async ( id ) => {
			const { teams } = store.get();
			return ( teams.length ? teams : await api.teams() ).some( ( team ) => team.id === id );
		},
		apply: ( { counts, presence, troubles } ) => {
			const { inboxes, me } = store.get();
			store.set( {
				counts: counts.all,
				teamCounts: counts.teams ?? {},
				inboxes: inboxes?.map( ( inbox ) => ( {
					...inbox,
					counts: counts.inboxes[ inbox.id ] ?? inbox.counts,
				} ) ) ?? null,
				presence: presence.filter( ( { agent } ) => agent.id !== me?.id ),
				troubles: troubles ?? [],
			} );
		},
	};
}
