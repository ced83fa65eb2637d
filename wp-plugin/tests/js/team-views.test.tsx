import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import { FakeService } from './fake-service';
import { ticket } from './samples';
import { openScreen } from './screen';

const member = ( id: string ) => ( { agent_id: id, name: 'Maya', leads: false } );

/** A desk with a team of its agent's, and one of somebody else's. */
async function open( t: TestContext, hash = '', change: ( service: FakeService ) => void = () => {} ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ), ticket( 8, { team_id: '4' } ), ticket( 9, { team_id: '4', status: 'pending' } ) ];
	service.teams = [
		{ id: '4', name: 'Repairs', members: [ member( '1' ) ] },
		{ id: '5', name: 'Billing', members: [ member( '2' ) ] },
	];
	service.live = { counts: { inboxes: {}, all: {} as never, teams: { 4: 1 } } };
	change( service );
	const screen = await openScreen( service, hash );
	t.after( screen.leave );
	const views = () => screen.all( '.uib-view' ).map( ( view ) => view.textContent );
	return { service, screen, views, rows: () => screen.all( '.uib-row' ).map( ( row ) => row.dataset.ticket ) };
}

test( 'a team that somebody is in stands among his views with its open tickets', async ( t ) => {
	const { screen, rows, views } = await open( t );
	assert.ok( views().includes( 'Repairs11 ticket' ) );
	assert.ok( ! views().some( ( view ) => view?.startsWith( 'Billing' ) ) );
	await screen.click( screen.all( '.uib-view' ).find( ( view ) => view.textContent?.startsWith( 'Repairs' ) )! );
	assert.deepEqual( [ window.location.hash, rows() ], [ '#/team/4', [ '8' ] ] );
	assert.equal( screen.text( '.uib-list__title' ), 'Repairs' );
} );

test( 'a manager has every team among his views', async ( t ) => {
	const { views } = await open( t, '', ( { me } ) => ( me.can = { reply: true, manage: true } ) );
	assert.ok( views().some( ( view ) => view?.startsWith( 'Billing' ) ) );
} );

test( 'without teams nothing is said of them', async ( t ) => {
	const { screen } = await open( t, '', ( service ) => ( service.teams = [] ) );
	assert.doesNotMatch( screen.text( '.uib-views' ), /Teams/ );
} );

test( 'a team is narrowed further, and its address leads there', async ( t ) => {
	const { screen, rows } = await open( t, '#/team/4?status=pending' );
	assert.deepEqual( rows(), [ '9' ] );
	await screen.click( 'Filter the list' );
	assert.doesNotMatch( screen.text( '.uib-filter label' ), /Team/ );
} );

test( 'a ticket that goes to another team leaves the list', async ( t ) => {
	const { service, screen, rows } = await open( t, '#/team/4' );
	await screen.desk.finish( service.find( 8 ), { team_id: '5' }, 'Given.' );
	assert.deepEqual( rows(), [] );
} );

for ( const hash of [ '#/team/99', '#/nowhere', '#/open/ticket/abc', '#/open/inbox/99' ] ) {
	test( `${ hash } leads to the open tickets, and says so once`, async ( t ) => {
		const { screen, rows } = await open( t, hash );
		assert.deepEqual( rows(), [ '8', '7' ] );
		assert.match( screen.text( '.uib-notice__text' ), /Nothing is at this address/ );
		assert.deepEqual( [ screen.all( '.uib-notice' ).length, window.location.hash ], [ 1, '#/open' ] );
	} );
}

test( 'while the teams cannot be read, the list of one is shown', async ( t ) => {
	const { rows } = await open( t, '#/team/4', ( service ) => {
		service.faults = [ [ 'GET /teams', new Problem( 'service_unreachable', 502 ) ] ];
	} );
	assert.deepEqual( rows(), [ '8' ] );
} );
