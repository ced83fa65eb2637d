import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { act } from 'react';
import { printTicket } from '../../src/parts/printing';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

async function show( t: TestContext, count: number ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7, { subject: 'Broken bottles', message_count: count } ) ];
	service.messages.set( 7, Array.from( { length: count }, ( _, index ) => message( String( index + 1 ) ) ) );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	return screen;
}

test( 'the whole conversation is open when it is printed', async ( t ) => {
	const screen = await show( t, 30 );
	assert.match( screen.text( '.uib-older' ), /25 older messages/ );
	let printed = 0;
	await act( () => printTicket( screen.desk.talk, { print: () => ( printed += 1 ) } ) );
	assert.deepEqual( [ printed, screen.all( '.uib-message' ).length ], [ 1, 30 ] );
	assert.equal( screen.all( '.uib-older' ).length, 0 );
} );

test( 'on paper stand the number, the subject and the customer', async ( t ) => {
	const screen = await show( t, 1 );
	assert.match( screen.text( '.uib-printed' ), /Broken bottles.*#7.*Customer 7.*c7@customer\.example.*Arrived/s );
} );

test( 'the page is laid out for paper while it is printed, whoever asks for that', async ( t ) => {
	await show( t, 1 );
	window.dispatchEvent( new Event( 'beforeprint' ) );
	assert.ok( document.body.classList.contains( 'uib-is-printing' ) );
	window.dispatchEvent( new Event( 'afterprint' ) );
	assert.ok( ! document.body.classList.contains( 'uib-is-printing' ) );
} );

test( 'older messages open where they stand, and the keyboard goes on at the first of them', async ( t ) => {
	const screen = await show( t, 30 );
	await screen.click( screen.all( '.uib-older' )[ 0 ]! );
	assert.equal( screen.all( '.uib-message' ).length, 30 );
	assert.ok( document.activeElement === screen.all( '.uib-message' )[ 0 ] );
} );
