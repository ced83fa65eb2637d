import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import { checkInWords } from '../../src/settings/check-words';
import type { SettingsBoot } from '../../src/settings/boot';
import type { Check } from '../../src/settings/model';
import { FakeSettings, mailbox } from './fake-settings';
import { openSettings } from './settings-screen';

const CLIENT = { id: '5', kind: 'gmail', client_id: '41-ab.apps.googleusercontent.com', project: 'Shop' };

const check = ( name: string, ok: boolean | null, code = '' ): Check => ( { name, ok, words: `${ name } words`, remedy: `${ name } remedy`, code } );

async function open( t: TestContext, service: FakeSettings, hash = '', boot: Partial< SettingsBoot > = {} ) {
	const screen = await openSettings( service, hash, boot );
	t.after( screen.leave );
	return screen;
}

function withMailbox( more = {} ): FakeSettings {
	const service = new FakeSettings();
	service.mailboxes = [ mailbox( '301', more ) ];
	service.clients = [ CLIENT ];
	return service;
}

test( 'without a mailbox the screen teaches how to connect the first', async ( t ) => {
	const screen = await open( t, new FakeSettings() );
	assert.match( screen.text(), /Connect your first mailbox/ );
	await screen.press( 'Connect a mailbox' );
	assert.match( screen.text(), /Which kind of account/ );
} );

test( 'a healthy mailbox shows its inboxes and asks for nothing', async ( t ) => {
	const screen = await open( t, withMailbox() );
	assert.match( screen.text(), /Up to date/ );
	assert.match( screen.text( '.uibs-chip' ), /Support/ );
	assert.doesNotMatch( screen.text(), /Sign in again/ );
} );

test( 'an inbox that two addresses feed is named once', async ( t ) => {
	const [ inbox ] = mailbox( '1' ).inboxes;
	const screen = await open( t, withMailbox( { inboxes: [ inbox, { ...inbox, address: 'help@shop.example' } ] } ) );
	assert.equal( screen.all( '.uibs-chip' ).length, 1 );
} );

test( 'a mailbox whose sign-in has ended offers a new one first', async ( t ) => {
	const screen = await open( t, withMailbox( { state: 'reauth_needed', reason: 'The password was changed.' } ) );
	assert.match( screen.text(), /The password was changed/ );
	await screen.press( 'Sign in again' );
	assert.match( screen.text(), /Choose .*support@shop\.example.* on Google/ );
} );

test( 'a mailbox of a service account is not sent to Google’s page', async ( t ) => {
	const screen = await open( t, withMailbox( { state: 'reauth_needed', oauth_client_id: null } ) );
	await screen.press( 'Sign in again' );
	assert.match( screen.text(), /Key of the service account/ );
} );

test( 'a sign-in that Google will end soon is announced with its day', async ( t ) => {
	const screen = await open( t, withMailbox( { consent_ends_at: new Date( Date.now() + 3_600_000 ).toISOString() } ) );
	assert.match( screen.text(), /Google ends this sign-in on/ );
} );

test( 'reading older mail shows how far it is, and goes on by itself', async ( t ) => {
	const service = withMailbox( { state: 'syncing', backfill: { state: 'running', done: 1240, total: 5000 } } );
	const screen = await open( t, service );
	assert.match( screen.text(), /1,240 of 5,000 messages read/ );
	service.mailboxes[ 0 ]!.backfill!.done = 2000;
	await screen.settled( () => screen.browser.pass() );
	assert.match( screen.text(), /2,000 of 5,000/ );
} );

test( 'what was loaded stays readable while the service is away', async ( t ) => {
	const service = withMailbox();
	const screen = await open( t, service );
	service.faults.push( [ 'GET /mailboxes', new Problem( 'service_unreachable', 502 ) ] );
	await screen.settled( () => screen.browser.pass() );
	assert.match( screen.text(), /may be a little old/ );
	assert.match( screen.text(), /support@shop\.example/ );
} );

test( 'a list that cannot be loaded says why and can be asked for again', async ( t ) => {
	const service = withMailbox();
	service.faults.push( [ 'GET /mailboxes', new Problem( 'service_unreachable', 502 ) ] );
	const screen = await open( t, service );
	assert.match( screen.text(), /service did not answer/ );
	await screen.press( 'Try again' );
	assert.match( screen.text(), /Up to date/ );
} );

test( 'signing in again leads back to the mailbox, named to Google', async ( t ) => {
	const service = withMailbox();
	const screen = await open( t, service, '#/mailboxes/301/reconnect' );
	await screen.press( 'Sign in with Google' );
	const sent = service.called( 'POST /oauth/flows' )[ 0 ]?.body as Record< string, string >;
	assert.deepEqual( [ sent.mailbox_id, sent.address ], [ '301', 'support@shop.example' ] );
	service.consent( { state: 'connected', mailbox_id: '301' } );
	await screen.settled( () => screen.browser.hear( { kind: 'returned', flow: '77' } ) );
	assert.equal( window.location.hash, '#/mailboxes/301' );
	assert.match( screen.text( '.uibs-notice' ), /Signed in again/ );
} );

test( 'the self-check says in words what is wrong and what to do', async ( t ) => {
	const service = withMailbox();
	service.checks = [ check( 'account', true ), check( 'something', false, 'new_in_google' ) ];
	const screen = await open( t, service, '#/mailboxes/301' );
	await screen.press( 'Check this mailbox' );
	assert.match( screen.text( '[data-tone=bad]' ), /something words.*something remedy/ );
	assert.doesNotMatch( screen.text( '[data-tone=good]' ), /remedy/ );
} );

test( 'what the service is known to find is said in the reader’s language', () => {
	const [ words, remedy ] = checkInWords( check( 'gmail_api', false, 'gmail_api_off' ) );
	assert.match( `${ words } ${ remedy }`, /switched off.*Switch it on/ );
	assert.deepEqual( checkInWords( check( 'scopes', true ) ), [ 'Mail may be read and sent.', '' ] );
} );

test( 'disconnecting says what is gone and takes one deliberate click', async ( t ) => {
	const service = withMailbox();
	const screen = await open( t, service, '#/mailboxes/301' );
	await screen.press( 'Disconnect' );
	assert.equal( service.called( 'DELETE' ).length, 0 );
	await screen.press( 'Disconnect this mailbox now' );
	assert.equal( service.mailboxes.length, 0 );
	assert.equal( window.location.hash, '#/mailboxes' );
} );

test( 'a new name of an inbox is saved with its id, so no second inbox appears', async ( t ) => {
	const service = withMailbox();
	const screen = await open( t, service, '#/mailboxes/301' );
	await screen.settled( () => undefined );
	const field = screen.all( '.uibs-inbox input[type=text]' )[ 0 ] as HTMLInputElement;
	await screen.settled( () => {
		Object.getOwnPropertyDescriptor( Object.getPrototypeOf( field ), 'value' )?.set?.call( field, 'Help' );
		field.dispatchEvent( new Event( 'input', { bubbles: true } ) );
	} );
	await screen.send();
	const sent = service.called( 'PATCH /mailboxes/301' )[ 0 ]?.body as { inboxes: object[] };
	assert.deepEqual( sent.inboxes, [ { id: '101', name: 'Help', address: 'support@shop.example', colour: '#3858e9' } ] );
} );

test( 'a service account is tested before its inboxes are chosen', async ( t ) => {
	const service = new FakeSettings();
	service.checks = [ check( 'account', true ) ];
	const key = { type: 'service_account', private_key: 'x', client_email: 'a@p.iam.example' };
	const screen = await open( t, service, '#/connect/service-account' );
	await screen.fill( 'Key of the service account (JSON)', JSON.stringify( key ) );
	await screen.fill( 'Mailbox', 'support@shop.example' );
	await screen.send();
	assert.match( screen.text(), /Which addresses become inboxes/ );
	await screen.send( 1 );
	const sent = service.called( 'POST /mailboxes' )[ 1 ]?.body as { service_account: object; address: string };
	assert.deepEqual( [ sent.service_account, sent.address ], [ key, 'support@shop.example' ] );
} );

test( 'a service account that may not read the mailbox goes no further', async ( t ) => {
	const service = new FakeSettings();
	service.checks = [ check( 'delegation', false, 'new' ) ];
	const screen = await open( t, service, '#/connect/service-account' );
	await screen.fill( 'Key of the service account (JSON)', '{"type":"service_account","private_key":"x","client_email":"y"}' );
	await screen.send();
	assert.match( screen.text( '[data-tone=bad]' ), /delegation words/ );
	assert.doesNotMatch( screen.text(), /Which addresses/ );
} );

test( 'a text that is no key is refused at its field', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/connect/service-account' );
	await screen.fill( 'Key of the service account (JSON)', '{"web":{}}' );
	await screen.send();
	assert.match( screen.text( '.uibs-field__error' ), /not the key of a service account/ );
	assert.equal( service.calls.length, 0 );
} );

test( 'who may not manage the inbox sees the notices to himself only', async ( t ) => {
	const screen = await open( t, new FakeSettings(), '', { canManage: false, canRoute: false } );
	assert.match( screen.root.textContent!, /Mail to me/ );
	assert.doesNotMatch( screen.root.textContent!, /Mailboxes/ );
} );
