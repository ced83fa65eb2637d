import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Ticket } from '../../src/model';
import { FakeService } from './fake-service';
import { ticket } from './samples';
import { openScreen, type Screen } from './screen';

const URGENT = ticket( 1, { priority: 'urgent', tags: [ 'refund' ] } );

async function open( t: TestContext, tickets: Ticket[] = [ URGENT, ticket( 2 ) ], hash = '' ) {
	const service = new FakeService();
	service.tickets = tickets;
	const screen = await openScreen( service, hash, { canRoute: true } );
	t.after( screen.leave );
	return { service, screen };
}

const rows = ( screen: Screen ) => screen.all( '.uib-row' ).map( ( row ) => row.dataset.ticket );
const chips = ( screen: Screen ) => screen.all( '.uib-filters__chip' ).map( ( chip ) => chip.textContent );

async function narrow( screen: Screen, label: string, value: string ): Promise< void > {
	if ( ! screen.all( '.uib-filter' ).length ) {
		await screen.click( 'Filter the list' );
	}
	await screen.select( label, value );
}

async function save( screen: Screen, name: string ): Promise< void > {
	await screen.click( 'Save this view' );
	await screen.type( name, '.uib-viewform > input' );
	await screen.submit( '.uib-viewform' );
}

test( 'a list is narrowed at once, says so, and has an address', async ( t ) => {
	const { screen } = await open( t );
	await narrow( screen, 'Priority', 'urgent' );
	assert.deepEqual( [ rows( screen ), chips( screen ) ], [ [ '1' ], [ 'Priority: Urgent' ] ] );
	assert.equal( window.location.hash, '#/open?priority=urgent' );
	await screen.click( 'Remove the filter Priority' );
	assert.deepEqual( rows( screen ), [ '2', '1' ] );
	assert.equal( window.location.hash, '#/open' );
} );

test( 'an address brings the filter back', async ( t ) => {
	const { screen } = await open( t, [ URGENT, ticket( 2 ) ], '#/open?tag=refund&waiting_hours=36' );
	assert.deepEqual( chips( screen ), [ 'Tag: refund', 'Waiting longer than: 36 hours' ] );
	assert.deepEqual( rows( screen ), [ '1' ] );
} );

test( 'a customer is found by name, and called by it', async ( t ) => {
	const { screen } = await open( t, [ ticket( 1, { customer: { id: '7', name: 'Omar Haddad', email: '' } } ), ticket( 2 ) ] );
	await screen.click( 'Filter the list' );
	await screen.type( 'oma', '.uib-filter input' );
	await screen.click( 'Omar Haddad' );
	assert.deepEqual( [ rows( screen ), chips( screen ) ], [ [ '1' ], [ 'Customer: Omar Haddad' ] ] );
} );

test( 'where nothing fits it is said what to do', async ( t ) => {
	const { screen } = await open( t, [ ticket( 2 ) ], '#/open?priority=low' );
	assert.match( screen.text( '.uib-list' ), /No ticket fits/ );
} );

test( 'what the list is narrowed to becomes a view with a name and a number', async ( t ) => {
	const { service, screen } = await open( t );
	await narrow( screen, 'Priority', 'urgent' );
	await save( screen, 'Burning' );
	assert.deepEqual( service.views[ 0 ]?.filter, { status: 'open', snoozed: 'false', priority: 'urgent' } );
	assert.match( screen.text( '.uib-view[aria-current]' ), /^Burning1/ );
	assert.equal( window.location.hash, `#/saved/${ service.views[ 0 ]?.id }` );
	assert.deepEqual( rows( screen ), [ '1' ] );
} );

test( 'a changed view is kept as it is, saved, or put back', async ( t ) => {
	const { service, screen } = await open( t );
	await narrow( screen, 'Priority', 'urgent' );
	await save( screen, 'Burning' );
	await screen.click( 'Remove the filter Priority' );
	assert.deepEqual( rows( screen ), [ '2', '1' ] );
	await screen.click( 'Undo the changes' );
	assert.deepEqual( rows( screen ), [ '1' ] );
	await screen.click( 'Remove the filter Priority' );
	await screen.click( 'Save the changes' );
	assert.deepEqual( service.views[ 0 ]?.filter, { status: 'open', snoozed: 'false' } );
	assert.deepEqual( [ rows( screen ), window.location.hash ], [ [ '2', '1' ], `#/saved/${ service.views[ 0 ]?.id }` ] );
} );

test( 'a view is removed, and that is undone', async ( t ) => {
	const { service, screen } = await open( t );
	await narrow( screen, 'Priority', 'urgent' );
	await save( screen, 'Burning' );
	await screen.click( 'Change this view' );
	await screen.click( 'Remove the view' );
	assert.deepEqual( [ service.views.length, window.location.hash ], [ 0, '#/open' ] );
	await screen.click( 'Undo' );
	assert.equal( service.views[ 0 ]?.name, 'Burning' );
} );

test( 'views are put in another order', async ( t ) => {
	const { service, screen } = await open( t );
	for ( const [ name, priority ] of [ [ 'A', 'urgent' ], [ 'B', 'low' ] ] as const ) {
		await screen.click( screen.all( '.uib-view' ).find( ( view ) => view.textContent?.startsWith( 'Open' ) )! );
		await narrow( screen, 'Priority', priority );
		await save( screen, name );
	}
	await screen.click( 'Change this view' );
	await screen.click( 'Move up' );
	assert.deepEqual( service.views.map( ( { name } ) => name ), [ 'B', 'A' ] );
} );

test( 'a view that is gone leads home, and it is said', async ( t ) => {
	const { screen } = await open( t, [ ticket( 2 ) ], '#/saved/404' );
	assert.match( screen.text( '.uib-notices' ), /This view cannot be shown/ );
	assert.equal( window.location.hash, '#/open' );
} );

test( 'more than the service counts is said as more', async ( t ) => {
	const { service, screen } = await open( t );
	service.views = [ { id: '1', name: 'Many', shared: true, filter: {}, may_change: false, count: 100, has_more: true, version: 1 } ];
	await screen.desk.saved.refresh( true );
	await screen.press( 'Shift' );
	assert.match( screen.text( '.uib-views' ), /Many99\+more than 99 tickets/ );
} );

test( 'a search stands in the address, and comes back with it', async ( t ) => {
	const { screen } = await open( t, [ ticket( 1, { subject: 'lost parcel' } ), ticket( 2 ) ], '#/open?q=lost' );
	assert.deepEqual( screen.all( '.uib-results .uib-row' ).map( ( row ) => row.dataset.ticket ), [ '1' ] );
	await screen.click( 'End the search' );
	assert.equal( window.location.hash, '#/open' );
} );

test( 'a ticket left unread is set in bold again, for this agent', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( 'j' );
	await screen.press( 'u' );
	assert.equal( service.called( 'DELETE /tickets/2/seen' ).length, 1 );
	assert.ok( screen.all( '[data-ticket="2"]' )[ 0 ]?.hasAttribute( 'data-unread' ) );
} );

test( 'single keys can be switched off, and stay so', async ( t ) => {
	const { screen } = await open( t );
	await screen.press( '?' );
	await screen.click( screen.all( '.uib-keys__on input' )[ 0 ]! );
	await screen.click( 'Close' );
	await screen.press( 'g' );
	await screen.press( 'm' );
	assert.equal( screen.desk.route.get().view, 'open' );
	assert.equal( screen.desk.preferences.store.get().keys, false );
} );

test( 'two keys lead to a view, and X chooses a row', async ( t ) => {
	const { screen } = await open( t );
	await screen.press( 'j' );
	await screen.press( 'x' );
	assert.equal( screen.desk.choice.store.get().checked.length, 1 );
	// Both at once: the second does not wait for a busy machine.
	document.dispatchEvent( new KeyboardEvent( 'keydown', { key: 'g' } ) );
	await screen.press( 'm' );
	assert.equal( screen.desk.route.get().view, 'mine' );
} );
