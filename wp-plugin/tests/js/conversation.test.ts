import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import { conversation } from '../../src/state/conversation';
import { FakeService } from './fake-service';
import { file, message, MINUTE, NOW, ticket } from './samples';

function talk() {
	const service = new FakeService();
	service.tickets = [ ticket( 7, { unread: true } ), ticket( 8 ) ];
	service.messages.set( 7, [ message( '1' ), message( '2', { attachments: [ file( 'a' ) ] } ) ] );
	const clock = { now: NOW };
	const one = conversation( inboxApi( service.transport ), () => clock.now );
	return { service, clock, one, state: () => one.store.get() };
}

test( 'an opened ticket comes with its messages, events and customer', async () => {
	const { one, state } = talk();
	await one.open( 7 );
	assert.deepEqual( [ state().phase, state().messages.length, state().customer?.name ], [ 'ready', 2, 'Customer 7' ] );
} );

test( 'what the list knows of a ticket shows at once', () => {
	const { one, state } = talk();
	void one.open( 7, ticket( 7 ) );
	assert.deepEqual( [ state().phase, state().ticket?.subject ], [ 'loading', 'Subject 7' ] );
} );

test( 'an unread ticket is marked as seen up to its last message, a read one is left alone', async () => {
	const { one, service } = talk();
	await one.open( 7 );
	await one.open( 8 );
	assert.deepEqual( service.called( 'PUT' ).map( ( { path, body } ) => [ path, body ] ), [
		[ '/tickets/7/seen', { message_id: '2' } ],
	] );
} );

test( 'a ticket that is left before it has come does not appear in the next one', async () => {
	const { one, state } = talk();
	const first = one.open( 7 );
	const second = one.open( 8 );
	await Promise.all( [ first, second ] );
	assert.deepEqual( [ state().number, state().ticket?.number, state().messages ], [ 8, 8, [] ] );
} );

test( 'a ticket that is not there says so', async () => {
	const { one, state } = talk();
	await one.open( 99 );
	assert.deepEqual( [ state().phase, state().problem?.code ], [ 'failed', 'ticket_not_found' ] );
} );

test( 'without its customer a ticket can still be answered', async () => {
	const { one, service, state } = talk();
	service.faults = [ [ 'GET /customers', new Problem( 'error', 500 ) ] ];
	await one.open( 7 );
	assert.deepEqual( [ state().phase, state().customer ], [ 'ready', null ] );
} );

test( 'a message that was sent stands once, also when it is read again', async () => {
	const { one, state } = talk();
	await one.open( 7 );
	one.add( message( '3' ) );
	one.add( message( '3', { text: 'again' } ) );
	assert.deepEqual( state().messages.map( ( { id } ) => id ), [ '1', '2', '3' ] );
} );

test( 'a file is fetched with the token at hand while it is fresh', async () => {
	const { one, service } = talk();
	await one.open( 7 );
	const before = service.calls.length;
	assert.equal( await one.fileToken( file( 'a' ) ), 'token-a' );
	assert.equal( service.calls.length, before );
} );

test( 'a token that has become old is renewed before the file is fetched', async () => {
	const { one, service, clock } = talk();
	await one.open( 7 );
	clock.now += 9 * MINUTE;
	service.messages.set( 7, [ message( '2', { attachments: [ file( 'a', { file_token: 'newer' } ) ] } ) ] );
	assert.equal( await one.fileToken( file( 'a' ) ), 'newer' );
} );

test( 'a closed ticket leaves nothing behind', async () => {
	const { one, state } = talk();
	await one.open( 7 );
	await one.open( null );
	assert.deepEqual( [ state().number, state().ticket, state().messages ], [ null, null, [] ] );
} );

async function long() {
	const opened = talk();
	opened.service.messages.set( 7, Array.from( { length: 300 }, ( _, index ) => message( String( index + 1 ) ) ) );
	await opened.one.open( 7 );
	return opened;
}

test( 'of a long conversation only the end is fetched, older parts as they are opened', async () => {
	const { one, service, state } = await long();
	assert.deepEqual( [ state().messages.length, state().messages[ 0 ]?.id ], [ 20, '281' ] );
	await one.showOlder();
	assert.deepEqual( [ state().messages.length, state().shown, state().messages[ 0 ]?.id ], [ 55, 55, '246' ] );
	assert.deepEqual( service.called( 'GET /tickets/7/messages' ).map( ( { query } ) => query?.limit ), [ 20, 35 ] );
} );

test( 'a refresh keeps what was opened', async () => {
	const { one, state } = await long();
	await one.showOlder();
	await one.refresh();
	assert.deepEqual( [ state().messages.length, state().messages[ 54 ]?.id ], [ 55, '300' ] );
} );

test( 'the whole conversation can be opened at once', async () => {
	const { one, state } = await long();
	await one.showAll();
	assert.deepEqual( [ state().messages.length, state().older, state().shown ], [ 300, null, Infinity ] );
	assert.deepEqual( state().messages.map( ( { id } ) => Number( id ) ), Array.from( { length: 300 }, ( _, index ) => index + 1 ) );
} );

test( 'older messages of a ticket that was left go nowhere', async () => {
	const { one, state } = await long();
	const opening = one.showOlder();
	await one.open( 8 );
	await opening;
	assert.deepEqual( state().messages, [] );
} );
