import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { SavedReply, Wording } from '../../src/api/saved-replies-api';
import { mayOpen } from '../../src/settings/rights';
import { htmlOf, keptOf, textsOf } from '../../src/settings/saved-replies/texts';
import { filledHtml } from '../../src/text/variables';
import { FakeSettings } from './fake-settings';
import { openSettings } from './settings-screen';

const reply = ( id: string, more: Partial< SavedReply > = {} ): SavedReply => ( {
	id,
	name: 'Thanks',
	shortcut: 'ty',
	texts: { en: '<div dir="auto">Thank you</div>' },
	reach: 'mine',
	team_id: null,
	team_name: '',
	version: 3,
	uses: 2,
	last_used_at: null,
	can_edit: true,
	...more,
} );

/** A service that keeps these. */
function keeping( ...kept: SavedReply[] ): FakeSettings {
	const service = new FakeSettings();
	const removed: SavedReply[] = [];
	const one = ( path: string ): SavedReply => kept.find( ( { id } ) => path.includes( `/${ id }` ) )!;
	service.others = {
		'GET /saved-replies': ( { query } ) => ( {
			items: kept.filter( ( { name } ) => name.toLowerCase().includes( String( query?.q ?? '' ) ) ),
			next_cursor: null,
		} ),
		'GET /saved-replies/variables': () => ( { variables: [ 'agent.name', 'customer.first_name' ], values: { 'agent.name': 'Maya' } } ),
		'GET /saved-replies/N': ( { path } ) => one( path ),
		'POST /saved-replies': ( { body } ) => {
			kept.push( reply( '900', body as Wording ) );
			return kept[ kept.length - 1 ];
		},
		'PATCH /saved-replies/N': ( { path, body } ) => Object.assign( one( path ), body ),
		'DELETE /saved-replies/N': ( { path } ) => {
			removed.push( ...kept.splice( kept.indexOf( one( path ) ), 1 ) );
			return null;
		},
		'DELETE /saved-replies/N/removal': () => {
			kept.push( ...removed.splice( 0 ) );
			return kept[ kept.length - 1 ];
		},
	};
	return service;
}

async function open( t: TestContext, service: FakeSettings, hash = '#/saved-replies', boot = {} ) {
	const screen = await openSettings( service, hash, boot );
	t.after( screen.leave );
	return screen;
}

const bare = ( text: string ): string => text.replace( /[\u2066-\u2069]/g, '' );

test( 'saved replies are listed with whose they are, their languages and how often they were used', async ( t ) => {
	const other = reply( '2', { name: 'Fixed', shortcut: '', reach: 'team', team_name: 'Repairs', uses: 0 } );
	const screen = await open( t, keeping( reply( '1', { texts: { ar: 'x', en: 'x' } } ), other ) );
	const words = bare( screen.text() );
	assert.match( words, /Thanks\/ty.*Englishالعربية.*Only for me · Used 2 times/ );
	assert.match( words, /Fixed.*For the team Repairs · Not used yet/ );
} );

test( 'before there is one the page says what they are for', async ( t ) => {
	const screen = await open( t, keeping() );
	assert.match( screen.text(), /type \/ at the beginning of a line/ );
	await screen.press( 'Add a saved reply' );
	assert.equal( window.location.hash, '#/saved-replies/new' );
} );

test( 'who may not change one has no buttons for it', async ( t ) => {
	const screen = await open( t, keeping( reply( '1', { can_edit: false } ) ) );
	assert.equal( screen.all( '.uibs-mailbox__acts' ).length, 0 );
} );

test( 'words that nothing holds are answered, and the box stays', async ( t ) => {
	const screen = await open( t, keeping( reply( '1' ) ) );
	await screen.fill( 'Search saved replies', 'refund' );
	assert.match( screen.text(), /No saved reply holds these words/ );
	await screen.fill( 'Search saved replies', 'than' );
	assert.match( screen.text(), /Thanks/ );
} );

test( 'a removed one comes back by Undo', async ( t ) => {
	const screen = await open( t, keeping( reply( '1' ) ) );
	await screen.press( 'Remove Thanks' );
	assert.match( screen.text(), /The saved reply is removed/ );
	assert.equal( screen.all( '.uibs-mailboxes' ).length, 0 );
	await screen.press( 'Undo' );
	assert.equal( screen.all( '.uibs-mailboxes li.uibs-card' ).length, 1 );
} );

test( 'one is kept for a team in the language it is written in', async ( t ) => {
	const service = keeping();
	const screen = await open( t, service, '#/saved-replies/new' );
	await screen.fill( 'Name', 'Fixed' );
	await screen.fill( 'Who finds it', '31' );
	await screen.press( 'العربية' );
	await screen.fill( 'Text: العربية', 'تم <الإصلاح>' );
	await screen.send();
	const [ call ] = service.called( 'POST /saved-replies' );
	const texts = { ar: '<div dir="auto">تم &lt;الإصلاح&gt;</div>' };
	assert.deepEqual( call!.body, { name: 'Fixed', shortcut: '', texts, reach: 'team', team_id: '31' } );
	assert.equal( window.location.hash, '#/saved-replies' );
} );

test( 'an agent keeps them for himself, and is not asked for whom', async ( t ) => {
	const screen = await open( t, keeping(), '#/saved-replies/new', { canManage: false, canRoute: false } );
	assert.equal( screen.all( 'select' ).length, 0 );
	assert.ok( mayOpen( { canManage: false, canRoute: false }, 'saved-replies' ) );
} );

test( 'a change names the version it was made on', async ( t ) => {
	const service = keeping( reply( '1' ) );
	const screen = await open( t, service, '#/saved-replies/1' );
	await screen.fill( 'Shortcut', 'thanks' );
	await screen.send();
	const [ call ] = service.called( 'PATCH /saved-replies/1' );
	assert.equal( call!.headers?.[ 'If-Match' ], '"3"' );
	assert.deepEqual( ( call!.body as Wording ).texts, reply( '1' ).texts );
} );

test( 'what somebody else changed meanwhile is shown, and saved over by the next save alone', async ( t ) => {
	const service = keeping( reply( '1' ) );
	const screen = await open( t, service, '#/saved-replies/1' );
	const theirs = reply( '1', { name: 'Theirs', version: 4 } );
	service.faults.push( [ 'PATCH', new Problem( 'stale', 412, { saved_reply: theirs } ) ] );
	await screen.send();
	assert.match( screen.text(), /Somebody else changed this/ );
	assert.equal( screen.all( 'input' ).map( ( field ) => ( field as HTMLInputElement ).value )[ 0 ], 'Theirs' );
	await screen.send();
	assert.equal( service.called( 'PATCH' )[ 1 ]!.headers?.[ 'If-Match' ], '"4"' );
} );

test( 'a variable that stands for nothing is named at the text', async ( t ) => {
	const service = keeping();
	const screen = await open( t, service, '#/saved-replies/new' );
	const details = { field: 'texts', variable: 'customer.shoe' };
	service.faults.push( [ 'POST', new Problem( 'unknown_variable', 422, details ) ] );
	await screen.send();
	assert.match( screen.text( '.uibs-field__error' ), /\{customer\.shoe\} stands for nothing/ );
} );

test( 'the preview fills in what the variables stand for, as text', () => {
	const values = { 'customer.first_name': '<b>', 'agent.name': 'Maya' };
	assert.equal( filledHtml( '{customer.first_name} {{agent.name}} {x.y}', values ), '&lt;b&gt; Maya {x.y}' );
} );

test( 'only languages in which something is written are kept', () => {
	assert.deepEqual( keptOf( { en: { text: 'a\n\nb', html: '' }, ar: { text: ' ', html: '' } } ), {
		en: '<div dir="auto">a</div><div dir="auto"><br></div><div dir="auto">b</div>',
	} );
	assert.equal( htmlOf( textsOf( reply( '1' ) ).en! ), reply( '1' ).texts.en );
} );
