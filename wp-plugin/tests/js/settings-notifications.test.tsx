import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { SettingsBoot } from '../../src/settings/boot';
import { FakeSettings } from './fake-settings';
import { openSettings } from './settings-screen';

async function open( t: TestContext, service: FakeSettings, boot: Partial< SettingsBoot > = {} ) {
	const screen = await openSettings( service, '#/notifications', boot );
	t.after( screen.leave );
	return screen;
}

test( 'somebody chooses what he is mailed, and whether with what was written', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service );
	await screen.press( 'A new request comes into my inboxes or for my teams' );
	await screen.press( 'Somebody mentions me in a note' );
	await screen.press( 'With what was writtenWithout it the mail names the ticket only.' );
	await screen.send();
	assert.deepEqual( service.called( 'PUT /me/notices' )[ 0 ]!.body, { kinds: [ 'assigned', 'answered', 'opened' ], with_text: false } );
	assert.match( screen.text(), /Saved/ );
} );

test( 'an address that mail came back from is named', async ( t ) => {
	const service = new FakeSettings();
	service.myNotices.bounce = '5.1.1';
	const screen = await open( t, service );
	assert.match( screen.text(), /maya@desk\.example. came back/ );
} );

test( 'an agent finds his own notices and nothing for managers', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, { canManage: false, canRoute: false } );
	assert.match( screen.text(), /Mail to me/ );
	assert.doesNotMatch( screen.text(), /Acknowledgement|Mailboxes/ );
	assert.equal( service.called( 'GET /acknowledgements' ).length, 0 );
} );

test( 'every address leads an agent to his notices', async ( t ) => {
	const screen = await openSettings( new FakeSettings(), '#/mailboxes', { canManage: false, canRoute: false } );
	t.after( screen.leave );
	assert.match( screen.text(), /Mail to me/ );
} );

test( 'an acknowledgement is switched on and gets its own words in a language', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service );
	assert.doesNotMatch( screen.text(), /These are filled in/ );
	await screen.press( 'Answer every new request at onceIn the customer’s language, once per ticket, and never to machines.' );
	await screen.press( 'العربية' );
	await screen.fill( 'Subject', 'شكرًا' );
	await screen.send( 1 );
	const { enabled, texts } = service.acknowledgements[ 0 ]!;
	assert.deepEqual( [ enabled, texts.ar.subject, texts.en.subject ], [ true, 'شكرًا', 'We have your message' ] );
} );
