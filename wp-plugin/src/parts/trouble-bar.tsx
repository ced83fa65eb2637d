import { __, sprintf } from '@wordpress/i18n';
import type { Trouble } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { intlLocale } from '../text/time';

function words( { address, state }: Trouble, since: string ): string {
	if ( state === 'degraded' ) {
		/* translators: 1: e-mail address of a mailbox, 2: date and time. */
		return sprintf( __( '%1$s has not been read since %2$s. It is tried again by itself.', 'unified-inbox' ), address, since );
	}
	/* translators: 1: e-mail address of a mailbox, 2: date and time. */
	return sprintf( __( '%1$s has not been read since %2$s: new mail to it does not come in.', 'unified-inbox' ), address, since );
}

function Line( { trouble }: { trouble: Trouble } ) {
	const { boot } = useDesk();
	const moment = new Intl.DateTimeFormat( intlLocale( boot.locale ), { dateStyle: 'medium', timeStyle: 'short' } );
	return (
		<p className="uib-trouble__line">
			{ words( trouble, moment.format( Date.parse( trouble.began_at ) ) ) }{ ' ' }
			{ boot.canManage ? (
				<a href={ `${ boot.settingsUrl }#/mailboxes/${ trouble.mailbox_id }` }>{ __( 'See what it needs', 'unified-inbox' ) }</a>
			) : (
				trouble.state !== 'degraded' && __( 'Please tell whoever manages the inbox.', 'unified-inbox' )
			) }
		</p>
	);
}

/** Says which mailboxes are not being read: an empty list would look like a quiet day. */
export function TroubleBar() {
	const { session } = useDesk();
	const troubles = useStore( session.store, ( state ) => state.troubles );
	return (
		<div className="uib-trouble" role="status">
			{ troubles.map( ( trouble ) => (
				<Line key={ trouble.mailbox_id } trouble={ trouble } />
			) ) }
		</div>
	);
}
