import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hint, Ticket } from '../../src/model';
import { telling } from '../../src/state/telling';
import { ticket } from './samples';

const hint = ( number: number, kind = 'message_received' ): Hint => ( { seq: number, ticket_number: number, kind, inbox_id: '101' } );
const OTHERS = { assignee: { id: '2', name: 'Omar' } };

async function told( hints: Hint[], tickets: Ticket[], attention = { isHidden: true, isFocused: false }, isWanted = true ) {
	const shown: string[] = [];
	const tell = telling( {
		ticket: async ( number ) => tickets.find( ( one ) => one.number === number ) ?? Promise.reject( new Error() ),
		attention: () => attention,
		isWanted: () => isWanted,
		me: () => '1',
		go: () => {},
		show: ( title, text ) => shown.push( `${ title }: ${ text }` ),
	} );
	await tell( hints );
	return shown;
}

test( 'what a customer wrote while nobody looked is told once', async () => {
	const one = ticket( 1, { subject: 'Help', customer: { id: '7', name: 'Rita', email: '' } } );
	assert.deepEqual( await told( [ hint( 1 ), hint( 1 ), hint( 1, 'ticket_assigned' ) ], [ one ] ), [ 'Rita: Help' ] );
} );

test( 'nothing is told of what is on the screen, of what is a colleague\u2019s, or unasked', async () => {
	assert.deepEqual( await told( [ hint( 1 ) ], [ ticket( 1 ) ], { isHidden: false, isFocused: true } ), [] );
	assert.deepEqual( await told( [ hint( 1 ) ], [ ticket( 1, OTHERS ) ] ), [] );
	assert.deepEqual( await told( [ hint( 1 ) ], [ ticket( 1 ) ], undefined, false ), [] );
} );

test( 'much at once is told in part, and what cannot be read is left out', async () => {
	const many = [ 1, 2, 3, 4, 5 ].map( ( number ) => ticket( number ) );
	assert.equal( ( await told( many.map( ( { number } ) => hint( number ) ), many.slice( 1 ) ) ).length, 2 );
} );

test( 'a ticket that comes back from a snooze says so', async () => {
	const one = ticket( 1, { subject: 'Help', back_from_snooze: true, customer: { id: '7', name: 'Rita', email: '' } } );
	assert.deepEqual( await told( [ hint( 1, 'ticket_returned' ) ], [ one ] ), [ 'Rita: Back from snooze: Help' ] );
	assert.deepEqual( await told( [ hint( 1, 'ticket_returned' ) ], [ { ...one, ...OTHERS } ] ), [] );
} );
