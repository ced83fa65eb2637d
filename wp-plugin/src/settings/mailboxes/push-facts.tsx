import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { Instant } from '../../model';
import { intlLocale } from '../../text/time';
import { useSettings } from '../context';
import type { Mailbox, PushChannel } from '../model';

/** Since when push is there, how long it holds, and by which way it comes. */
export function PushFacts( { mailbox: { push }, channel }: { mailbox: Mailbox; channel: PushChannel } ) {
	const { boot } = useSettings();
	const moment = new Intl.DateTimeFormat( intlLocale( boot.locale ), { dateStyle: 'medium', timeStyle: 'short' } );
	const at = ( instant: Instant | null ): ReactNode =>
		instant ? moment.format( Date.parse( instant ) ) : __( 'Not yet', 'unified-inbox' );
	const facts: [ string, ReactNode ][] = [
		[ push.state === 'failed' ? __( 'Failing since', 'unified-inbox' ) : __( 'Set up since', 'unified-inbox' ), at( channel.since ) ],
		[ __( 'Google tells of this mailbox until', 'unified-inbox' ), at( push.until ) ],
		[ __( 'Last notice of this mailbox', 'unified-inbox' ), at( push.heard_at ) ],
		[ __( 'Topic', 'unified-inbox' ), <code dir="ltr">{ channel.topic }</code> ],
		channel.pulls
			? [ __( 'Fetched from the subscription', 'unified-inbox' ), <code dir="ltr">{ channel.subscription }</code> ]
			: [ __( 'Sent to this site by', 'unified-inbox' ), <code dir="ltr">{ channel.signer }</code> ],
	];
	return (
		<dl className="uibs-facts">
			{ facts.map( ( [ name, value ] ) => (
				<div key={ name }>
					<dt>{ name }</dt>
					<dd>{ value }</dd>
				</div>
			) ) }
		</dl>
	);
}
