import { __, _n, sprintf } from '@wordpress/i18n';

const WORDS: Record< string, ( count: number ) => string > = {
	/* translators: %s: a number. */
	ticket: ( count ) => _n( '%s ticket', '%s tickets', count, 'unified-inbox' ),
	/* translators: %s: a number. */
	reply: ( count ) => _n( '%s reply of a customer', '%s replies of customers', count, 'unified-inbox' ),
	/* translators: %s: number of mails. */
	sent: ( count ) => _n( '%s sent from here', '%s sent from here', count, 'unified-inbox' ),
	/* translators: %s: number of mails. */
	sent_elsewhere: ( count ) => _n( '%s sent from elsewhere', '%s sent from elsewhere', count, 'unified-inbox' ),
	/* translators: %s: a number. */
	auto_reply: ( count ) => _n( '%s automatic reply', '%s automatic replies', count, 'unified-inbox' ),
	/* translators: %s: a number. */
	bounce: ( count ) => _n( '%s bounce', '%s bounces', count, 'unified-inbox' ),
	/* translators: %s: number of mails. */
	parked: ( count ) => _n( '%s parked', '%s parked', count, 'unified-inbox' ),
	/* translators: %s: number of mails. */
	discarded: ( count ) => _n( '%s discarded', '%s discarded', count, 'unified-inbox' ),
	/* translators: %s: a number. */
	duplicate: ( count ) => _n( '%s duplicate', '%s duplicates', count, 'unified-inbox' ),
	/* translators: %s: number of mails that need no ticket: the owner's own, spam. */
	filtered: ( count ) => _n( '%s filtered', '%s filtered', count, 'unified-inbox' ),
	/* translators: %s: number of mails. */
	deleted: ( count ) => _n( '%s deleted', '%s deleted', count, 'unified-inbox' ),
};

/** "380 tickets, 20 replies …": what became of so many mails, the commonest first. */
export function outcomesInWords( outcomes: Readonly< Record< string, number > >, number: Intl.NumberFormat, list: Intl.ListFormat ): string {
	const counted = Object.entries( outcomes ).sort( ( [ , one ], [ , other ] ) => other - one );
	return list.format( counted.map( ( [ outcome, count ] ) => sprintf( WORDS[ outcome ]?.( count ) ?? `%s ${ outcome }`, number.format( count ) ) ) );
}

/** Why a mail is parked, in the reader's language; what is new in the service comes in its own words. */
export function reasonInWords( reason: string ): string {
	if ( reason.startsWith( 'could not be read' ) ) {
		return __( 'It could not be read.', 'unified-inbox' );
	}
	if ( reason.startsWith( 'could not be stored' ) ) {
		return __( 'It could not be stored.', 'unified-inbox' );
	}
	const known: Record< string, string > = {
		'automatic reply that belongs to no ticket': __( 'An automatic reply that belongs to no ticket.', 'unified-inbox' ),
		'bounce of a mail that the desk did not send': __( 'A bounce of a mail that was not sent from here.', 'unified-inbox' ),
	};
	return known[ reason ] ?? reason;
}
