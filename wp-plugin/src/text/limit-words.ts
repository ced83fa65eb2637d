import { __, sprintf } from '@wordpress/i18n';
import type { Boot } from '../boot';
import type { MailboxSends } from '../model';
import { isolated } from './person';
import { momentInZone } from './send-times';
import { intlLocale } from './time';

type Reader = Pick< Boot, 'locale' | 'timeZone' >;

/** "1,840 of 2,000", with the digits of the reader's language. */
function share( { recipients, limit }: MailboxSends, { locale }: Reader ): [ string, string ] {
	const format = new Intl.NumberFormat( intlLocale( locale ) );
	return [ format.format( recipients ), format.format( limit ) ];
}

/** How near a mailbox is to its limit of a day, and what becomes of mail beyond it. */
export function limitInWords( mailbox: MailboxSends, reader: Reader ): string {
	const [ recipients, limit ] = share( mailbox, reader );
	const address = isolated( mailbox.address );
	if ( ! mailbox.paused_until ) {
		return sprintf(
			/* translators: 1: e-mail address of a mailbox, 2: how many recipients, 3: how many are allowed. */
			__( '%1$s wrote to %2$s of %3$s recipients within the last 24 hours. What is more will wait and go out by itself.', 'unified-inbox' ),
			address,
			recipients,
			limit
		);
	}
	const until = momentInZone( mailbox.paused_until, reader );
	if ( mailbox.recipients < mailbox.limit ) {
		return sprintf(
			/* translators: 1: e-mail address of a mailbox, 2: date and time. */
			__( 'The provider takes no mail from %1$s until %2$s. What you send waits and goes out by itself.', 'unified-inbox' ),
			address,
			until
		);
	}
	return sprintf(
		/* translators: 1: e-mail address of a mailbox, 2: how many recipients, 3: how many are allowed, 4: date and time. */
		__( '%1$s wrote to %2$s of %3$s recipients within the last 24 hours. The rest waits until %4$s and goes out by itself.', 'unified-inbox' ),
		address,
		recipients,
		limit,
		until
	);
}

/** The same as a figure, for a list of mailboxes. */
export function shareInWords( mailbox: MailboxSends, reader: Reader ): string {
	const [ recipients, limit ] = share( mailbox, reader );
	/* translators: 1: how many recipients, 2: how many are allowed. */
	return sprintf( __( '%1$s of %2$s recipients within the last 24 hours', 'unified-inbox' ), recipients, limit );
}
