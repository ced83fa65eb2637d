import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { Check } from '../../src/settings/model';
import { FakeSettings } from './fake-settings';
import { BOOT, openSettings } from './settings-screen';

const CLIENT = { id: '5', kind: 'gmail', client_id: '41-ab.apps.googleusercontent.com', project: 'Shop' };

const check = ( name: string, ok: boolean | null, code = '' ): Check => ( { name, ok, words: `${ name } words`, remedy: `${ name } remedy`, code } );

async function open( t: TestContext, service: FakeSettings, hash: string ) {
	const screen = await openSettings( service, hash );
	t.after( screen.leave );
	return screen;
}

function withClient(): FakeSettings {
	const service = new FakeSettings();
	service.clients = [ CLIENT ];
	return service;
}

test( 'the redirect address is there to be copied', async ( t ) => {
	const screen = await open( t, new FakeSettings(), '#/connect/gmail' );
	await screen.press( 'Copy the redirect address' );
	assert.deepEqual( screen.browser.copied, [ BOOT.redirectUri ] );
} );

test( 'the whole way: own Google app, consent in a new tab, inboxes, first messages', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/connect/gmail' );
	await screen.fill( 'Client ID', CLIENT.client_id );
	await screen.fill( 'Client secret', 'GOCSPX-1' );
	await screen.send();
	assert.equal( screen.browser.tabs[ 0 ]?.url, 'https://google.example/consent' );
	assert.match( screen.text(), /Waiting for you to come back/ );
	service.consent();
	await screen.settled( () => screen.browser.hear( { kind: 'returned', flow: '77' } ) );
	assert.match( screen.text(), /Which addresses become inboxes/ );
	await screen.press( 'billing@shop.example' );
	await screen.send();
	assert.deepEqual( service.called( 'POST /mailboxes' )[ 0 ]?.body, {
		flow_id: '77',
		depth_days: 90,
		inboxes: [
			{ name: 'Support', address: 'support@shop.example', colour: '#3858e9' },
			{ name: 'Billing', address: 'billing@shop.example', colour: '#008a20' },
		],
	} );
	assert.match( screen.text( '.uibs-arrivals' ), /Subject 8/ );
} );

test( 'a missing secret is asked for at its field, and no tab opens', async ( t ) => {
	const screen = await open( t, new FakeSettings(), '#/connect/gmail' );
	await screen.fill( 'Client ID', CLIENT.client_id );
	await screen.send();
	assert.equal( screen.browser.tabs.length, 0 );
	const field = screen.all( 'input[aria-invalid]' )[ 0 ];
	assert.equal( field?.getAttribute( 'type' ), 'password' );
	const [ error ] = field!.getAttribute( 'aria-describedby' )!.split( ' ' );
	assert.match( document.getElementById( error! )!.textContent!, /Enter this first/ );
} );

test( 'a Google app that is known is used again without its secret', async ( t ) => {
	const service = withClient();
	const screen = await open( t, service, '#/connect/gmail' );
	await screen.send();
	assert.equal( service.called( 'POST /oauth/clients' ).length, 0 );
	assert.equal( ( service.called( 'POST /oauth/flows' )[ 0 ]?.body as { oauth_client_id: string } ).oauth_client_id, '5' );
} );

test( 'the opened tab is closed again when the service refuses to begin', async ( t ) => {
	const service = withClient();
	service.faults.push( [ 'POST /oauth/flows', new Problem( 'oauth_client_invalid', 422 ) ] );
	const screen = await open( t, service, '#/connect/gmail' );
	await screen.send();
	assert.equal( screen.browser.tabs[ 0 ]?.isClosed, true );
	assert.match( screen.text( '[role=alert]' ), /does not accept this client ID/ );
} );

test( 'where no tab may open, Google’s page is offered as a link', async ( t ) => {
	const screen = await open( t, withClient(), '#/connect/gmail' );
	screen.browser.blocksTabs = true;
	await screen.send();
	assert.equal( screen.all( '.uibs-external' )[ 0 ]?.getAttribute( 'href' ), 'https://google.example/consent' );
} );

test( 'no inbox ticked is said before the service is asked', async ( t ) => {
	const service = withClient();
	service.consent();
	const screen = await open( t, service, '#/connect/consent/77' );
	await screen.press( 'support@shop.example' );
	await screen.send();
	assert.match( screen.text( '[role=alert]' ), /Tick at least one address/ );
	assert.equal( service.called( 'POST /mailboxes' ).length, 0 );
} );

test( 'the address of a group can be added to the account’s own', async ( t ) => {
	const service = withClient();
	service.consent();
	const screen = await open( t, service, '#/connect/consent/77' );
	await screen.press( 'Another address that arrives here' );
	await screen.fill( 'Another address that arrives here', 'Team@shop.example' );
	await screen.press( 'Add' );
	assert.match( screen.text( '.uibs-inboxes' ), /team@shop\.example/ );
} );

test( 'whether the app is in Testing is asked where Google does not say, and kept', async ( t ) => {
	const service = withClient();
	service.consent( { checks: [ check( 'testing_mode', null, 'testing_mode_unknown' ) ] } );
	const screen = await open( t, service, '#/connect/consent/77' );
	await screen.press( 'Testing' );
	assert.match( screen.text( '.uibs-warning' ), /seven days/ );
	await screen.send();
	assert.deepEqual( service.called( 'PATCH /mailboxes/301' )[ 0 ]?.body, { testing_mode: 'testing' } );
} );
