import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Ticket } from '../../src/model';
import { snoozeTimes } from '../../src/text/send-times';
import { FakeService } from './fake-service';
import { ago, HOUR, message, ticket } from './samples';
import { openScreen } from './screen';

const BERLIN = 'Europe/Berlin';

async function open( t: TestContext, change: Partial< Ticket > = {}, hash = '#/open/ticket/7' ) {
	const service = new FakeService();
	service.tickets = [ ticket( 8 ), ticket( 7, change ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	const screen = await openScreen( service, hash );
	t.after( screen.leave );
	const rows = (): number[] => screen.desk.list.store.get().rows.map( ( { number } ) => number );
	return { service, screen, rows };
}

test( 'a ticket that is snoozed leaves the list, and undo brings it back', async ( t ) => {
	const { service, screen, rows } = await open( t );
	await screen.press( 's' );
	await screen.click( screen.all( '.uib-snooze button' )[ 0 ]! );
	assert.ok( Date.parse( service.find( 7 ).snoozed_until! ) > Date.now() );
	assert.deepEqual( rows(), [ 8 ] );
	assert.match( screen.text( '.uib-notice' ), /Snoozed until/ );
	await screen.press( 'z' );
	assert.equal( service.find( 7 ).snoozed_until, null );
	assert.deepEqual( rows().sort(), [ 7, 8 ] );
} );

test( 'a snoozed ticket says when it comes back, and can be brought back', async ( t ) => {
	const { service, screen } = await open( t, { snoozed_until: ago( -HOUR ) }, '#/snoozed/ticket/7' );
	assert.match( screen.text( '.uib-ticket__properties' ), /Snoozed until/ );
	await screen.click( 'Snooze' );
	await screen.click( 'Bring it back now' );
	assert.equal( service.find( 7 ).snoozed_until, null );
} );

test( 'what is done or thrown away cannot be snoozed', async ( t ) => {
	const { screen } = await open( t, { status: 'solved' }, '#/solved/ticket/7' );
	await screen.press( 's' );
	assert.equal( screen.all( '.uib-snooze' ).length, 0 );
} );

test( 'one key throws a ticket away, and undo brings it back', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( '#' );
	assert.equal( service.find( 7 ).place, 'trash' );
	await screen.press( 'z' );
	assert.equal( service.find( 7 ).place, 'inbox' );
} );

test( 'the times to come back at are mornings by the clock of the site, each once', () => {
	const at = ( now: string ) => snoozeTimes( Date.parse( now ), BERLIN ).map( ( time ) => time.at );
	assert.deepEqual( at( '2026-11-18T10:00:00Z' ), [
		'2026-11-18T13:00:00.000Z',
		'2026-11-19T07:00:00.000Z',
		'2026-11-23T07:00:00.000Z',
		'2026-11-25T07:00:00.000Z',
	] );
	assert.equal( at( '2026-11-23T10:00:00Z' ).length, 3 );
	assert.equal( at( '2026-11-22T10:00:00Z' ).length, 3 );
} );
