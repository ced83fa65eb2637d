import { __, sprintf } from '@wordpress/i18n';
import { intlLocale, relativeTime } from '../../text/time';
import { useNow } from '../../state/context';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { isReading, Progress } from '../parts/progress';
import { endsSoon, stateOf } from './state-words';

function Ending( { at }: { at: string } ) {
	const { boot } = useSettings();
	const day = new Intl.DateTimeFormat( intlLocale( boot.locale ), { dateStyle: 'long' } ).format( Date.parse( at ) );
	return (
		<p className="uibs-state__reason">
			{ sprintf(
				/* translators: %s: a date. */
				__( 'Google ends this sign-in on %s, as your Google app is in Testing. Publish the app, then sign in again.', 'unified-inbox' ),
				day
			) }
		</p>
	);
}

/** How a mailbox is: a dot, words, since when, and what the service gives as the reason. */
export function MailboxStateLine( { mailbox }: { mailbox: Mailbox } ) {
	const { boot } = useSettings();
	const now = useNow();
	const { tone, words } = stateOf( mailbox );
	return (
		<>
			<p className="uibs-state">
				<span className="uibs-dot" data-tone={ tone } />
				<span className="uibs-state__words">{ words }</span>
				{ mailbox.since && ( tone === 'bad' || mailbox.state === 'degraded' ) && (
					<span className="uibs-quiet">{ relativeTime( mailbox.since, now, boot.locale ) }</span>
				) }
			</p>
			{ mailbox.reason && tone !== 'good' && (
				<p className="uibs-state__reason" dir="auto">
					{ mailbox.reason }
				</p>
			) }
			{ endsSoon( mailbox, now ) && <Ending at={ mailbox.consent_ends_at! } /> }
			{ isReading( mailbox ) && tone !== 'bad' && <Progress mailbox={ mailbox } /> }
		</>
	);
}
