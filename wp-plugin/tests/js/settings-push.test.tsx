import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { Push, PushChannel } from '../../src/settings/model';
import { FakeSettings, mailbox, pushChannel } from './fake-settings';
import { openSettings } from './settings-screen';

const KEY = { type: 'service_account', private_key: 'x', client_email: 'listener@shop.iam.gserviceaccount.com' };

/** The place of the form among those of the page. */
const AFTER_INBOXES = 1;

const OFF: Push = { state: 'off', reason: '', until: null, heard_at: null, channel_id: null };

const WORKS: Push = { ...OFF, state: 'works', until: '2026-11-28T21:00:00.000Z', heard_at: '2026-11-21T20:55:00.000Z', channel_id: '61' };

async function open( t: TestContext, push: Partial< Push > = {}, channels: PushChannel[] = [] ) {
	const service = new FakeSettings();
	service.mailboxes = [ mailbox( '301', { push: { ...OFF, ...push } } ) ];
	service.pushChannels = channels;
	const screen = await openSettings( service, '#/mailboxes/301' );
	t.after( screen.leave );
	return { service, screen };
}

test( 'where nobody set push up, it is said how mail is found and what push would give', async ( t ) => {
	const { screen } = await open( t );
	assert.match( screen.text( '.uibs-push' ), /looked for every minute.*within a second instead/ );
	assert.doesNotMatch( screen.text( '.uibs-push' ), /Turn off/ );
} );

test( 'push that works says since when, until when, when it last told, and by which way', async ( t ) => {
	const { screen } = await open( t, WORKS, [ pushChannel() ] );
	assert.match( screen.text( '.uibs-push' ), /Google tells of new mail at once/ );
	assert.match(
		screen.text( '.uibs-facts' ),
		/Set up sinceNov 20, 2026.*until.*Nov 28, 2026.*Last notice.*Nov 21, 2026.*projects\/shop\/topics\/unified-inbox.*projects\/shop\/subscriptions/
	);
} );

test( 'push that fails says why, and that mail comes all the same', async ( t ) => {
	const { screen } = await open( t, { state: 'failed', reason: 'No rights on the topic.', channel_id: '61' }, [ pushChannel() ] );
	assert.match( screen.text( '.uibs-push' ), /every minute. Nothing is lost.\s*No rights on the topic\./ );
	assert.match( screen.text( '.uibs-facts' ), /Failing since/ );
} );

test( 'of several channels the one that tells of this mailbox is shown', async ( t ) => {
	const { screen } = await open( t, WORKS, [ pushChannel( { id: '60', topic: 'projects/other/topics/x' } ), pushChannel() ] );
	assert.doesNotMatch( screen.text( '.uibs-facts' ), /other/ );
} );

test( 'a subscription is entered with its key, and what comes of it is shown at once', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( 'Set up' );
	await screen.fill( 'Topic', ' projects/shop/topics/unified-inbox ' );
	await screen.fill( 'Subscription', 'projects/shop/subscriptions/unified-inbox' );
	await screen.fill( 'Key of the service account (JSON)', JSON.stringify( KEY ) );
	await screen.send( AFTER_INBOXES );
	assert.deepEqual( service.called( 'POST /push/channels' )[ 0 ]?.body, {
		topic: 'projects/shop/topics/unified-inbox',
		subscription: 'projects/shop/subscriptions/unified-inbox',
		service_account: KEY,
	} );
	assert.match( screen.text( '.uibs-push' ), /Set up for the mailboxes of the Google project “shop”/ );
} );

test( 'for pushes to the site its address is there to copy, and no key is asked for', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( 'Set up' );
	await screen.press( 'Google sends it to this siteOnly where the site is reached from the internet by https.' );
	await screen.press( 'Copy the address for pushes' );
	assert.deepEqual( screen.browser.copied, [ 'https://shop.example/wp-json/unified-inbox/v1/push/gmail' ] );
	await screen.fill( 'Topic', 'projects/shop/topics/unified-inbox' );
	await screen.fill( 'Audience', 'inbox' );
	await screen.fill( 'Service account', 'pusher@shop.iam.gserviceaccount.com' );
	await screen.send( AFTER_INBOXES );
	const sent = service.called( 'POST /push/channels' )[ 0 ]?.body as Record< string, unknown >;
	assert.deepEqual( Object.keys( sent ), [ 'topic', 'audience', 'signer' ] );
} );

test( 'something else than a key is refused before it is sent', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( 'Set up' );
	await screen.fill( 'Key of the service account (JSON)', '{"web": {}}' );
	await screen.send( AFTER_INBOXES );
	assert.match( screen.text( '.uibs-field__error' ), /not the key of a service account/ );
	assert.equal( service.called( 'POST /push/channels' ).length, 0 );
} );

test( 'what the service refuses stands at its field, and nothing entered is lost', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( 'Set up' );
	await screen.fill( 'Topic', 'unified-inbox' );
	service.faults.push( [ 'POST /push/channels', new Problem( 'invalid', 422, { field: 'topic', detail: 'A topic is named projects/PROJECT/topics/NAME.' } ) ] );
	await screen.send( AFTER_INBOXES );
	assert.match( screen.text( '.uibs-field__error' ), /projects\/PROJECT/ );
	assert.equal( ( screen.all( '.uibs-push input.is-code' )[ 0 ] as HTMLInputElement ).value, 'unified-inbox' );
} );

test( 'push is turned off after it was said what follows', async ( t ) => {
	const { service, screen } = await open( t, WORKS, [ pushChannel( { mailboxes: 2 } ) ] );
	await screen.press( 'Turn off' );
	assert.match( screen.text( '.uibs-remove__words' ), /of 2 mailboxes will be looked for every minute/ );
	service.mailboxes[ 0 ]!.push = OFF;
	await screen.press( 'Turn off now' );
	assert.equal( service.called( 'DELETE /push/channels/61' ).length, 1 );
	assert.match( screen.text( '.uibs-push' ), /Set up/ );
} );
