import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Mailbox } from '../../src/settings/model';
import { FakeSettings, mailbox } from './fake-settings';
import { openSettings } from './settings-screen';

const COMPARISON = {
	ended_at: '2026-11-21T02:10:00.000Z',
	shown: 1412,
	accounted: 1412,
	missing: 0,
	fetched: 0,
	outcomes: { ticket: 1380, reply: 20, parked: 12 },
	error: '',
	is_running: false,
};

async function open( t: TestContext, more: Partial< Mailbox > = {} ) {
	const service = new FakeSettings();
	service.mailboxes = [ mailbox( '301', more ) ];
	const screen = await openSettings( service, '#/mailboxes/301' );
	t.after( screen.leave );
	return { service, screen };
}

const running = ( more = {} ): Partial< Mailbox > => ( {
	state: 'syncing',
	backfill: { state: 'running', done: 1000, total: 61_000, per_minute: 499, seconds_left: 7215, ...more },
} );

test( 'a back-fill tells how far it is, how fast it goes and how long it takes', async ( t ) => {
	const { screen } = await open( t, running() );
	assert.match( screen.text( '.uibs-progress' ), /1,000 of 61,000 messages read · 499 a minute · about 2 hours left/ );
} );

test( 'a short rest is told in minutes, and what nobody knows is not told', async ( t ) => {
	assert.match( ( await open( t, running( { seconds_left: 70 } ) ) ).screen.text( '.uibs-progress' ), /about 2 minutes left/ );
	const { screen } = await open( t, running( { per_minute: null, seconds_left: null } ) );
	assert.doesNotMatch( screen.text( '.uibs-progress' ), /minute|left|null/ );
} );

test( 'a sync that was asked for says what it found', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( 'Sync now' );
	assert.match( screen.text( '.uibs-look' ), /Looking for new mail/ );
	service.mailboxes[ 0 ]!.look = { ...service.mailboxes[ 0 ]!.look!, answered_at: '2026-11-21T21:00:02.000Z', new: 3, known: 12 };
	await screen.settled( () => screen.browser.pass() );
	assert.match( screen.text( '.uibs-look' ), /3 new, 12 known, 0 parked/ );
} );

test( 'what a look of another day found is no answer', async ( t ) => {
	const look = { asked_at: '2026-11-20T21:00:00.000Z', answered_at: '2026-11-20T21:00:02.000Z', new: 3, known: 0, parked: 0, error: '' };
	const { screen } = await open( t, { look } );
	assert.doesNotMatch( screen.text( '.uibs-look' ), /3 new/ );
} );

test( 'a sync that failed says why', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( 'Sync now' );
	service.mailboxes[ 0 ]!.look = { ...service.mailboxes[ 0 ]!.look!, answered_at: '2026-11-21T21:00:02.000Z', error: 'Google is busy.' };
	await screen.settled( () => screen.browser.pass() );
	assert.match( screen.text( '.uibs-look' ), /Google is busy/ );
} );

test( 'the last comparison accounts for every mail', async ( t ) => {
	const { screen } = await open( t, { comparison: COMPARISON } );
	assert.match( screen.text(), /1,412 shown by Google, 1,412 accounted for, 0 missing/ );
	assert.match( screen.text(), /1,380 tickets, 20 replies of customers, 12 parked/ );
	assert.match( screen.text(), /Compared on Nov 2[01], 2026/ );
} );

test( 'missing mail is a warning, and caught up mail is told', async ( t ) => {
	const { screen } = await open( t, { comparison: { ...COMPARISON, missing: 2, fetched: 1, error: 'Google is busy.' } } );
	assert.equal( screen.all( '.uibs-account .uibs-dot' )[ 0 ]?.dataset.tone, 'bad' );
	assert.match( screen.text(), /1 mail had been missed and was fetched.*The last try failed: Google is busy/ );
} );

test( 'a mailbox that was not compared yet says when it will be', async ( t ) => {
	const { screen } = await open( t );
	assert.match( screen.text(), /compared with what Google shows, and then every night/ );
} );

test( 'what is read and whether solved mail is archived are saved together', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( 'Archive in Gmail when solvedTakes the mail of a solved ticket out of Gmail’s inbox. Without the tick the mailbox is left as it is.' );
	await screen.press( 'Starred, also when archived' );
	await screen.fill( 'How far back to read', 'null' );
	await screen.send( 1 );
	assert.deepEqual( service.called( 'PATCH /mailboxes/301' )[ 0 ]?.body, {
		depth_days: null,
		labels: [ 'INBOX', 'SENT', 'STARRED' ],
		archive_on_solve: true,
	} );
} );

test( 'the last label cannot be taken away', async ( t ) => {
	const { screen } = await open( t, { labels: [ 'INBOX' ] } );
	const boxes = screen.all( '.uibs-choices input' ) as HTMLInputElement[];
	assert.deepEqual( boxes.map( ( { checked, disabled } ) => [ checked, disabled ] ).slice( 0, 2 ), [ [ true, true ], [ false, false ] ] );
} );

test( 'a label from the command line is shown by its name', async ( t ) => {
	const { screen } = await open( t, { labels: [ 'INBOX', 'Label_12' ] } );
	assert.match( screen.text( '.uibs-choices' ), /Label_12/ );
} );

test( 'the share of the quota is told where there is one', async ( t ) => {
	assert.match( ( await open( t ) ).screen.text(), /up to 4,800 units a minute/ );
	assert.doesNotMatch( ( await open( t, { units_per_minute: null } ) ).screen.text(), /units a minute/ );
} );
