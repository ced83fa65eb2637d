import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeInPlace, neighbour, rebuild } from '../../src/state/rows';
import { ago, ticket } from './samples';

const numbers = ( rows: { number: number }[] ): number[] => rows.map( ( { number } ) => number );

test( 'a ticket with news stays where it is in the list', () => {
	const rows = [ ticket( 9 ), ticket( 8 ), ticket( 7 ) ];
	const fresh = [ ticket( 7, { last_activity_at: ago( 0 ), snippet: 'New words' } ), ticket( 9 ), ticket( 8 ) ];
	const merged = mergeInPlace( rows, fresh, true );
	assert.deepEqual( numbers( merged.rows ), [ 9, 8, 7 ] );
	assert.equal( merged.rows[ 2 ]!.snippet, 'New words' );
	assert.deepEqual( merged.news, [] );
} );

test( 'tickets the list does not show yet are counted as news', () => {
	const merged = mergeInPlace( [ ticket( 8 ) ], [ ticket( 10 ), ticket( 9 ), ticket( 8 ) ], true );
	assert.deepEqual( numbers( merged.rows ), [ 8 ] );
	assert.deepEqual( merged.news, [ 10, 9 ] );
} );

test( 'an older ticket that moves up into the page is no news', () => {
	const merged = mergeInPlace( [ ticket( 9 ), ticket( 8 ) ], [ ticket( 9 ), ticket( 8 ), ticket( 7 ) ], false );
	assert.deepEqual( numbers( merged.rows ), [ 9, 8, 7 ] );
	assert.deepEqual( merged.news, [] );
} );

test( 'a row missing from the fresh page has left the view', () => {
	const merged = mergeInPlace( [ ticket( 9 ), ticket( 8 ), ticket( 7 ) ], [ ticket( 9 ), ticket( 7 ) ], false );
	assert.deepEqual( merged.gone, [ 8 ] );
} );

test( 'a row older than the fresh page may still be in the view', () => {
	const rows = [ ticket( 9 ), ticket( 8 ), ticket( 1 ) ];
	assert.deepEqual( mergeInPlace( rows, [ ticket( 9 ), ticket( 8 ) ], false ).gone, [] );
	assert.deepEqual( mergeInPlace( rows, [ ticket( 9 ), ticket( 8 ) ], true ).gone, [ 1 ] );
} );

test( 'building the list again keeps the older rows that were loaded already', () => {
	const rows = [ ticket( 8 ), ticket( 7 ), ticket( 2 ) ];
	assert.deepEqual( numbers( rebuild( rows, [ ticket( 9 ), ticket( 8 ) ], false ) ), [ 9, 8, 7, 2 ] );
	assert.deepEqual( numbers( rebuild( rows, [ ticket( 9 ) ], true ) ), [ 9 ] );
} );

test( 'after a ticket comes the one below it, and after the last one the one above', () => {
	const rows = [ ticket( 9 ), ticket( 8 ), ticket( 7 ) ];
	assert.equal( neighbour( rows, 9 ), 8 );
	assert.equal( neighbour( rows, 7 ), 8 );
	assert.equal( neighbour( [ ticket( 9 ) ], 9 ), null );
	assert.equal( neighbour( rows, 1 ), 9 );
} );
