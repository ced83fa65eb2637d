import { useState } from '@wordpress/element';
import { _n, sprintf } from '@wordpress/i18n';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { fold, timeline } from '../state/timeline';
import { EventLine } from './event-line';
import { MessageCard } from './message-card';

/** Messages and events in time order, the older ones folded. */
export function Timeline() {
	const { talk } = useDesk();
	const messages = useStore( talk.store, ( state ) => state.messages );
	const events = useStore( talk.store, ( state ) => state.events );
	const [ isUnfolded, setUnfolded ] = useState( false );
	const entries = timeline( messages, events );
	const { hiddenMessages, shown } = isUnfolded ? { hiddenMessages: 0, shown: entries } : fold( entries );
	return (
		<div className="uib-timeline">
			{ hiddenMessages > 0 && (
				<button type="button" className="uib-older" onClick={ () => setUnfolded( true ) }>
					<span>
						{ sprintf(
							/* translators: %d: number of messages. */
							_n( '%d older message', '%d older messages', hiddenMessages, 'unified-inbox' ),
							hiddenMessages
						) }
					</span>
				</button>
			) }
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
