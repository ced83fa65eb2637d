import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Boot } from '../../src/boot';
import { FakeService } from './fake-service';
import { openScreen } from './screen';

async function open( t: TestContext, boot: Partial< Boot > = {} ) {
	const service = new FakeService();
	service.inboxes = [];
	const screen = await openScreen( service, '', boot );
	t.after( screen.leave );
	return screen;
}

test( 'whoever sees no inbox is told whom to ask, and offered nothing that needs one', async ( t ) => {
	const screen = await open( t );
	assert.match( screen.text( '.uib-list .uib-empty' ), /No inbox is open to you yet.*Ask whoever manages the inbox/ );
	assert.doesNotMatch( screen.text( '.uib-views' ), /Inboxes/ );
	assert.throws( () => screen.named( 'New ticket' ) );
} );

test( 'a manager without an inbox is led to connect a mailbox', async ( t ) => {
	const screen = await open( t, { canManage: true } );
	assert.match( screen.text( '.uib-list .uib-empty' ), /There is no inbox yet/ );
	assert.equal( screen.named( 'Connect your first mailbox' ).getAttribute( 'href' ), 'https://shop.example/settings' );
} );
