import { __, sprintf } from '@wordpress/i18n';
import type { Invitation } from '../model';
import { intlLocale } from './time';

const ANSWERS: Record< string, () => string > = {
	accepted: () => __( 'Accepted', 'unified-inbox' ),
	declined: () => __( 'Declined', 'unified-inbox' ),
	tentative: () => __( 'Perhaps', 'unified-inbox' ),
};

const METHODS: Record< string, () => string > = {
	request: () => __( 'Invitation', 'unified-inbox' ),
	cancel: () => __( 'Cancelled', 'unified-inbox' ),
	reply: () => __( 'Answer to an invitation', 'unified-inbox' ),
	counter: () => __( 'Proposes another time', 'unified-inbox' ),
};

/** What a calendar part is: an invitation, its withdrawal, an answer. */
export function methodWords( { method, answer }: Invitation ): string {
	return ( ANSWERS[ answer ] ?? METHODS[ method ] ?? ( () => __( 'Date', 'unified-inbox' ) ) )();
}

/** When it is: in the reader's own time where that is known, else as the sender wrote it. */
export function whenWords( invitation: Invitation, locale: string ): string {
	const { starts_at: startsAt, ends_at: endsAt, starts, zone } = invitation;
	if ( ! startsAt ) {
		const written = asWritten( starts, locale );
		/* translators: 1: date and time, 2: name of a time zone. */
		return zone ? sprintf( __( '%1$s (%2$s)', 'unified-inbox' ), written, zone ) : written;
	}
	const format = new Intl.DateTimeFormat( intlLocale( locale ), { dateStyle: 'full', timeStyle: 'short' } );
	return endsAt ? format.formatRange( Date.parse( startsAt ), Date.parse( endsAt ) ) : format.format( Date.parse( startsAt ) );
}

/** A day, or a local time, whose zone nobody knows. */
function asWritten( written: string, locale: string ): string {
	const at = Date.parse( written.includes( 'T' ) ? `${ written }:00Z` : `${ written }T00:00:00Z` );
	if ( Number.isNaN( at ) ) {
		return '';
	}
	return new Intl.DateTimeFormat( intlLocale( locale ), {
		dateStyle: 'full',
		timeStyle: written.includes( 'T' ) ? 'short' : undefined,
		timeZone: 'UTC',
	} ).format( at );
}
