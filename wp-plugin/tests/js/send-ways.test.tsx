import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Composition } from '../../src/model';
import { wayOfKey } from '../../src/state/send-ways';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

async function open( t: TestContext ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ), ticket( 8 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	service.messages.set( 8, [ message( '2' ) ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	const statuses = () => service.called( 'POST /tickets' ).map( ( { body } ) => ( body as Composition ).set_status );
	const button = () => screen.text( '.uib-send > button:first-child' );
	return { screen, statuses, button, field: () => screen.all( '.uib-composer__field' )[ 0 ]! };
}

test( 'the button does what its agent did last, and a note is but a note', async ( t ) => {
	const { screen, statuses, button } = await open( t );
	await screen.type( 'Which colour?' );
	await screen.click( 'More ways to send' );
	await screen.click( 'Send and set pending' );
	assert.equal( button(), 'Send and set pending' );
	await screen.type( 'And which size?' );
	await screen.click( 'Send and set pending' );
	await screen.click( 'Note' );
	assert.equal( button(), 'Add note' );
	assert.deepEqual( statuses(), [ 'pending', 'pending' ] );
} );

test( 'keys send, solve and set pending', async ( t ) => {
	const { screen, statuses, field } = await open( t );
	for ( const keys of [ {}, { altKey: true }, { shiftKey: true } ] ) {
		await screen.type( `Words ${ JSON.stringify( keys ) }` );
		await screen.press( 'Enter', field(), { ctrlKey: true, ...keys } );
	}
	assert.deepEqual( statuses(), [ undefined, 'pending', 'solved' ] );
} );

test( 'Enter alone never sends', () => {
	const key = { key: 'Enter', ctrlKey: false, metaKey: false, shiftKey: true, altKey: false };
	assert.equal( wayOfKey( key, 'send' ), null );
	assert.equal( wayOfKey( { ...key, metaKey: true, shiftKey: false }, 'pending' ), 'pending' );
} );

test( 'who wants it is led on to the next ticket after every reply', async ( t ) => {
	const { screen } = await open( t );
	await screen.type( 'Stay' );
	await screen.click( 'Send' );
	assert.equal( screen.desk.route.get().ticket, 7 );
	await screen.type( 'Go' );
	await screen.click( 'More ways to send' );
	await screen.click( 'Go on to the next ticket after sending' );
	await screen.click( 'Send' );
	assert.equal( screen.desk.route.get().ticket, 8 );
} );
