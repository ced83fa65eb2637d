import { __, sprintf } from '@wordpress/i18n';
import type { Sending, WaitReason } from '../model';

const WAITS: Partial< Record< WaitReason, () => string > > = {
	mailbox_signed_out: () =>
		__( 'Waiting: the mailbox must be connected again in the settings. Then it goes out by itself.', 'unified-inbox' ),
	provider_unreachable: () =>
		__( 'Waiting: the mail provider cannot be reached. It goes out by itself; nothing to do.', 'unified-inbox' ),
};

const FAILURES: Partial< Record< WaitReason, () => string > > = {
	refused: () => __( 'Not sent: the mail provider refused it. Edit it, or try again.', 'unified-inbox' ),
	said_not_sent: () => __( 'Not sent, as somebody found out who looked.', 'unified-inbox' ),
};

/** How far a reply has come, and what to do where it did not leave. `when` is its next time in words. */
export function sendingInWords( { state, reason }: Sending, when: string ): string {
	switch ( state ) {
		case 'held':
			return __( 'Sending in a moment', 'unified-inbox' );
		case 'scheduled':
			/* translators: %s: date and time. */
			return sprintf( __( 'Will be sent %s', 'unified-inbox' ), when );
		case 'sending':
			return __( 'Sending…', 'unified-inbox' );
		case 'sent':
			return __( 'Sent', 'unified-inbox' );
		case 'failed':
			return ( FAILURES[ reason ] ?? ( () => __( 'Not sent. Edit it, or try again.', 'unified-inbox' ) ) )();
		case 'unsure':
			return __(
				'We could not find out whether this was sent. Look into the mailbox’s Sent folder, then tell us here.',
				'unified-inbox'
			);
		default:
			if ( reason === 'send_limit' ) {
				return sprintf(
					/* translators: %s: date and time. */
					__( 'Waiting: this mailbox may send no more mail until %s. Then it goes out by itself.', 'unified-inbox' ),
					when
				);
			}
			return (
				WAITS[ reason ] ?? ( () => __( 'Waiting to be sent. It goes out by itself; nothing to do.', 'unified-inbox' ) )
			)();
	}
}

/** The same in so few words that they fit into a row of the outbox. */
export function unsentInWords( sending: Sending, when: string ): string {
	switch ( sending.state ) {
		case 'failed':
			return __( 'Not sent', 'unified-inbox' );
		case 'unsure':
			return __( 'Not certain whether it was sent', 'unified-inbox' );
		case 'waiting':
			return sending.reason === 'send_limit'
				? /* translators: %s: date and time. */
				  sprintf( __( 'Waiting until %s', 'unified-inbox' ), when )
				: __( 'Waiting to be sent', 'unified-inbox' );
		default:
			return sendingInWords( sending, when );
	}
}
