import { __ } from '@wordpress/i18n';
import type { Boot } from '../boot';
import type { Instant } from '../model';
import { intlLocale } from './time';

const HOUR = 3_600_000;
const MORNING = 8;

/** A wall clock's reading: "2026-11-23T08:00". */
export type WallTime = string;

/** How far the zone's clocks are before UTC at a moment, in milliseconds. */
function offsetAt( at: number, timeZone: string ): number {
	const parts = new Intl.DateTimeFormat( 'en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	} ).formatToParts( at );
	const of = ( type: string ): number => Number( parts.find( ( part ) => part.type === type )?.value );
	const shown = Date.UTC( of( 'year' ), of( 'month' ) - 1, of( 'day' ), of( 'hour' ), of( 'minute' ), of( 'second' ) );
	return shown - Math.floor( at / 1000 ) * 1000;
}

/** What the zone's clocks show at a moment. */
export function wallTime( at: number, timeZone: string ): WallTime {
	return new Date( at + offsetAt( at, timeZone ) ).toISOString().slice( 0, 16 );
}

/** The moment at which the zone's clocks show this; null for what is no time. */
export function instantOf( wall: WallTime, timeZone: string ): Instant | null {
	const shown = Date.parse( `${ wall }:00Z` );
	if ( ! /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test( wall ) || Number.isNaN( shown ) ) {
		return null;
	}
	// The offset an hour before a change of clocks is not the one after it: look twice.
	const guess = shown - offsetAt( shown, timeZone );
	return new Date( shown - offsetAt( guess, timeZone ) ).toISOString();
}

/** The day so many days after `at` in the zone, in the morning. */
function morning( at: number, days: number, timeZone: string ): Instant {
	const day = new Date( Date.parse( `${ wallTime( at, timeZone ) }:00Z` ) + days * 24 * HOUR );
	const wall = `${ day.toISOString().slice( 0, 10 ) }T${ String( MORNING ).padStart( 2, '0' ) }:00`;
	return instantOf( wall, timeZone ) as Instant;
}

export interface SendTime {
	label: string;
	at: Instant;
}

/** Days until the beginning of the next week. */
function daysToMonday( now: number, timeZone: string ): number {
	const weekday = new Date( Date.parse( `${ wallTime( now, timeZone ) }:00Z` ) ).getUTCDay();
	return ( 8 - weekday ) % 7 || 7;
}

/** The next two mornings people put things off to; on a Sunday both are one. */
function mornings( now: number, timeZone: string ): SendTime[] {
	const toMonday = daysToMonday( now, timeZone );
	const tomorrow = { label: __( 'Tomorrow morning', 'unified-inbox' ), at: morning( now, 1, timeZone ) };
	const monday = { label: __( 'Monday morning', 'unified-inbox' ), at: morning( now, toMonday, timeZone ) };
	return toMonday === 1 ? [ tomorrow ] : [ tomorrow, monday ];
}

/** Times people send at: soon, tomorrow morning, at the beginning of the week. */
export function sendTimes( now: number, timeZone: string ): SendTime[] {
	const soon = { label: __( 'In an hour', 'unified-inbox' ), at: new Date( now + HOUR ).toISOString() };
	return [ soon, ...mornings( now, timeZone ) ];
}

/** Times people want a ticket back at. */
export function snoozeTimes( now: number, timeZone: string ): SendTime[] {
	const today = { label: __( 'In three hours', 'unified-inbox' ), at: new Date( now + 3 * HOUR ).toISOString() };
	const week = { label: __( 'In a week', 'unified-inbox' ), at: morning( now, 7, timeZone ) };
	// On a Monday the next one is a week away.
	return [ today, ...mornings( now, timeZone ).filter( ( { at } ) => at !== week.at ), week ];
}

/** Weekday, date and time as the site's clocks show them. */
export function momentInZone( at: Instant, { locale, timeZone }: Pick< Boot, 'locale' | 'timeZone' > ): string {
	return new Intl.DateTimeFormat( intlLocale( locale ), {
		timeZone,
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		hour: 'numeric',
		minute: '2-digit',
	} ).format( Date.parse( at ) );
}
