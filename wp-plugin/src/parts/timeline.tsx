import { useEffect, useRef } from '@wordpress/element';
import { _n, sprintf } from '@wordpress/i18n';
import { problemInWords, toProblem } from '../api/problem';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { fold, timeline } from '../state/timeline';
import { EventLine } from './event-line';
import { MessageCard } from './message-card';
import { useSeen } from './use-seen';

function Older( { count, onOpen }: { count: number; onOpen: () => void } ) {
	return (
		<button type="button" className="uib-older" onClick={ onOpen }>
			<span>
				{ /* translators: %d: number of messages. */
				sprintf( _n( '%d older message', '%d older messages', count, 'unified-inbox' ), count ) }
			</span>
		</button>
	);
}

/** Opens older messages where they stand; the keyboard goes on at the first of them. */
function useOlder( open: number ) {
	const { talk, notices } = useDesk();
	const list = useRef< HTMLDivElement >( null );
	const wasPressed = useRef( false );
	useEffect( () => {
		if ( wasPressed.current ) {
			wasPressed.current = false;
			list.current?.querySelector< HTMLElement >( '.uib-message' )?.focus();
		}
	}, [ open ] );
	const show = (): void => {
		wasPressed.current = true;
		talk.showOlder().catch( ( thrown ) => notices.warn( problemInWords( toProblem( thrown ) ) ) );
	};
	return { list, show };
}

/** Messages and events in time order, the older ones folded. */
export function Timeline() {
	const { talk } = useDesk();
	const { ticket, messages, events, older, shown: open } = useStore( talk.store, ( state ) => state );
	const { list, show } = useOlder( open );
	const absent = older && ticket ? Math.max( 1, ticket.message_count - messages.length ) : 0;
	const { hiddenMessages, shown } = fold( timeline( messages, events ), open, absent );
	useSeen( list, shown.flatMap( ( entry ) => ( entry.type === 'message' ? [ entry.message.id ] : [] ) ) );
	return (
		<div className="uib-timeline" ref={ list }>
			{ hiddenMessages > 0 && <Older count={ hiddenMessages } onOpen={ show } /> }
			{ shown.map( ( entry ) =>
				entry.type === 'message' ? (
					<MessageCard key={ entry.message.id } message={ entry.message } />
				) : (
					<EventLine key={ `event-${ entry.event.seq }` } event={ entry.event } />
				)
			) }
		</div>
	);
}
