import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import { FakeSettings, mailbox, parkedMail } from './fake-settings';
import { openSettings } from './settings-screen';

const SHELF = '#/mailboxes/301/parked';

async function open( t: TestContext, service: FakeSettings, hash = SHELF ) {
	const screen = await openSettings( service, hash );
	t.after( screen.leave );
	return screen;
}

function withParked( ...ids: string[] ): FakeSettings {
	const service = new FakeSettings();
	service.mailboxes = [ mailbox( '301', { parked: ids.length } ) ];
	service.shelf.parked = ids.map( ( id ) => parkedMail( id ) );
	return service;
}

test( 'a mailbox says how many mails are parked and leads to them', async ( t ) => {
	const screen = await open( t, withParked( '1', '2' ), '#/mailboxes' );
	await screen.press( '2 parked mails' );
	assert.match( screen.text(), /Away 1.*Away 2/ );
} );

test( 'a parked mail shows sender, reason and first words as text', async ( t ) => {
	const service = withParked();
	service.shelf.parked = [ parkedMail( '1', { preview: '<b>Hello</b>' } ) ];
	const screen = await open( t, service );
	assert.match( screen.text(), /Omar.*<omar@example\.net>.*belongs to no ticket.*<b>Hello<\/b>/ );
} );

test( 'a reason that the screen does not know comes in the service’s words', async ( t ) => {
	const service = withParked();
	service.shelf.parked = [ parkedMail( '1', { reason: 'a new reason', is_readable: false } ) ];
	const screen = await open( t, service );
	assert.match( screen.text(), /A mail that cannot be read.*a new reason/ );
} );

test( 'a mail that becomes a ticket leaves the shelf', async ( t ) => {
	const service = withParked( '1', '2' );
	const screen = await open( t, service );
	await screen.press( 'Make it a ticket' );
	assert.doesNotMatch( screen.text( '.uibs-parked' ), /Away 1/ );
	assert.match( screen.text( '.uibs-notice' ), /1 ticket made/ );
	assert.deepEqual( service.called( 'POST /mailboxes/301/parked/tickets' )[ 0 ]?.body, { receipt_ids: [ '1' ] } );
} );

test( 'discarding can be undone', async ( t ) => {
	const service = withParked( '1' );
	const screen = await open( t, service );
	await screen.press( 'Discard' );
	assert.match( screen.text(), /Nothing is parked/ );
	await screen.press( 'Undo' );
	assert.match( screen.text( '.uibs-parked' ), /Away 1/ );
} );

test( 'all mails on the page are chosen and discarded at once', async ( t ) => {
	const service = withParked( '1', '2' );
	const screen = await open( t, service );
	await screen.press( 'Choose all' );
	assert.match( screen.text( '.uibs-bulk' ), /2 chosen/ );
	await screen.press( 'Discard chosen' );
	assert.equal( service.shelf.discarded.length, 2 );
	assert.match( screen.text( '.uibs-notice' ), /2 mails discarded/ );
} );

test( 'one chosen mail is made a ticket from the bar', async ( t ) => {
	const service = withParked( '1', '2' );
	const screen = await open( t, service );
	await screen.press( 'Choose “Away 2”' );
	await screen.press( 'Make tickets' );
	assert.deepEqual( service.shelf.parked.map( ( { id } ) => id ), [ '1' ] );
} );

test( 'a long shelf is read on page by page', async ( t ) => {
	const screen = await open( t, withParked( '1', '2', '3' ) );
	assert.doesNotMatch( screen.text(), /Away 3/ );
	await screen.press( 'Show more' );
	assert.match( screen.text(), /Away 1.*Away 2.*Away 3/ );
} );

test( 'what was discarded can be parked again', async ( t ) => {
	const service = withParked();
	service.shelf.discarded = [ parkedMail( '7' ) ];
	const screen = await open( t, service );
	await screen.press( 'Show discarded' );
	assert.match( screen.text(), /Discarded mail.*Away 7/ );
	await screen.press( 'Park again' );
	assert.deepEqual( service.shelf.parked.map( ( { id } ) => id ), [ '7' ] );
} );

test( 'an empty shelf says that this is good', async ( t ) => {
	const screen = await open( t, withParked() );
	assert.match( screen.text(), /Nothing is parked.*found its place/ );
} );

test( 'a failure leaves the mail on the shelf and says why', async ( t ) => {
	const service = withParked( '1' );
	service.faults.push( [ 'POST /mailboxes/301/parked/tickets', new Problem( 'service_unreachable', 502 ) ] );
	const screen = await open( t, service );
	await screen.press( 'Make it a ticket' );
	assert.match( screen.text(), /did not answer/ );
	assert.match( screen.text( '.uibs-parked' ), /Away 1/ );
} );
