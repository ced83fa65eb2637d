import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactTime, intlLocale, isLate, relativeTime, shortAge } from '../../src/text/time';
import { ago, HOUR, MINUTE, NOW } from './samples';

test( 'a list says ages as short as it can', () => {
	const ages = [ 20_000, 5 * MINUTE, 59 * MINUTE, HOUR, 23 * HOUR, 24 * HOUR, 6 * 24 * HOUR ];
	const words = ages.map( ( age ) => shortAge( ago( age ), NOW, 'en_US' ) );
	assert.deepEqual( words, [ 'now', '5 min', '59 min', '1 h', '23 h', '1 d', '6 d' ] );
} );

test( 'from a week on a date says more than an age', () => {
	assert.equal( shortAge( ago( 8 * 24 * HOUR ), NOW, 'en_US' ), 'Nov 13' );
	assert.equal( relativeTime( ago( 400 * 24 * HOUR ), NOW, 'en_US' ), 'Oct 17, 2025' );
} );

test( 'a conversation says ages in whole words', () => {
	const words = [ 0, MINUTE, 2 * HOUR, 24 * HOUR ].map( ( age ) => relativeTime( ago( age ), NOW, 'en_US' ) );
	assert.deepEqual( words, [ 'just now', '1 minute ago', '2 hours ago', '1 day ago' ] );
} );

test( 'a clock that goes before ours does not make times negative', () => {
	assert.equal( shortAge( ago( -5 * MINUTE ), NOW, 'en_US' ), 'now' );
	assert.equal( relativeTime( ago( -5 * MINUTE ), NOW, 'en_US' ), 'just now' );
} );

test( 'WordPress locales become those of the browser', () => {
	assert.equal( intlLocale( 'en_US' ), 'en-US' );
	assert.equal( intlLocale( 'tl' ), 'fil' );
	assert.equal( intlLocale( 'ar' ), 'ar-u-nu-latn' );
} );

test( 'the exact time is written in the language of the reader, with western digits', () => {
	assert.match( exactTime( '2026-11-21T12:00:00.000Z', 'en_US' ), /November 21, 2026/ );
	assert.match( exactTime( '2026-11-21T12:00:00.000Z', 'ar' ), /2026/ );
} );

test( 'a customer is late after a day, and never when nobody waits', () => {
	assert.equal( isLate( ago( 23 * HOUR ), NOW ), false );
	assert.equal( isLate( ago( 24 * HOUR ), NOW ), true );
	assert.equal( isLate( null, NOW ), false );
} );
