import { __, _n, _x, sprintf } from '@wordpress/i18n';
import type { Instant } from '../model';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** A customer who has waited this long is late, until teams can set their own times. */
const LATE_AFTER = DAY;

/**
 * WordPress's locale as the browser's Intl names it. Western digits, as core's own
 * number_format_i18n prints in Arabic.
 */
export function intlLocale( locale: string ): string {
	const tag = locale.replace( /_/g, '-' ).replace( /^tl\b/, 'fil' );
	return tag.startsWith( 'ar' ) ? `${ tag }-u-nu-latn` : tag;
}

/** "5 min", "3 h", "2 d": how long since, as short as it can be said. */
function shortDuration( milliseconds: number ): string {
	const minutes = Math.max( 0, Math.floor( milliseconds / MINUTE ) );
	if ( minutes < 1 ) {
		return __( 'now', 'unified-inbox' );
	}
	if ( minutes < 60 ) {
		/* translators: %d: number of minutes, abbreviated. */
		return sprintf( _x( '%d min', 'short duration', 'unified-inbox' ), minutes );
	}
	const hours = Math.floor( milliseconds / HOUR );
	if ( hours < 24 ) {
		/* translators: %d: number of hours, abbreviated. */
		return sprintf( _x( '%d h', 'short duration', 'unified-inbox' ), hours );
	}
	/* translators: %d: number of days, abbreviated. */
	return sprintf( _x( '%d d', 'short duration', 'unified-inbox' ), Math.floor( hours / 24 ) );
}

function longAgo( minutes: number ): string {
	if ( minutes < 60 ) {
		/* translators: %d: number of minutes. */
		return sprintf( _n( '%d minute ago', '%d minutes ago', minutes, 'unified-inbox' ), minutes );
	}
	const hours = Math.floor( minutes / 60 );
	if ( hours < 24 ) {
		/* translators: %d: number of hours. */
		return sprintf( _n( '%d hour ago', '%d hours ago', hours, 'unified-inbox' ), hours );
	}
	const days = Math.floor( hours / 24 );
	/* translators: %d: number of days. */
	return sprintf( _n( '%d day ago', '%d days ago', days, 'unified-inbox' ), days );
}

/** The day, with its year only when that is another one. */
function dayOf( then: number, now: number, locale: string ): string {
	const sameYear = new Date( then ).getFullYear() === new Date( now ).getFullYear();
	return new Intl.DateTimeFormat( intlLocale( locale ), {
		day: 'numeric',
		month: 'short',
		year: sameYear ? undefined : 'numeric',
	} ).format( then );
}

/** "3 h", as short as it can be said; from a week on the date. */
export function shortAge( at: Instant, now: number, locale: string ): string {
	const then = Date.parse( at );
	return now - then >= WEEK ? dayOf( then, now, locale ) : shortDuration( now - then );
}

/** "just now", "3 hours ago"; from a week on the date. */
export function relativeTime( at: Instant, now: number, locale: string ): string {
	const then = Date.parse( at );
	if ( now - then >= WEEK ) {
		return dayOf( then, now, locale );
	}
	const minutes = Math.floor( ( now - then ) / MINUTE );
	return minutes < 1 ? __( 'just now', 'unified-inbox' ) : longAgo( minutes );
}

/** "3 seconds ago", and from a minute on as `relativeTime` says it; `at` is a time of this browser. */
export function secondsAgo( at: number, now: number, locale: string ): string {
	const seconds = Math.max( 0, Math.floor( ( now - at ) / 1_000 ) );
	if ( seconds < 2 || seconds >= 60 ) {
		return relativeTime( new Date( at ).toISOString(), Math.max( now, at ), locale );
	}
	/* translators: %d: number of seconds. */
	return sprintf( _n( '%d second ago', '%d seconds ago', seconds, 'unified-inbox' ), seconds );
}

/** The exact moment, for a tooltip and for those who listen. */
export function exactTime( at: Instant, locale: string ): string {
	return new Intl.DateTimeFormat( intlLocale( locale ), {
		dateStyle: 'full',
		timeStyle: 'short',
	} ).format( Date.parse( at ) );
}

export function isLate( waitingSince: Instant | null, now: number ): boolean {
	return waitingSince !== null && now - Date.parse( waitingSince ) >= LATE_AFTER;
}
