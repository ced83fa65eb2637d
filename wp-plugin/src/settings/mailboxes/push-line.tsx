import { __ } from '@wordpress/i18n';
import type { Mailbox } from '../model';

/** Whether Google tells of new mail by itself; where it should and does not, why. */
export function PushLine( { mailbox: { push } }: { mailbox: Mailbox } ) {
	if ( push.state === 'works' ) {
		return <p className="uibs-quiet uibs-push">{ __( 'Google tells of new mail at once.', 'unified-inbox' ) }</p>;
	}
	if ( push.state !== 'failed' ) {
		return null;
	}
	return (
		<div className="uibs-push">
			<p className="uibs-state__reason">
				{ __( 'Google does not tell of new mail at once, so it is looked for every minute. Nothing is lost.', 'unified-inbox' ) }
			</p>
			<p className="uibs-state__reason" dir="auto">
				{ push.reason }
			</p>
		</div>
	);
}
