import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { Access, Person, Rank, Reach, ReachChange } from '../../src/settings/access/model';
import { mayOpen, withRights } from '../../src/settings/rights';
import { FakeSettings } from './fake-settings';
import { BOOT, openSettings } from './settings-screen';

const person = ( id: number, more: Partial< Person > = {} ): Person => ( {
	id,
	name: 'Maya',
	roles: [ 'Editor' ],
	rank: 'agent',
	own: null,
	...more,
} );

const reach = ( id: string, wp_user_id: number, more: Partial< Reach > = {} ): Reach => ( {
	id,
	wp_user_id,
	name: 'Maya',
	role: 'agent',
	sees_all: true,
	inbox_ids: [],
	open_elsewhere: 0,
	...more,
} );

/** A site with an agent, Maya, and a manager, Omar. */
function shop( more: Partial< Access > = {} ) {
	const who: Access = {
		roles: [
			{ name: 'administrator', label: 'Administrator', rank: 'manager' },
			{ name: 'author', label: 'Author', rank: '' },
		],
		people: [ person( 7 ), person( 8, { name: 'Omar', roles: [ 'Administrator' ], rank: 'manager' } ) ],
		may_find: true,
		...more,
	};
	const reaches = [ reach( '1', 7 ), reach( '2', 8, { name: 'Omar', role: 'manager' } ) ];
	const service = new FakeSettings();
	service.others = {
		'GET /access': () => who,
		'PUT /access/roles': () => who,
		'PUT /access/people/N': ( { path, body } ) => {
			const { rank } = body as { rank: Rank | null };
			const id = Number( path.split( '/' )[ 3 ] );
			reaches.push( reach( '3', id ) );
			return Object.assign( who, { people: [ ...who.people, person( id, { own: rank, rank: rank ?? '' } ) ] } );
		},
		'GET /agents/reach': () => ( { items: reaches, next_cursor: null } ),
		'PUT /agents/N/reach': ( { path, body } ) =>
			Object.assign( reaches.find( ( { id } ) => id === path.split( '/' )[ 2 ] )!, body as ReachChange ),
		'GET /users': () => [ { id: 9, name: 'Lina' } ],
		'GET /users/N': () => ( { id: 9, name: 'Lina' } ),
	};
	return { service, who, reaches };
}

async function open( t: TestContext, service: FakeSettings, hash = '#/access', boot = {} ) {
	const screen = await openSettings( service, hash, boot );
	t.after( screen.leave );
	return screen;
}

test( 'everybody is listed with the place, where it comes from, and the inboxes', async ( t ) => {
	const { service, reaches } = shop();
	Object.assign( reaches[ 0 ]!, { sees_all: false, inbox_ids: [ '102' ] } );
	const screen = await open( t, service );
	assert.match( screen.text( '.uibs-mailboxes' ), /Maya.*Inbox agent \(Editor\).*Billing.*Omar.*Inbox manager \(Administrator\).*All inboxes/ );
	assert.doesNotMatch( screen.text( '.uibs-mailboxes' ), /Support/ );
} );

test( 'open tickets that somebody can see no more are pointed out', async ( t ) => {
	const { service, reaches } = shop();
	Object.assign( reaches[ 0 ]!, { sees_all: false, open_elsewhere: 2 } );
	const screen = await open( t, service );
	assert.match( screen.text(), /No inbox yet/ );
	assert.match( screen.text(), /2 open tickets of this person/ );
} );

test( 'only what was changed in the table of roles is sent', async ( t ) => {
	const { service } = shop();
	const screen = await open( t, service );
	await screen.fill( 'Place of the role Author in the inbox', 'viewer' );
	await screen.send( 1 );
	assert.deepEqual( service.called( 'PUT /access/roles' )[ 0 ]?.body, { roles: { author: 'viewer' } } );
} );

test( 'the last manager stays one, and the screen says why', async ( t ) => {
	const { service } = shop();
	service.faults.push( [ 'PUT /access/roles', new Problem( 'last_manager', 409, {} ) ] );
	const screen = await open( t, service );
	await screen.fill( 'Place of the role Administrator in the inbox', '' );
	await screen.send( 1 );
	assert.match( screen.text(), /Somebody has to manage the inbox/ );
} );

test( 'somebody is limited to the inboxes that are ticked', async ( t ) => {
	const { service } = shop();
	const screen = await open( t, service, '#/access/7' );
	await screen.press( 'Only chosen onesNothing of other inboxes is shown, found, counted or mailed.' );
	assert.match( screen.text(), /sees no tickets yet/ );
	await screen.press( 'Billing' );
	await screen.send();
	assert.deepEqual( service.called( 'PUT /agents/1/reach' )[ 0 ]?.body, { sees_all: false, inbox_ids: [ '102' ] } );
	assert.deepEqual( service.called( 'PUT /access' ), [] );
	assert.equal( window.location.hash, '#/access' );
} );

test( 'of a manager no inboxes are asked', async ( t ) => {
	const screen = await open( t, shop().service, '#/access/8' );
	assert.match( screen.text(), /A manager sees every inbox/ );
	assert.equal( screen.all( 'input[type=checkbox]' ).length, 0 );
} );

test( 'somebody who is found gets a place of his own and what he sees', async ( t ) => {
	const { service } = shop();
	const screen = await open( t, service );
	await screen.fill( 'Name or e-mail address', 'lin' );
	await screen.send();
	assert.equal( service.called( 'GET /users' )[ 0 ]?.query?.search, 'lin' );
	await screen.press( 'Choose a role for Lina' );
	await screen.press( 'Inbox viewerReads everything in the inboxes that are seen, and changes nothing.' );
	await screen.send();
	assert.deepEqual( service.called( 'PUT /access/people/9' )[ 0 ]?.body, { rank: 'viewer' } );
	assert.deepEqual( service.called( 'PUT /agents/3/reach' )[ 0 ]?.body, { sees_all: true, inbox_ids: [] } );
} );

test( 'who is kept out is asked for no inboxes', async ( t ) => {
	const { service } = shop();
	const screen = await open( t, service, '#/access/7' );
	await screen.press( 'No accessThe inbox is not in the menu, and nothing of it can be read.' );
	assert.doesNotMatch( screen.text(), /Which inboxes/ );
	await screen.send();
	assert.deepEqual( service.called( 'PUT /access/people/7' )[ 0 ]?.body, { rank: '' } );
	assert.deepEqual( service.called( 'PUT /agents' ), [] );
} );

test( 'without the right to see users nobody can be looked for', async ( t ) => {
	const screen = await open( t, shop( { may_find: false } ).service );
	assert.doesNotMatch( screen.text(), /Let somebody else in/ );
} );

test( 'only managers open the page', () => {
	assert.equal( mayOpen( { canManage: true, canRoute: true }, 'access' ), true );
	assert.equal( mayOpen( { canManage: false, canRoute: true }, 'access' ), false );
} );

test( 'a lead who sees some inboxes only is not shown the rules for all', async () => {
	const { service } = shop();
	service.others[ 'GET /me' ] = () => ( { can: { reply: true, manage: false, route: false } } );
	const lead = { ...BOOT, canManage: false };
	assert.equal( ( await withRights( lead, service.transport ) ).canRoute, false );
	service.faults.push( [ 'GET /me', new Problem( 'service_unreachable', 503, {} ) ] );
	assert.equal( ( await withRights( lead, service.transport ) ).canRoute, true );
} );

test( 'of nobody else it is asked what he may do', async () => {
	const { service } = shop();
	await withRights( BOOT, service.transport );
	await withRights( { ...BOOT, canManage: false, canRoute: false }, service.transport );
	assert.deepEqual( service.calls, [] );
} );
