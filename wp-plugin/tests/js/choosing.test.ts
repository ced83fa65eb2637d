import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choosing } from '../../src/state/choosing';
import { ticket } from './samples';

function open( ...numbers: number[] ) {
	const rows = numbers.map( ( number ) => ticket( number ) );
	const choice = choosing( () => rows );
	return { choice, rows, chosen: () => choice.store.get().checked };
}

test( 'a ticket is taken in, and out again', () => {
	const { choice, chosen } = open( 3, 2, 1 );
	choice.toggle( 2 );
	choice.toggle( 3 );
	choice.toggle( 2 );
	assert.deepEqual( chosen(), [ 3 ] );
} );

test( 'with Shift all between two are taken in or out, in whichever direction', () => {
	const { choice, chosen } = open( 5, 4, 3, 2, 1 );
	choice.toggle( 2 );
	choice.toggle( 4, true );
	assert.deepEqual( chosen().sort(), [ 2, 3, 4 ] );
	choice.toggle( 3, true );
	assert.deepEqual( chosen(), [ 2 ] );
} );

test( 'Shift alone is one ticket, also where the one before has left', () => {
	const { choice, rows, chosen } = open( 3, 2, 1 );
	choice.toggle( 3, true );
	rows.shift();
	choice.keepShown();
	choice.toggle( 1, true );
	assert.deepEqual( chosen(), [ 1 ] );
} );

test( 'whoever takes one out of all goes on with the others that he sees', () => {
	const { choice, chosen } = open( 3, 2, 1 );
	choice.all();
	choice.toggle( 2 );
	assert.deepEqual( [ chosen(), choice.store.get().isAll ], [ [ 3, 1 ], false ] );
} );
