import { __, _n, sprintf } from '@wordpress/i18n';
import type { InboxApi } from '../api/inbox-api';
import { problemInWords, toProblem } from '../api/problem';
import type { Boot } from '../boot';
import type { Message, SendingChange, Ticket } from '../model';
import type { Route } from '../route';
import { momentInZone } from '../text/send-times';
import { coming, type Attaching } from './attaching';
import type { TicketChanges } from './changes';
import type { Conversation } from './conversation';
import type { Notices } from './notices';
import type { Reply, SendHow } from './reply';
import { neighbour } from './rows';
import type { Store } from './store';
import type { TicketList } from './ticket-list';

export interface Sending {
	send: ( how?: SendHow ) => Promise< void >;
	/** Takes a reply back that has not left: it is in the composer again. */
	takeBack: ( ticket: number, message: Message ) => Promise< void >;
	change: ( ticket: number, message: Message, change: SendingChange ) => Promise< void >;
}

interface Surroundings {
	list: TicketList;
	talk: Conversation;
	reply: Reply;
	attaching: Attaching;
	notices: Notices;
	route: Store< Route >;
	go: ( to: Partial< Route > ) => void;
	boot: Pick< Boot, 'locale' | 'timeZone' >;
	after: TicketChanges[ 'after' ];
	/** Whether the agent wants the next ticket after every reply. */
	goesOn: () => boolean;
}

function sentWords( { kind, sending }: Message, { setStatus }: SendHow, boot: Surroundings[ 'boot' ] ): string {
	if ( kind === 'note' ) {
		return __( 'Note added. Only your team sees it.', 'unified-inbox' );
	}
	if ( sending?.state === 'scheduled' && sending.due_at ) {
		/* translators: %s: date and time. */
		return sprintf( __( 'It will be sent %s.', 'unified-inbox' ), momentInZone( sending.due_at, boot ) );
	}
	return setStatus === 'solved' ? __( 'Sent and solved.', 'unified-inbox' ) : __( 'Sent.', 'unified-inbox' );
}

/** Replies on their way: sending them, taking them back, giving them another time. */
export function sends( api: InboxApi, desk: Surroundings ): Sending {
	const { list, talk, reply, attaching, notices, route, go } = desk;
	// What an act did to status, waiting time and version only the service knows.
	const reload = (): Promise< unknown > =>
		Promise.allSettled( [ talk.refresh(), list.refresh(), attaching.refresh() ] );

	const attempt = async ( run: () => Promise< void > ): Promise< boolean > => {
		try {
			await run();
			return true;
		} catch ( thrown ) {
			notices.warn( problemInWords( toProblem( thrown ) ) );
			return false;
		} finally {
			await reload();
		}
	};

	const takeBack: Sending[ 'takeBack' ] = async ( number, message ) => {
		if ( await attempt( () => api.withdraw( number, message.id ) ) ) {
			await reply.sync.refresh( number );
			go( { ticket: number } );
			notices.say( __( 'Not sent. Your text is in the composer again.', 'unified-inbox' ) );
		}
	};

	const tell = ( ticket: Ticket, message: Message, how: SendHow ): void => {
		const { state, due_at: dueAt } = message.sending ?? {};
		const words = sentWords( message, how, desk.boot );
		if ( state !== 'held' && state !== 'scheduled' ) {
			notices.say( words );
			return;
		}
		const undo = { label: __( 'Undo', 'unified-inbox' ), run: () => void takeBack( ticket.number, message ) };
		notices.say( words, undo, state === 'held' && dueAt ? Date.parse( dueAt ) : undefined );
	};

	const shown = ( number: number ): Ticket | null => {
		const { ticket } = talk.store.get();
		return ticket?.number === number ? ticket : null;
	};

	const send = async ( how: SendHow ): Promise< void > => {
		const { seen, ticket } = talk.store.get();
		const next = ticket && neighbour( list.store.get().rows, ticket.number );
		const message = await reply.send( seen, how );
		if ( ! message || ! ticket ) {
			const { unseen, phase } = reply.store.get();
			if ( unseen.length && route.get().ticket === talk.store.get().number ) {
				// They stand beside the draft now: the next try says that they have been seen.
				talk.saw( unseen[ unseen.length - 1 ]?.id );
			}
			// What others wrote, or what was sent from another screen.
			await ( unseen.length || phase === 'writing' ? talk.refresh() : undefined );
			return;
		}
		if ( talk.store.get().number === ticket.number ) {
			talk.add( message );
		}
		tell( ticket, message, how );
		await reload();
		const isDone = how.setStatus === 'solved' || ( message.kind === 'out' && desk.goesOn() );
		if ( isDone && route.get().ticket === ticket.number ) {
			go( { ticket: next } );
		}
	};

	/** Whether nothing is sent before its files are whole; here, because keys ask no button. */
	const mustWait = (): boolean => {
		const { length } = coming( attaching.store.get().files );
		if ( length === 0 || reply.store.get().tab === 'note' ) {
			return false;
		}
		notices.warn(
			_n(
				'Nothing was sent yet: wait for the file, it is still coming.',
				'Nothing was sent yet: wait for the files, they are still coming.',
				length,
				'unified-inbox'
			)
		);
		return true;
	};

	return {
		takeBack,
		change: async ( number, message, change ) => {
			await attempt( () => api.changeSending( number, message.id, change ) );
		},
		send: async ( how = {} ) => {
			if ( mustWait() ) {
				return;
			}
			const number = talk.store.get().number;
			const sent = send( how );
			if ( number !== null ) {
				// Whoever solves it right after must not be told that somebody else was faster.
				desk.after( number, sent.then( () => shown( number ) ) );
			}
			await sent;
		},
	};
}
