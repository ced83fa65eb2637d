import { __, sprintf } from '@wordpress/i18n';
import type { Boot } from '../boot';
import type { Person, TicketEvent } from '../model';
import { isolated } from './person';
import { momentInZone } from './send-times';

interface Names {
	agents: readonly Person[];
	inboxes: readonly Person[];
	teams: readonly Person[];
	/** How moments are written here. */
	clock: Pick< Boot, 'locale' | 'timeZone' >;
}

/** The value a property has after the event: events carry it bare, or as [before, after]. */
function after( value: unknown ): unknown {
	return Array.isArray( value ) && value.length === 2 ? value[ 1 ] : value;
}

const STATUS: Record< string, ( who: string ) => string > = {
	/* translators: %s: who did it. */
	open: ( who ) => sprintf( __( '%s opened this again', 'unified-inbox' ), who ),
	/* translators: %s: who did it. */
	pending: ( who ) => sprintf( __( '%s set this to pending', 'unified-inbox' ), who ),
	/* translators: %s: who did it. */
	solved: ( who ) => sprintf( __( '%s solved this', 'unified-inbox' ), who ),
};

const PLACE: Record< string, ( who: string ) => string > = {
	/* translators: %s: who did it. */
	inbox: ( who ) => sprintf( __( '%s moved this back to the inbox', 'unified-inbox' ), who ),
	/* translators: %s: who did it. */
	spam: ( who ) => sprintf( __( '%s marked this as spam', 'unified-inbox' ), who ),
	/* translators: %s: who did it. */
	trash: ( who ) => sprintf( __( '%s moved this to the trash', 'unified-inbox' ), who ),
};

/** Those of which only who did it is told. */
const BY: Record< string, ( who: string ) => string > = {
	/* translators: %s: who did it. */
	customer_changed: ( who ) => sprintf( __( '%s changed whose ticket this is', 'unified-inbox' ), who ),
};

const MERGES: Record< string, ( who: string, other: string ) => string > = {
	/* translators: 1: who did it, 2: the number of another ticket, like #12. */
	ticket_merged: ( who, other ) => sprintf( __( '%1$s merged this into %2$s', 'unified-inbox' ), who, other ),
	/* translators: 1: who did it, 2: the number of another ticket, like #12. */
	messages_merged: ( who, other ) => sprintf( __( '%1$s merged %2$s into this', 'unified-inbox' ), who, other ),
	/* translators: 1: who did it, 2: the number of another ticket, like #12. */
	ticket_unmerged: ( who, other ) => sprintf( __( '%1$s took the messages of this back from %2$s', 'unified-inbox' ), who, other ),
	/* translators: 1: who did it, 2: the number of another ticket, like #12. */
	messages_split: ( who, other ) => sprintf( __( '%1$s took messages of this into %2$s', 'unified-inbox' ), who, other ),
	/* translators: 1: who did it, 2: the number of another ticket, like #12. */
	ticket_split: ( who, other ) => sprintf( __( '%1$s split this from %2$s', 'unified-inbox' ), who, other ),
	/* translators: 1: who did it, 2: the number of another ticket, like #12. */
	messages_unmerged: ( who, other ) => sprintf( __( '%1$s gave the messages of %2$s back', 'unified-inbox' ), who, other ),
};

function assigned( who: string, id: unknown, event: TicketEvent, agents: readonly Person[] ): string {
	if ( id === null ) {
		/* translators: %s: who did it. */
		return sprintf( __( '%s unassigned this', 'unified-inbox' ), who );
	}
	if ( String( id ) === event.actor.id ) {
		/* translators: %s: who did it. */
		return sprintf( __( '%s took this', 'unified-inbox' ), who );
	}
	const agent = agents.find( ( one ) => one.id === String( id ) );
	return agent
		? /* translators: 1: who did it, 2: the new assignee. */
		  sprintf( __( '%1$s assigned this to %2$s', 'unified-inbox' ), who, isolated( agent.name ) )
		: /* translators: %s: who did it. */
		  sprintf( __( '%s assigned this to somebody', 'unified-inbox' ), who );
}

function moved( who: string, id: unknown, inboxes: readonly Person[] ): string {
	const inbox = inboxes.find( ( one ) => one.id === String( id ) );
	/* translators: 1: who did it, 2: name of an inbox. */
	return inbox ? sprintf( __( '%1$s moved this to %2$s', 'unified-inbox' ), who, isolated( inbox.name ) ) : '';
}

function toTeam( who: string, id: unknown, teams: readonly Person[] ): string {
	if ( id === null ) {
		/* translators: %s: who did it. */
		return sprintf( __( '%s took this out of its team', 'unified-inbox' ), who );
	}
	const team = teams.find( ( one ) => one.id === String( id ) );
	return team
		? /* translators: 1: who did it, 2: name of a team. */
		  sprintf( __( '%1$s gave this to the team %2$s', 'unified-inbox' ), who, isolated( team.name ) )
		: /* translators: %s: who did it. */
		  sprintf( __( '%s gave this to a team', 'unified-inbox' ), who );
}

function returned( who: string, by: unknown ): string {
	if ( by === 'time' ) {
		return __( 'This came back: its time is over', 'unified-inbox' );
	}
	return by === 'reply'
		? __( 'This came back, because the customer wrote', 'unified-inbox' )
		: /* translators: %s: who did it. */
		  sprintf( __( '%s brought this back', 'unified-inbox' ), who );
}

/** Who was meant by a note, each as it stands there: `agent:12`, `team:3`. */
function mentioned( who: string, named: unknown, agents: readonly Person[], teams: readonly Person[] ): string {
	const meant = ( kind: string, people: readonly Person[] ): string[] =>
		people.filter( ( { id } ) => Array.isArray( named ) && named.includes( `${ kind }:${ id }` ) ).map( ( { name } ) => isolated( name ) );
	const names = [ ...meant( 'agent', agents ), ...meant( 'team', teams ) ];
	return names.length
		? /* translators: 1: who wrote a note, 2: names of agents and teams. */
		  sprintf( __( '%1$s mentioned %2$s', 'unified-inbox' ), who, names.join( ', ' ) )
		: /* translators: %s: who wrote a note. */
		  sprintf( __( '%s mentioned somebody', 'unified-inbox' ), who );
}

/** One fact about a ticket as a short sentence; empty for facts that mean nothing to an agent. */
export function eventInWords( event: TicketEvent, { agents, inboxes, teams, clock }: Names ): string {
	const { data } = event;
	if ( event.kind === 'customer_erased' ) {
		return __( 'A person asked to be erased: what they wrote is gone', 'unified-inbox' );
	}
	if ( event.kind === 'ticket_merged' && event.actor.type === 'system' ) {
		return __( 'Earlier mail showed that this belongs to another ticket', 'unified-inbox' );
	}
	if ( event.kind === 'messages_moved' ) {
		return __( 'Earlier mail showed which messages belong together: some were moved', 'unified-inbox' );
	}
	const who = isolated( event.actor.name || __( 'Unified Inbox', 'unified-inbox' ) );
	if ( event.kind === 'reply_withdrawn' ) {
		/* translators: %s: who did it. */
		return sprintf( __( '%s took a reply back before it was sent', 'unified-inbox' ), who );
	}
	if ( event.kind === 'agents_mentioned' ) {
		return mentioned( who, data.named, agents, teams );
	}
	if ( event.kind === 'ticket_followed' ) {
		/* translators: %s: who did it. */
		return sprintf( __( '%s follows this', 'unified-inbox' ), who );
	}
	if ( event.kind === 'ticket_unfollowed' ) {
		/* translators: %s: who did it. */
		return sprintf( __( '%s follows this no more', 'unified-inbox' ), who );
	}
	if ( event.kind === 'sender_blocked' ) {
		/* translators: %s: who did it. */
		return sprintf( __( '%s blocked the sender', 'unified-inbox' ), who );
	}
	if ( event.kind === 'sender_unblocked' ) {
		/* translators: %s: who did it. */
		return sprintf( __( '%s let the sender in again', 'unified-inbox' ), who );
	}
	if ( event.kind in BY ) {
		return BY[ event.kind ]!( who );
	}
	if ( event.kind in MERGES ) {
		return MERGES[ event.kind ]!( who, `#${ data.other_number }` );
	}
	if ( event.kind === 'ticket_snoozed' ) {
		/* translators: 1: who did it, 2: a date and time. */
		return sprintf( __( '%1$s snoozed this until %2$s', 'unified-inbox' ), who, momentInZone( String( data.until ), clock ) );
	}
	if ( event.kind === 'ticket_returned' ) {
		return returned( who, data.by );
	}
	const sentences: [ string, ( value: unknown ) => string | undefined ][] = [
		[ 'status', ( value ) => STATUS[ String( value ) ]?.( who ) ],
		[ 'place', ( value ) => PLACE[ String( value ) ]?.( who ) ],
		[ 'assignee_id', ( value ) => assigned( who, value, event, agents ) ],
		[ 'team_id', ( value ) => toTeam( who, value, teams ) ],
		[ 'inbox_id', ( value ) => moved( who, value, inboxes ) ],
		/* translators: %s: who did it. */
		[ 'priority', () => sprintf( __( '%s changed the priority', 'unified-inbox' ), who ) ],
		/* translators: %s: who did it. */
		[ 'tags', () => sprintf( __( '%s changed the tags', 'unified-inbox' ), who ) ],
		/* translators: %s: who did it. */
		[ 'subject', () => sprintf( __( '%s changed the subject', 'unified-inbox' ), who ) ],
	];
	for ( const [ name, say ] of sentences ) {
		const words = name in data ? say( after( data[ name ] ) ) : undefined;
		if ( words ) {
			return words;
		}
	}
	return '';
}
