import { __, _n, sprintf } from '@wordpress/i18n';
import { intlLocale } from '../../text/time';
import { useSettings } from '../context';
import type { Mailbox } from '../model';

/** Whether older mail is still being read. */
export function isReading( { backfill, state }: Pick< Mailbox, 'backfill' | 'state' > ): boolean {
	return state === 'syncing' || ( backfill !== null && backfill.state !== 'done' );
}

/** How much of the older mail has been read: done of total, or just how many where nobody knows the total. */
export function Progress( { mailbox }: { mailbox: Mailbox } ) {
	const { boot } = useSettings();
	const { done, total } = mailbox.backfill ?? { done: 0, total: null };
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
			<span>{ words }</span>
		</div>
	);
}
