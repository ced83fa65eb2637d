import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import { ticketList } from '../../src/state/ticket-list';
import { FakeService } from './fake-service';
import { ago, ticket } from './samples';

const OPEN = { view: 'open', inbox: null } as const;

function list( ...numbers: number[] ) {
	const service = new FakeService();
	service.tickets = numbers.map( ( number ) => ticket( number ) );
	const tickets = ticketList( inboxApi( service.transport ) );
	const state = () => tickets.store.get();
	return { service, tickets, state, numbers: () => state().rows.map( ( { number } ) => number ) };
}

test( 'a view shows its first page, newest activity first', async () => {
	const { tickets, state, numbers } = list( 1, 2, 3, 4 );
	const loading = tickets.show( OPEN );
	assert.equal( state().phase, 'loading' );
	await loading;
	assert.deepEqual( numbers(), [ 4, 3, 2 ] );
	assert.equal( state().phase, 'ready' );
} );

test( 'the end of the list brings the older tickets, without repeating any', async () => {
	const { tickets, numbers, state } = list( 1, 2, 3, 4, 5 );
	await tickets.show( OPEN );
	await tickets.more();
	assert.deepEqual( numbers(), [ 5, 4, 3, 2, 1 ] );
	assert.equal( state().cursor, null );
	await tickets.more();
	assert.deepEqual( numbers(), [ 5, 4, 3, 2, 1 ] );
} );

test( 'a page that is asked for twice at once comes once', async () => {
	const { tickets, service } = list( 1, 2, 3, 4, 5 );
	await tickets.show( OPEN );
	await Promise.all( [ tickets.more(), tickets.more() ] );
	assert.equal( service.called( 'GET /tickets' ).length, 2 );
} );

test( 'an answer that was overtaken by another view does not land in it', async () => {
	const { tickets, service, numbers } = list( 1, 2 );
	service.find( 1 ).status = 'solved';
	await Promise.all( [ tickets.show( OPEN ), tickets.show( { view: 'solved', inbox: null } ) ] );
	assert.deepEqual( numbers(), [ 1 ] );
} );

test( 'while somebody points at the list news waits, and a click brings it', async () => {
	const { tickets, service, state, numbers } = list( 1, 2 );
	await tickets.show( OPEN );
	tickets.holdWhile( () => true );
	service.tickets.push( ticket( 9 ) );
	await tickets.refresh();
	assert.deepEqual( [ numbers(), state().news ], [ [ 2, 1 ], [ 9 ] ] );
	await tickets.showNews();
	assert.deepEqual( [ numbers(), state().news ], [ [ 9, 2, 1 ], [] ] );
	service.tickets.push( ticket( 10 ) );
	await tickets.refresh();
	assert.deepEqual( state().news, [ 10 ] );
} );

test( 'while nobody points at the list it brings itself up to date', async () => {
	const { tickets, service, numbers } = list( 1, 2 );
	await tickets.show( OPEN );
	service.find( 1 ).last_activity_at = ago( 0 );
	await tickets.refresh();
	assert.deepEqual( numbers(), [ 1, 2 ] );
} );

test( 'a held row whose ticket left the view is marked, not moved', async () => {
	const { tickets, service, numbers, state } = list( 1, 2 );
	await tickets.show( OPEN );
	tickets.holdWhile( () => true );
	service.find( 2 ).status = 'solved';
	await tickets.refresh();
	assert.deepEqual( [ numbers(), state().gone ], [ [ 2, 1 ], [ 2 ] ] );
} );

test( 'bringing the list up to date keeps the older pages and their end', async () => {
	const { tickets, numbers, state } = list( 1, 2, 3, 4, 5, 6, 7 );
	await tickets.show( OPEN );
	await tickets.more();
	const { cursor } = state();
	await tickets.refresh();
	assert.deepEqual( numbers(), [ 7, 6, 5, 4, 3, 2 ] );
	assert.equal( state().cursor, cursor );
} );

test( 'a list that could not be loaded says so, and comes when asked again', async () => {
	const { tickets, service, state, numbers } = list( 1 );
	service.faults = [ [ 'GET /tickets', new Problem( 'service_unreachable', 502 ) ] ];
	await tickets.show( OPEN );
	assert.equal( state().phase, 'failed' );
	await tickets.show( OPEN );
	assert.deepEqual( [ state().phase, state().problem, numbers() ], [ 'ready', null, [ 1 ] ] );
} );

test( 'a failed page of older tickets can be asked for again', async () => {
	const { tickets, service, numbers } = list( 1, 2, 3, 4 );
	await tickets.show( OPEN );
	service.faults = [ [ 'GET /tickets', new Problem( 'fetch_error', 0 ) ] ];
	await assert.rejects( tickets.more() );
	await tickets.more();
	assert.deepEqual( numbers(), [ 4, 3, 2, 1 ] );
} );
