import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import { settingsApi } from '../../src/settings/api';
import type { Returned } from '../../src/settings/boot';
import { awaitConsent, type ConsentEnd } from '../../src/settings/mailboxes/consent';
import { FakeBrowser, FakeSettings } from './fake-settings';
import { openSettings } from './settings-screen';

const rest = () => new Promise< void >( ( resolve ) => setTimeout( resolve, 5 ) );

async function waiting( t: TestContext, service = new FakeSettings() ) {
	const browser = new FakeBrowser();
	const ends: ConsentEnd[] = [];
	t.after( awaitConsent( { api: settingsApi( service.transport ), browser }, '77', ( end ) => ends.push( end ) ) );
	await rest();
	return { service, browser, ends };
}

const codeOf = ( end: ConsentEnd | undefined ): string | null => ( end && 'problem' in end ? end.problem.code : null );

test( 'while the owner is away it is asked again and nothing ends', async ( t ) => {
	const { service, browser, ends } = await waiting( t );
	browser.pass();
	await rest();
	assert.equal( service.called( 'GET /oauth/flows/77' ).length, 2 );
	assert.deepEqual( ends, [] );
} );

test( 'an owner who comes back without a word is noticed at the next asking', async ( t ) => {
	const { service, browser, ends } = await waiting( t );
	service.consent();
	browser.pass();
	await rest();
	assert.equal( ends.length, 1 );
} );

test( 'the tab that came back is told that it may be closed', async ( t ) => {
	const { service, browser, ends } = await waiting( t );
	service.consent();
	browser.hear( { kind: 'returned', flow: '77' } );
	await rest();
	assert.deepEqual( browser.said, [ { kind: 'taken', flow: '77' } ] );
	assert.equal( ends.length, 1 );
} );

test( 'a tab that comes back after the asking was faster may be closed too', async ( t ) => {
	const { service, browser, ends } = await waiting( t );
	service.consent();
	browser.pass();
	await rest();
	browser.hear( { kind: 'returned', flow: '77' } );
	browser.hear( { kind: 'returned', flow: null, error: { code: 'oauth_denied' } } );
	await rest();
	assert.deepEqual( browser.said, [ { kind: 'taken', flow: '77' } ] );
	assert.equal( ends.length, 1 );
} );

test( 'the return of another consent is none of ours', async ( t ) => {
	const { browser, ends } = await waiting( t );
	browser.hear( { kind: 'returned', flow: '78' } );
	await rest();
	assert.deepEqual( [ browser.said, ends ], [ [], [] ] );
} );

test( 'a refusal that the other tab tells ends the waiting at once', async ( t ) => {
	const { browser, ends } = await waiting( t );
	browser.hear( { kind: 'returned', flow: null, error: { code: 'oauth_denied' } } );
	assert.equal( codeOf( ends[ 0 ] ), 'oauth_denied' );
} );

test( 'a consent that failed or ran out of time ends with its reason', async ( t ) => {
	const failed = new FakeSettings();
	failed.flow = { ...failed.flow, state: 'failed', problem: { code: 'gmail_api_off', detail: 'Off' } };
	const expired = new FakeSettings();
	expired.flow = { ...expired.flow, state: 'expired' };
	assert.equal( codeOf( ( await waiting( t, failed ) ).ends[ 0 ] ), 'gmail_api_off' );
	assert.equal( codeOf( ( await waiting( t, expired ) ).ends[ 0 ] ), 'oauth_expired' );
} );

test( 'a service that does not answer for a moment ends nothing', async ( t ) => {
	const service = new FakeSettings();
	service.faults.push( [ 'GET /oauth/flows', new Problem( 'service_unreachable', 502 ) ] );
	const { browser, ends } = await waiting( t, service );
	service.consent();
	browser.pass();
	await rest();
	assert.equal( ends.length, 1 );
	assert.equal( codeOf( ends[ 0 ] ), null );
} );

test( 'after leaving nobody is asked any more', async () => {
	const service = new FakeSettings();
	const browser = new FakeBrowser();
	const leave = awaitConsent( { api: settingsApi( service.transport ), browser }, '77', () => assert.fail() );
	leave();
	await rest();
	browser.pass();
	await rest();
	assert.equal( service.calls.length, 1 );
} );

async function back( t: TestContext, flow: Returned, service = new FakeSettings() ) {
	const screen = await openSettings( service, '', { flow } );
	t.after( screen.leave );
	return screen;
}

test( 'the tab from Google steps aside where the first one is still open', async ( t ) => {
	const screen = await back( t, { id: '77' } );
	assert.equal( screen.browser.hasForgotten, true );
	await screen.settled( () => screen.browser.hear( { kind: 'taken', flow: '77' } ) );
	assert.match( screen.text(), /You can close this tab/ );
	await screen.settled( () => screen.browser.pass() );
	assert.match( screen.text(), /You can close this tab/ );
} );

test( 'the tab from Google goes on by itself where no other is open', async ( t ) => {
	const service = new FakeSettings();
	service.consent();
	const screen = await back( t, { id: '77' }, service );
	await screen.settled( () => screen.browser.pass() );
	assert.match( screen.text(), /Which addresses become inboxes/ );
} );

test( 'the tab from Google says why nothing was connected', async ( t ) => {
	const error = { code: 'oauth_wrong_account', expected: 'support@shop.example', got: 'me@shop.example' };
	const screen = await back( t, { error } );
	await screen.settled( () => screen.browser.pass() );
	assert.match( screen.text( '[role=alert]' ), /signed in as me@shop\.example, but this mailbox is support@shop\.example/ );
} );
