import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import { Page, Wait } from '../parts/page';
import { useLoaded } from '../use-loaded';
import { AcknowledgementCard } from './acknowledgement-card';
import { NoticeChoice } from './notice-choice';

function Acknowledgements() {
	const { api } = useSettings();
	const loaded = useLoaded( api.acknowledgements );
	return (
		<Wait loaded={ loaded }>
			{ ( items ) => (
				<>
					{ items.map( ( one ) => (
						<AcknowledgementCard key={ one.inbox_id } before={ one } />
					) ) }
				</>
			) }
		</Wait>
	);
}

/** What is mailed by itself: to oneself, and for managers to those who write to an inbox. */
export function NotificationsPage() {
	const { api, boot } = useSettings();
	const loaded = useLoaded( api.myNotices );
	return (
		<Page
			title={ __( 'Notifications', 'unified-inbox' ) }
			lead={ __( 'What is mailed by itself. Nobody ever gets more than a few such mails an hour.', 'unified-inbox' ) }
			isNarrow
		>
			<Wait loaded={ loaded }>{ ( mine ) => <NoticeChoice before={ mine } /> }</Wait>
			{ boot.canManage && <Acknowledgements /> }
		</Page>
	);
}
