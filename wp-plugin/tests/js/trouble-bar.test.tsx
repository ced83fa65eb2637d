import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Boot } from '../../src/boot';
import type { Trouble } from '../../src/model';
import { FakeService } from './fake-service';
import { openScreen } from './screen';

const TROUBLE: Trouble = {
	mailbox_id: '301',
	address: 'support@shop.example',
	state: 'reauth_needed',
	began_at: '2026-11-21T20:00:00.000Z',
};

async function open( t: TestContext, troubles: Trouble[], boot: Partial< Boot > = {} ) {
	const service = new FakeService();
	service.live = { troubles };
	const screen = await openScreen( service, '', boot );
	t.after( screen.leave );
	return { service, screen };
}

test( 'a mailbox that is not being read is told above the desk', async ( t ) => {
	const { screen } = await open( t, [ TROUBLE ] );
	assert.match( screen.text( '.uib-trouble' ), /support@shop\.example has not been read since Nov 2[12], 2026.*tell whoever manages/ );
} );

test( 'a manager gets the way to what it needs', async ( t ) => {
	const { screen } = await open( t, [ TROUBLE ], { canManage: true } );
	assert.equal( screen.named( 'See what it needs' ).getAttribute( 'href' ), 'https://shop.example/settings#/mailboxes/301' );
} );

test( 'one that is tried again by itself asks nobody for anything', async ( t ) => {
	const { screen } = await open( t, [ { ...TROUBLE, state: 'degraded' } ] );
	assert.match( screen.text( '.uib-trouble' ), /tried again by itself/ );
	assert.doesNotMatch( screen.text( '.uib-trouble' ), /Please tell/ );
} );

test( 'the words go when the mailbox is read again', async ( t ) => {
	const { service, screen } = await open( t, [ TROUBLE ] );
	service.live = { troubles: [] };
	await screen.press( 'x', window );
	screen.desk.live.nudge();
	await screen.press( 'x', window );
	assert.equal( screen.text( '.uib-trouble' ).trim(), '' );
} );

test( 'while all mailboxes are read nothing is said', async ( t ) => {
	const { screen } = await open( t, [] );
	assert.equal( screen.all( '.uib-trouble__line' ).length, 0 );
} );
