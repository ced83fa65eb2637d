import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { SettingsBoot } from '../../src/settings/boot';
import { filledSignature } from '../../src/text/signature';
import { FakeSettings } from './fake-settings';
import { openSettings } from './settings-screen';

async function open( t: TestContext, service: FakeSettings, boot: Partial< SettingsBoot > = {} ) {
	const screen = await openSettings( service, '#/signatures', boot );
	t.after( screen.leave );
	return screen;
}

const AGENT = { canManage: false, canRoute: false };

test( 'an agent writes his own signature, sees how it looks, and finds nobody else’s', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, AGENT );
	assert.match( screen.text( 'figure' ), /Nothing stands below the mail/ );
	await screen.fill( 'Text', 'Kind regards,\n{agent.name} for {customer.name}, {no.such}' );
	assert.match( screen.text( 'figure' ), /Kind regards,\nMaya for Petra Lindqvist, \{no\.such\}/ );
	await screen.send();
	assert.equal( service.signatures.get( '/me/signature' ), 'Kind regards,\n{agent.name} for {customer.name}, {no.such}' );
	assert.match( screen.text(), /The signature is saved/ );
	assert.doesNotMatch( screen.text(), /Signature of/ );
} );

test( 'what can be filled in is listed with its meaning, and pressing it writes it into the text', async ( t ) => {
	const screen = await open( t, new FakeSettings(), AGENT );
	assert.match( screen.text( 'details' ), /\{agent\.name\}Name of whoever writes/ );
	await screen.press( '{agent.name}' );
	assert.match( screen.text( 'figure' ), /Maya/ );
} );

test( 'a manager writes the signature of each inbox', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service );
	assert.match( screen.text(), /Signature of .Support.*Signature of .Billing/s );
	await screen.send( 2 );
	assert.deepEqual( service.called( 'PUT' ).map( ( { path } ) => path ), [ '/inboxes/102/signature' ] );
} );

test( 'what was written stays where it could not be saved', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, AGENT );
	await screen.fill( 'Text', 'Maya' );
	service.faults = [ [ 'PUT', new Problem( 'read_only', 403 ) ] ];
	await screen.send();
	assert.match( screen.text( '[role="alert"]' ), /\S/ );
	assert.match( screen.text( 'figure' ), /Maya/ );
} );

test( 'a variable may be written with spaces in its braces', () => {
	assert.equal( filledSignature( ' { agent.name } {x} ', { 'agent.name': 'Maya' } ), 'Maya {x}' );
} );
