import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { act } from 'react';
import { Problem } from '../../src/api/problem';
import { printTicket } from '../../src/parts/printing';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

async function show( t: TestContext, count: number ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7, { subject: 'Broken bottles', message_count: count } ) ];
	service.messages.set( 7, Array.from( { length: count }, ( _, index ) => message( String( index + 1 ) ) ) );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( () => {
		screen.leave();
		document.querySelectorAll( '.uib-paper' ).forEach( ( paper ) => paper.remove() );
	} );
	const papers: HTMLIFrameElement[] = [];
	return { service, screen, papers, print: () => act( () => printTicket( screen.desk, ( paper ) => papers.push( paper ) ) ) };
}

test( 'the whole conversation is open when it is printed', async ( t ) => {
	const { screen, papers, print } = await show( t, 30 );
	assert.match( screen.text( '.uib-older' ), /25 older messages/ );
	await print();
	assert.equal( screen.all( '.uib-message' ).length, 30 );
	assert.equal( screen.all( '.uib-older' ).length, 0 );
	assert.equal( papers.length, 1 );
} );

test( 'it is printed from a page in which nothing runs, which is gone then', async ( t ) => {
	const { papers, print } = await show( t, 3 );
	await print();
	const [ paper ] = papers;
	assert.equal( paper?.contentDocument?.querySelectorAll( '.uib-message' ).length, 3 );
	assert.doesNotMatch( paper?.getAttribute( 'sandbox' ) ?? 'allow-scripts', /allow-scripts/ );
	assert.match( paper?.srcdoc ?? '', /default-src 'none'/ );
	paper?.contentWindow?.dispatchEvent( new Event( 'afterprint' ) );
	assert.equal( paper?.isConnected, false );
} );

test( 'a conversation that cannot be read whole is not printed in part', async ( t ) => {
	const { service, screen, papers, print } = await show( t, 30 );
	service.faults = [ [ 'GET /tickets/7/messages', new Problem( 'fetch_error', 0 ) ] ];
	await print();
	assert.deepEqual( [ papers.length, screen.all( '.uib-notice' ).length ], [ 0, 1 ] );
} );

test( 'on paper stand the number, the subject and the customer', async ( t ) => {
	const { screen } = await show( t, 1 );
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
	const { screen } = await show( t, 30 );
	await screen.click( screen.all( '.uib-older' )[ 0 ]! );
	assert.equal( screen.all( '.uib-message' ).length, 30 );
	assert.ok( document.activeElement === screen.all( '.uib-message' )[ 0 ] );
} );
