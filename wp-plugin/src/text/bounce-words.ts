import { __ } from '@wordpress/i18n';
import type { Bounce, BounceReason } from '../model';

const REASONS: Record< BounceReason, () => string > = {
	no_such_address: () => __( 'There is no such address. Ask the customer for the right one.', 'unified-inbox' ),
	no_such_domain: () => __( 'The part after the @ does not exist or takes no mail. Check how it is spelled.', 'unified-inbox' ),
	address_closed: () => __( 'This address is closed. The customer needs to be reached another way.', 'unified-inbox' ),
	mailbox_full: () => __( 'The customer’s mailbox is full. Try again later.', 'unified-inbox' ),
	too_large: () => __( 'The mail was too large. Send fewer or smaller files.', 'unified-inbox' ),
	refused_as_spam: () => __( 'The customer’s mail server took it for spam.', 'unified-inbox' ),
	not_authenticated: () =>
		__( 'The customer’s mail server does not believe that it is from us: SPF, DKIM or DMARC of our domain need care.', 'unified-inbox' ),
	not_allowed: () => __( 'The customer’s mail server does not take mail from us.', 'unified-inbox' ),
	too_much_mail: () => __( 'The customer’s mail server takes no more mail for now.', 'unified-inbox' ),
	server_unreachable: () => __( 'The customer’s mail server did not answer.', 'unified-inbox' ),
	loop: () => __( 'The mail went in circles between mail servers.', 'unified-inbox' ),
	complaint: () => __( 'The reader marked our mail as spam. Nothing automatic goes there any more.', 'unified-inbox' ),
	other: () => __( 'The mail server gave no reason that we know.', 'unified-inbox' ),
};

/** Why a mail did not arrive, in words that say what to do. */
export function reasonWords( bounce: Bounce ): string {
	return ( REASONS[ bounce.reason ] ?? REASONS.other )();
}

/** What happens now: a hard bounce is final, a soft one is still being tried. */
export function outlookWords( bounce: Bounce ): string {
	return bounce.hard
		? __( 'It will not arrive.', 'unified-inbox' )
		: __( 'It may still arrive: mail servers try again for some days.', 'unified-inbox' );
}
