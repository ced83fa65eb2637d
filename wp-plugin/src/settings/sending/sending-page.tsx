import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import { Page, Wait } from '../parts/page';
import { useLoaded } from '../use-loaded';
import { DailyLimit } from './daily-limit';
import { UndoTime } from './undo-time';

/** How replies leave: after how long, and how many a day. */
export function SendingPage() {
	const { api } = useSettings();
	const loaded = useLoaded( api.sending );
	return (
		<Page
			title={ __( 'Sending', 'unified-inbox' ) }
			lead={ __( 'How long replies can be taken back, and how much each mailbox sends in a day.', 'unified-inbox' ) }
			isNarrow
		>
			<Wait loaded={ loaded }>
				{ ( { undo_seconds: seconds, mailboxes } ) => (
					<>
						<UndoTime before={ seconds } />
						{ mailboxes.map( ( mailbox ) => (
							<DailyLimit key={ mailbox.id } mailbox={ mailbox } onSaved={ loaded.reload } />
						) ) }
					</>
				) }
			</Wait>
		</Page>
	);
}
