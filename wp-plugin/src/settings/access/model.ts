import type { Agent, Id } from '../../model';

/** A place in the inbox; empty is none at all. */
export type Rank = 'manager' | 'lead' | 'agent' | 'viewer' | '';

/** A role of WordPress, and the place that everybody who has it gets by it. */
export interface WordPressRole {
	name: string;
	label: string;
	rank: Rank;
}

export interface Person {
	/** Of the WordPress user. */
	id: number;
	name: string;
	/** Roles in WordPress, as its screens call them. */
	roles: string[];
	rank: Rank;
	/** A place of his own; null where his role decides. */
	own: Rank | null;
}

/** Who may work here, as WordPress knows it. */
export interface Access {
	roles: WordPressRole[];
	people: Person[];
	may_find: boolean;
}

/** Which inboxes somebody sees, as the service knows it. */
export interface Reach extends Agent {
	sees_all: boolean;
	/** Chosen; kept while he sees all. */
	inbox_ids: Id[];
	/** Open tickets that he has in inboxes he does not see. */
	open_elsewhere: number;
}

export type ReachChange = Pick< Reach, 'sees_all' | 'inbox_ids' >;
