import { _n } from '@wordpress/i18n';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { MessageCard } from './message-card';

/** What others wrote while the draft was being written: read it, then send or change. */
export function Unseen() {
	const { reply } = useDesk();
	const unseen = useStore( reply.store, ( state ) => state.unseen );
	if ( ! unseen.length ) {
		return null;
	}
	return (
		<div className="uib-unseen" role="alert">
			<p>
				{ _n(
					'This came in while you were writing. Nothing was sent yet: read it, then send or change your text.',
					'These came in while you were writing. Nothing was sent yet: read them, then send or change your text.',
					unseen.length,
					'unified-inbox'
				) }
			</p>
			{ unseen.map( ( message ) => (
				<MessageCard key={ message.id } message={ message } />
			) ) }
		</div>
	);
}
