import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesOf, windowOf } from '../../src/parts/use-virtual-rows';

test( 'of ten thousand rows only those near what is seen are drawn', () => {
	const { first, end } = windowOf( 500_000, 800, 80, 10_000 );
	assert.ok( first <= 6_250 && end >= 6_260, `${ first }-${ end }` );
	assert.ok( end - first <= 40 );
} );

test( 'the window ends with the rows', () => {
	assert.deepEqual( windowOf( 0, 800, 80, 3 ), { first: 0, end: 3 } );
	assert.equal( windowOf( 799_200, 800, 80, 10_000 ).end, 10_000 );
	assert.deepEqual( windowOf( 0, 800, 80, 0 ), { first: 0, end: 0 } );
} );

test( 'a small scroll draws nothing anew', () => {
	assert.deepEqual( windowOf( 4_010, 800, 80, 1_000 ), windowOf( 4_070, 800, 80, 1_000 ) );
} );

test( 'the row with the focus stays, above or below what is seen', () => {
	const rows = { first: 10, end: 12 };
	assert.deepEqual( placesOf( rows, 3 ), [ 3, 10, 11 ] );
	assert.deepEqual( placesOf( rows, 11 ), [ 10, 11 ] );
	assert.deepEqual( placesOf( rows, 40 ), [ 10, 11, 40 ] );
	assert.deepEqual( placesOf( rows, -1 ), [ 10, 11 ] );
} );
