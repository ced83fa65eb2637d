import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeInPlace, neighbour, ORDERS, putInPlace, rebuild } from '../../src/state/rows';
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

test( 'rows are put in the order that was asked for', () => {
	const rows = [
		ticket( 1, { waiting_since: ago( 3 ), created_at: ago( 9 ), priority: 'low' } ),
		ticket( 2, { waiting_since: null, created_at: ago( 8 ), priority: 'urgent' } ),
		ticket( 3, { waiting_since: ago( 5 ), created_at: ago( 7 ) } ),
		ticket( 4, { waiting_since: null, created_at: ago( 6 ), priority: 'urgent' } ),
	];
	const sorted = ( order: keyof typeof ORDERS ) => numbers( [ ...rows ].sort( ORDERS[ order ] ) );
	assert.deepEqual( sorted( 'activity' ), [ 4, 3, 2, 1 ] );
	assert.deepEqual( sorted( 'waiting' ), [ 3, 1, 4, 2 ] );
	assert.deepEqual( sorted( 'created' ), [ 4, 3, 2, 1 ] );
	assert.deepEqual( sorted( 'priority' ), [ 4, 2, 3, 1 ] );
} );

test( 'in a list of who waits longest a ticket that begins to wait comes after the others who do', () => {
	const rows = [ ticket( 3, { waiting_since: ago( 9 ) } ), ticket( 9 ) ];
	const begins = ticket( 4, { waiting_since: ago( 0 ) } );
	assert.deepEqual( mergeInPlace( rows, [ rows[ 0 ]!, begins, rows[ 1 ]! ], true, ORDERS.waiting ).news, [ 4 ] );
	assert.deepEqual( numbers( rebuild( rows, [ rows[ 0 ]!, begins ], false, ORDERS.waiting ) ), [ 3, 4, 9 ] );
} );

test( 'a row comes back to its place, and not below what was read', () => {
	const rows = [ ticket( 9 ), ticket( 6 ) ];
	assert.deepEqual( numbers( putInPlace( rows, ticket( 8 ), false ) ), [ 9, 8, 6 ] );
	assert.deepEqual( numbers( putInPlace( rows, ticket( 6, { snippet: 'New' } ), true ) ), [ 9, 6 ] );
	assert.deepEqual( numbers( putInPlace( rows, ticket( 5 ), true ) ), [ 9, 6, 5 ] );
	assert.deepEqual( numbers( putInPlace( rows, ticket( 5 ), false ) ), [ 9, 6 ] );
} );
