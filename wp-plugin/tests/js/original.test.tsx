import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Original } from '../../src/api/files-api';
import { Problem } from '../../src/api/problem';
import type { Message } from '../../src/model';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

const ORIGINAL: Original = {
	headers: [ { name: 'From', value: 'Petra <petra@customer.example>' }, { name: 'Message-ID', value: '<1@customer.example>' } ],
	checks: [ { method: 'spf', verdict: 'pass', domain: 'customer.example' }, { method: 'dmarc', verdict: 'fail', domain: '' } ],
	text: 'From: Petra\n\nHello <b>',
	is_cut: true,
	size: 2 * 1024 * 1024,
	file_token: 'tok/en',
};

async function show( t: TestContext, change: Partial< Message > = {} ) {
	const service = new FakeService();
	service.original = ORIGINAL;
	service.tickets = [ ticket( 7 ) ];
	service.messages.set( 7, [ message( '1', { has_original: true, ...change } ) ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	return { service, screen };
}

test( 'the original tells its headers first, then what was checked, then its text', async ( t ) => {
	const { screen, service } = await show( t );
	await screen.click( 'Show original' );
	assert.deepEqual( service.called( 'GET /tickets/7/messages/1/original' ).length, 1 );
	assert.match( screen.text( '.uib-original__headers' ), /From.*petra@customer\.example.*Message-ID.*SPF pass \(customer\.example\).*DMARC fail/s );
	assert.equal( screen.text( '.uib-original__text' ), ORIGINAL.text );
	assert.match( screen.text( '[role=dialog]' ), /it has 2 MB/ );
} );

test( 'an original that cannot be had says why', async ( t ) => {
	const { screen, service } = await show( t );
	service.faults = [ [ 'GET /tickets/7/messages/1/original', new Problem( 'error', 500 ) ] ];
	await screen.click( 'Show original' );
	assert.match( screen.text( '[role=alert]' ), /had a fault/ );
} );

test( 'the dialog closes, and is read anew when it is opened again', async ( t ) => {
	const { screen, service } = await show( t );
	await screen.click( 'Show original' );
	await screen.click( 'Close' );
	assert.equal( screen.all( '[role=dialog]' ).length, 0 );
	await screen.click( 'Show original' );
	assert.equal( service.called( 'GET /tickets/7/messages/1/original' ).length, 2 );
} );

test( 'what is no mail has no original', async ( t ) => {
	const { screen } = await show( t, { kind: 'note', has_original: false } );
	assert.throws( () => screen.named( 'Show original' ), /Nothing on the screen/ );
} );
