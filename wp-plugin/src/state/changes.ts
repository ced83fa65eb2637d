import type { InboxApi } from '../api/inbox-api';
import { problemInWords, toProblem } from '../api/problem';
import type { Person, Ticket, TicketChange } from '../model';

/** The ticket as it will be once the service agrees. */
export function changed( ticket: Ticket, change: TicketChange, agents: readonly Person[] ): Ticket {
	const { assignee_id: assigneeId, customer: whose, ...others } = change;
	const rest = whose ? { ...others, customer: { id: '', ...whose } } : others;
	if ( assigneeId === undefined ) {
		return { ...ticket, ...rest };
	}
	const agent = agents.find( ( { id } ) => id === assigneeId );
	return { ...ticket, ...rest, assignee: agent ? { id: agent.id, name: agent.name } : null };
}

interface Surroundings {
	agents: () => readonly Person[];
	show: ( ticket: Ticket ) => void;
	warn: ( text: string ) => void;
}

export type ChangeTicket = ( ticket: Ticket, change: TicketChange ) => Promise< Ticket | null >;

export interface TicketChanges {
	change: ChangeTicket;
	/** Something else of ours changes the ticket, as a reply does: the next change waits for what comes of it. */
	after: ( number: number, work: Promise< Ticket | null > ) => void;
}

/**
 * Changes tickets at once on the screen and then at the service. Changes of one ticket go one
 * after the other, each with the version the one before produced; null = it did not work, and
 * the screen shows again what is true.
 */
export function ticketChanges( api: InboxApi, around: Surroundings ): TicketChanges {
	const latest = new Map< number, Promise< Ticket | null > >();

	const perform = async ( base: Ticket, change: TicketChange ): Promise< Ticket | null > => {
		around.show( changed( base, change, around.agents() ) );
		try {
			const ticket = await api.change( base, change );
			around.show( ticket );
			return ticket;
		} catch ( thrown ) {
			const problem = toProblem( thrown );
			around.show( ( problem.code === 'stale' && ( problem.details.ticket as Ticket ) ) || base );
			around.warn( problemInWords( problem ) );
			return null;
		}
	};

	return {
		change: ( ticket, change ) => {
			const before = latest.get( ticket.number ) ?? Promise.resolve( null );
			const next = before.then( ( known ) =>
				perform( known && known.version > ticket.version ? known : ticket, change )
			);
			latest.set( ticket.number, next );
			return next;
		},
		after: ( number, work ) => void latest.set( number, work ),
	};
}
