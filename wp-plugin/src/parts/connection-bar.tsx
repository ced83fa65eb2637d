import { __, sprintf } from '@wordpress/i18n';
import { problemInWords } from '../api/problem';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { intlLocale } from '../text/time';

/** A thin line while the service does not answer: what is shown may be old, nothing is lost. */
export function ConnectionBar() {
	const { session, boot } = useDesk();
	const { lostSince, problem } = useStore( session.store, ( state ) => state );
	const time =
		lostSince &&
		new Intl.DateTimeFormat( intlLocale( boot.locale ), { timeStyle: 'short' } ).format( lostSince );
	const lost =
		time &&
		/* translators: %s: a time of day. */
		sprintf( __( 'No connection since %s. You can go on writing; we keep trying.', 'unified-inbox' ), time );
	const words = lost || ( problem && problemInWords( problem ) );
	return (
		<div className="uib-connection" role="status" data-lost={ words ? '' : undefined }>
			{ words }
		</div>
	);
}
