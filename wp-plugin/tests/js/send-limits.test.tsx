import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { MailboxSends } from '../../src/model';
import { limitInWords } from '../../src/text/limit-words';
import { FakeService } from './fake-service';
import { mailboxSends, message, ticket } from './samples';
import { openScreen } from './screen';

const READER = { locale: 'en_US', timeZone: 'Europe/Berlin' };
const NEAR = { recipients: 1840, is_near: true };

async function open( t: TestContext, limits: MailboxSends[], hash = '#/open/ticket/7' ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	service.limits = limits;
	const screen = await openScreen( service, hash );
	t.after( screen.leave );
	return { service, screen };
}

test( 'the composer says that its mailbox has little room left', async ( t ) => {
	const { screen } = await open( t, [ mailboxSends( NEAR ) ] );
	assert.match( screen.text( '.uib-composer .uib-limit' ), /1,840 of 2,000 recipients/ );
} );

test( 'a composer says nothing of mailboxes with room, or of those it does not send by', async ( t ) => {
	const other = mailboxSends( { ...NEAR, id: '302', address: 'sales@shop.example', senders: [ 'sales@shop.example' ] } );
	const { screen } = await open( t, [ mailboxSends( {} ), other ] );
	assert.equal( screen.all( '.uib-limit' ).length, 0 );
} );

test( 'a note needs no room', async ( t ) => {
	const { screen } = await open( t, [ mailboxSends( NEAR ) ] );
	await screen.click( 'Note' );
	assert.equal( screen.all( '.uib-limit' ).length, 0 );
} );

test( 'the outbox says it of every mailbox', async ( t ) => {
	const { screen } = await open( t, [ mailboxSends( NEAR ), mailboxSends( { id: '302', address: 'sales@shop.example' } ) ], '#/outbox' );
	assert.deepEqual( screen.all( '.uib-list .uib-limit' ).map( ( line ) => /support@/.test( line.textContent ?? '' ) ), [ true ] );
} );

test( 'limits are asked for once in a minute, however many tickets are opened', async ( t ) => {
	const { service, screen } = await open( t, [] );
	screen.desk.follow();
	screen.desk.follow();
	assert.equal( service.called( 'GET /sending' ).length, 1 );
} );

test( 'who cannot learn the limits writes all the same, and asks again', async ( t ) => {
	const { service, screen } = await open( t, [] );
	const limits = screen.desk.limits;
	assert.deepEqual( limits.store.get().mailboxes, [] );
	service.faults = [ [ 'GET /sending', new Problem( 'service_unreachable', 502 ) ] ];
	await limits.refresh();
	assert.equal( screen.all( '.uib-composer' ).length, 1 );
} );

test( 'at its limit a mailbox says until when the rest waits', () => {
	const full = mailboxSends( { recipients: 2000, is_near: true, paused_until: '2026-11-23T13:20:00.000Z' } );
	assert.match( limitInWords( full, READER ), /2,000 of 2,000 recipients.*The rest waits until .*2:20/ );
} );

test( 'a provider that wants a pause is named as the reason', () => {
	const paused = mailboxSends( { recipients: 3, paused_until: '2026-11-23T13:20:00.000Z' } );
	assert.match( limitInWords( paused, READER ), /The provider takes no mail from .*support@shop\.example.* until .*2:20/ );
} );
