import { __ } from '@wordpress/i18n';
import { inbox as inboxIcon } from '@wordpress/icons';
import { Empty } from './empty';

/** In place of everything, for somebody whose access ended while he looked. */
export function NoAccess() {
	return (
		<div className="uib-desk" data-pane="empty" role="alert">
			<Empty title={ __( 'You have no access to the inbox any more', 'unified-inbox' ) } icon={ inboxIcon }>
				{ __( 'Somebody changed what you may do here. If that is a mistake, ask whoever manages the inbox; what you began to write is kept.', 'unified-inbox' ) }
			</Empty>
		</div>
	);
}
