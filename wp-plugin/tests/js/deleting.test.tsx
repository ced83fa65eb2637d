import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

async function open( t: TestContext, canManage = true, hash = '#/trash/ticket/7' ) {
	const service = new FakeService();
	service.tickets = [ ticket( 8, { place: 'trash' } ), ticket( 7, { place: 'trash' } ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	const screen = await openScreen( service, hash, { canManage } );
	t.after( screen.leave );
	return { service, screen };
}

test( 'a manager is told exactly what will be gone before he deletes it', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'More' );
	await screen.click( 'Delete for good…' );
	assert.deepEqual( screen.all( '.uib-gone li' ).map( ( one ) => one.textContent ), [ '2 messages', '1 note' ] );
	await screen.click( 'Delete for good' );
	assert.deepEqual( service.tickets.map( ( { number } ) => number ), [ 8 ] );
	assert.deepEqual( screen.desk.list.store.get().rows.map( ( { number } ) => number ), [ 8 ] );
	assert.match( screen.text( '.uib-notice' ), /#7 is deleted for good/ );
	assert.equal( screen.desk.route.get().ticket, 8 );
} );

test( 'what was offered for a ticket goes with it, what was offered for others stays', async ( t ) => {
	const { screen } = await open( t );
	const undone: string[] = [];
	for ( const number of [ 7, 8 ] ) {
		screen.desk.notices.say( `${ number } moved`, { label: 'Undo', run: () => undone.push( `${ number }` ), ticket: number } );
	}
	await screen.desk.deleting.remove( ticket( 8 ), 7 );
	screen.desk.notices.undo();
	screen.desk.notices.undo();
	assert.deepEqual( undone, [ '7' ] );
} );

test( 'what cannot be deleted now stays, with the reason', async ( t ) => {
	const { service, screen } = await open( t );
	service.faults = [ [ 'DELETE /tickets/7', new Problem( 'being_sent', 409 ) ] ];
	await screen.click( 'More' );
	await screen.click( 'Delete for good…' );
	await screen.click( 'Delete for good' );
	assert.match( screen.text( '.uib-notice' ), /being sent just now/ );
	assert.equal( service.tickets.length, 2 );
} );

test( 'who is no manager cannot delete for good', async ( t ) => {
	const { screen } = await open( t, false );
	await screen.click( 'More' );
	assert.doesNotMatch( screen.text( '[role=menu]' ), /for good/ );
} );

test( 'the trash empties itself only where a manager says so', async ( t ) => {
	const { service, screen } = await open( t, true, '#/trash' );
	await screen.click( screen.all( '.uib-trash input' )[ 0 ]! );
	assert.equal( service.trashDays, 30 );
	await screen.click( screen.all( '.uib-trash input' )[ 0 ]! );
	assert.equal( service.trashDays, null );
} );
