import { __, _n, sprintf } from '@wordpress/i18n';
import { intlLocale } from '../../text/time';
import { useSettings } from '../context';
import type { Backfill, Mailbox } from '../model';

/** Whether older mail is still being read. */
export function isReading( { backfill, state }: Pick< Mailbox, 'backfill' | 'state' > ): boolean {
	return state === 'syncing' || ( backfill !== null && backfill.state !== 'done' );
}

const NOTHING: Backfill = { state: 'pending', done: 0, total: null, per_minute: null, seconds_left: null };

function paceInWords( pace: number, number: Intl.NumberFormat ): string {
	/* translators: %s: number of messages. */
	return sprintf( _n( '%s a minute', '%s a minute', pace, 'unified-inbox' ), number.format( pace ) );
}

/** "about 5 minutes left": nobody wants seconds of a guess. */
function timeLeft( seconds: number ): string {
	const minutes = Math.ceil( seconds / 60 );
	if ( minutes < 90 ) {
		/* translators: %d: number of minutes. */
		return sprintf( _n( 'about %d minute left', 'about %d minutes left', minutes, 'unified-inbox' ), minutes );
	}
	const hours = Math.round( minutes / 60 );
	/* translators: %d: number of hours. */
	return sprintf( _n( 'about %d hour left', 'about %d hours left', hours, 'unified-inbox' ), hours );
}

/** How much of the older mail has been read: done of total, or just how many where nobody knows the total. */
export function Progress( { mailbox }: { mailbox: Mailbox } ) {
	const { boot } = useSettings();
	const { done, total, per_minute: pace, seconds_left: left } = mailbox.backfill ?? NOTHING;
	const number = new Intl.NumberFormat( intlLocale( boot.locale ) );
	const words = total
		? sprintf(
				/* translators: 1: number of messages read, 2: number of all messages. */
				__( '%1$s of %2$s messages read', 'unified-inbox' ),
				number.format( done ),
				number.format( total )
		  )
		: sprintf(
				/* translators: %s: number of messages. */
				_n( '%s message read so far', '%s messages read so far', done, 'unified-inbox' ),
				number.format( done )
		  );
	return (
		<div className="uibs-progress">
			<progress max={ total || undefined } value={ total ? Math.min( done, total ) : undefined } aria-label={ words } />
			<span>{ [ words, pace && paceInWords( pace, number ), left !== null && timeLeft( left ) ].filter( Boolean ).join( ' · ' ) }</span>
		</div>
	);
}
