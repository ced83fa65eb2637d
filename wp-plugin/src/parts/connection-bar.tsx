import { __, sprintf } from '@wordpress/i18n';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { intlLocale } from '../text/time';

/** A thin line while the service does not answer: what is shown may be old, nothing is lost. */
export function ConnectionBar() {
	const { session, boot } = useDesk();
	const lostSince = useStore( session.store, ( state ) => state.lostSince );
	const time =
		lostSince &&
		new Intl.DateTimeFormat( intlLocale( boot.locale ), { timeStyle: 'short' } ).format( lostSince );
	return (
		<div className="uib-connection" role="status" data-lost={ lostSince ? '' : undefined }>
			{ time &&
				sprintf(
					/* translators: %s: a time of day. */
					__( 'No connection since %s. You can go on writing; we keep trying.', 'unified-inbox' ),
					time
				) }
		</div>
	);
}
