import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

async function open( t: TestContext, place: 'inbox' | 'trash' = 'inbox' ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7, { place } ), ticket( 8, { place } ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	const screen = await openScreen( service, place === 'trash' ? '#/trash/ticket/7' : '#/open/ticket/7' );
	t.after( screen.leave );
	/** Somebody deletes ticket 7 for good, and the live question tells of it. */
	const goes = async () => {
		service.tickets = service.tickets.filter( ( { number } ) => number !== 7 );
		await screen.desk.talk.refresh().catch( () => undefined );
		await screen.wait( 10 );
	};
	return { screen, goes, service };
}

test( 'a ticket that is deleted while it stands open is gone, and what was written can be copied', async ( t ) => {
	const { screen, goes } = await open( t );
	await screen.type( 'Half a reply' );
	await goes();
	assert.match( screen.text( '.uib-gone' ), /deleted it for good/ );
	assert.deepEqual( [ screen.all( '.uib-composer' ).length, screen.all( '.uib-message' ).length ], [ 0, 0 ] );
	assert.equal( ( screen.all( '.uib-gone textarea' )[ 0 ] as HTMLTextAreaElement ).value, 'Half a reply' );
} );

test( 'from a ticket that is gone it goes on to the next', async ( t ) => {
	const { screen, goes } = await open( t );
	await goes();
	assert.equal( screen.all( '.uib-gone textarea' ).length, 0 );
	await screen.click( 'Go on' );
	assert.equal( screen.desk.talk.store.get().ticket?.number, 8 );
} );

test( 'a ticket of the trash says so where others tell their status', async ( t ) => {
	const { screen } = await open( t, 'trash' );
	assert.match( screen.text( '.uib-ticket__properties .uib-property' ), /Trash/ );
	assert.doesNotMatch( screen.text( '.uib-ticket__properties' ), /Open/ );
} );

test( 'a deletion is told without a number, so whatever stands open is asked for again', async ( t ) => {
	const { screen, service } = await open( t );
	service.tickets = service.tickets.filter( ( { number } ) => number !== 7 );
	service.live = { hints: [ { seq: 2, ticket_number: null, kind: 'ticket_deleted', inbox_id: '101' } ] };
	screen.desk.comeBack();
	await screen.wait( 30 );
	assert.equal( screen.all( '.uib-gone' ).length, 1 );
} );
