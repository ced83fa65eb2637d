import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import { searching } from '../../src/state/search';
import { FakeService } from './fake-service';
import { MemoryStorage } from './memory-storage';
import { ticket } from './samples';
import { openScreen } from './screen';

const FIELD = '.uib-search__field';

async function open( t: TestContext, hash = '' ) {
	const service = new FakeService();
	service.tickets = [
		ticket( 1, { subject: 'A refund' } ),
		ticket( 2, { subject: 'Late' } ),
		ticket( 3, { subject: 'My refund', status: 'solved' } ),
	];
	const screen = await openScreen( service, hash );
	t.after( screen.leave );
	const field = screen.all( FIELD )[ 0 ]!;
	return {
		service,
		screen,
		field,
		shown: () => screen.all( '.uib-results .uib-row' ).map( ( row ) => row.dataset.ticket ),
		search: async ( words: string ) => {
			await screen.type( words, FIELD );
			await screen.press( 'Enter', field );
		},
		/** The same at once: on a busy machine what is typed is asked for before Enter comes. */
		enter: async ( words: string ) => {
			screen.desk.search.store.set( { text: words } );
			await screen.press( 'Enter', field );
		},
	};
}

function model( service = new FakeService(), storage = new MemoryStorage() ) {
	const due: ( () => void )[] = [];
	const search = searching( inboxApi( service.transport ), storage, 5, ( run ) => due.push( run ) );
	return { service, search, rest: () => due.splice( 0 ).forEach( ( run ) => run() ) };
}

test( 'what is found takes the place of the list, with the words that show why', async ( t ) => {
	const { screen, search, shown } = await open( t );
	await search( 'refund' );
	assert.deepEqual( shown(), [ '1', '3' ] );
	assert.equal( screen.text( '.uib-results [data-ticket="1"] mark' ), 'refund' );
	assert.equal( screen.text( '.uib-results [role="status"]' ), '2 tickets found' );
	assert.ok( screen.all( '.uib-list__view' )[ 0 ]!.hidden );
} );

test( 'Escape leads back to the list and the ticket that was open before', async ( t ) => {
	const { screen, field, search } = await open( t, '#/open/ticket/2' );
	await screen.press( '/' );
	field.focus();
	await search( 'refund' );
	await screen.click( screen.all( '.uib-results [data-ticket="3"] .uib-row__open' )[ 0 ]! );
	assert.equal( screen.desk.route.get().ticket, 3 );
	await screen.press( 'Escape', field );
	assert.equal( screen.desk.route.get().ticket, 2 );
	assert.equal( screen.all( '.uib-results' ).length, 0 );
	assert.equal( ( field as HTMLInputElement ).value, '' );
} );

test( 'the keys of the list walk through what was found', async ( t ) => {
	const { screen, search } = await open( t );
	await search( 'refund' );
	await screen.press( 'ArrowDown', screen.all( FIELD )[ 0 ]! );
	await screen.press( 'j' );
	await screen.press( 'o' );
	assert.equal( screen.desk.route.get().ticket, 3 );
	await screen.press( 'Escape' );
	assert.deepEqual( [ screen.desk.route.get().ticket, screen.all( '.uib-results' ).length ], [ null, 1 ] );
	await screen.press( 'Escape' );
	assert.equal( screen.all( '.uib-results' ).length, 0 );
} );

test( 'going to a view ends the search', async ( t ) => {
	const { screen, search } = await open( t );
	await search( 'refund' );
	await screen.click( screen.all( '.uib-view' )[ 0 ]! );
	assert.equal( screen.all( '.uib-results' ).length, 0 );
} );

test( 'an empty box teaches how to search, and what led somewhere is offered again', async ( t ) => {
	const { screen, field, search } = await open( t );
	await search( 'refund' );
	await screen.click( screen.all( '.uib-results .uib-row__open' )[ 0 ]! );
	await screen.press( 'Escape', field );
	await screen.click( field );
	const options = screen.all( '[role="option"]' ).map( ( one ) => one.textContent );
	assert.equal( options[ 0 ], 'refund' );
	assert.ok( options.some( ( one ) => one?.startsWith( 'from:' ) ) );
} );

test( 'a suggestion is chosen by the arrows, and nothing is asked before it has a value', async ( t ) => {
	const { service, screen, field } = await open( t );
	await screen.type( 'fr', FIELD );
	await screen.press( 'ArrowDown', field );
	assert.equal( field.getAttribute( 'aria-activedescendant' ), screen.all( '[role="option"]' )[ 0 ]!.id );
	await screen.press( 'Enter', field );
	assert.equal( ( field as HTMLInputElement ).value, 'from:' );
	// The two letters may have been asked for on a slow machine.
	const asked = service.called( 'GET /search' ).map( ( { query } ) => query?.q );
	assert.ok( ! asked.includes( 'from:' ) );
} );

test( 'a part that cannot be meant is put right with one click', async ( t ) => {
	const { service, screen, field, enter } = await open( t );
	const problems = [ { part: 'form:refund', kind: 'unknown_operator', instead: [ 'refund' ] } ];
	service.faults.push( [ 'GET /search', new Problem( 'search_not_understood', 422, { problems } ) ] );
	await enter( 'form:refund' );
	await screen.click( 'refund' );
	assert.equal( ( field as HTMLInputElement ).value, 'refund' );
	assert.equal( screen.all( '.uib-results .uib-row' ).length, 2 );
} );

test( 'where nothing is found the operators are offered', async ( t ) => {
	const { screen, field, search } = await open( t );
	await search( 'nothing' );
	assert.match( screen.text( '.uib-results' ), /Nothing found/ );
	await screen.click( screen.named( 'a tag' ) );
	assert.equal( ( field as HTMLInputElement ).value, 'nothing tag:' );
} );

test( 'a failure can be tried again', async ( t ) => {
	const { service, screen, enter, shown } = await open( t );
	service.faults.push( [ 'GET /search', new Problem( 'fetch_error', 0 ) ] );
	await enter( 'refund' );
	await screen.click( 'Try again' );
	assert.deepEqual( shown(), [ '1', '3' ] );
} );

test( 'a ticket that is solved among the results stays there as it is now', async ( t ) => {
	const { screen, search, shown } = await open( t );
	await search( 'refund' );
	await screen.click( screen.named( 'Solve', screen.all( '.uib-results [data-ticket="1"]' )[ 0 ] ) );
	assert.deepEqual( shown(), [ '1', '3' ] );
	assert.equal( screen.desk.search.store.get().found[ 0 ]!.ticket.status, 'solved' );
} );

test( 'it is asked when the fingers rest, and only for the last letters', async () => {
	const { service, search, rest } = model();
	search.type( 'r' );
	search.type( 're' );
	rest();
	assert.deepEqual( service.called( 'GET /search' ).map( ( { query } ) => query?.q ), [ 're' ] );
} );

test( 'an answer that was overtaken is not shown', async () => {
	const { service, search } = model();
	service.tickets = [ ticket( 1, { subject: 'old' } ), ticket( 2, { subject: 'new' } ) ];
	await Promise.all( [ search.submit( 'old' ), search.submit( 'new' ) ] );
	assert.deepEqual( search.store.get().found.map( ( one ) => one.ticket.number ), [ 2 ] );
} );

test( 'a part that is still being typed is not called wrong before somebody asks for it', async () => {
	const { service, search, rest } = model();
	service.tickets = [ ticket( 1, { subject: 'refund' } ) ];
	await search.submit( 'refund' );
	const problem = new Problem( 'search_not_understood', 422, { problems: [ { part: 'is:s', kind: 'unknown_value', instead: [ 'is:solved' ] } ] } );
	service.faults.push( [ 'GET /search', problem ], [ 'GET /search', problem ] );
	search.type( 'refund is:s' );
	rest();
	await new Promise( ( done ) => setTimeout( done ) );
	assert.deepEqual( [ search.store.get().misunderstood, search.store.get().found.length ], [ [], 1 ] );
	await search.submit();
	assert.equal( search.store.get().misunderstood.length, 1 );
} );

test( 'short pages are read on until there is enough to look at', async () => {
	const { service, search } = model();
	service.tickets = Array.from( { length: 20 }, ( _, at ) => ticket( at + 1, { subject: 'refund' } ) );
	await search.submit( 'refund' );
	assert.equal( search.store.get().found.length, 9 );
	await search.more();
	assert.equal( search.store.get().found.length, 18 );
} );

test( 'a browser that keeps nothing searches as well', async () => {
	const broken = { getItem: () => '{', setItem: () => { throw new Error( 'full' ); }, removeItem: () => undefined };
	const { search } = model( new FakeService(), broken as unknown as MemoryStorage );
	await search.submit( 'x' );
	search.remember();
	assert.deepEqual( search.store.get().recent, [ 'x' ] );
} );

test( 'what was found is chosen by key or box and changed at once, but never more than is shown', async ( t ) => {
	const { service, screen, search } = await open( t );
	service.tickets.push( ticket( 4, { subject: 'refund' } ), ticket( 5, { subject: 'refunds' } ) );
	// The list behind the results has more than it shows.
	await screen.desk.list.refresh();
	await search( 'refund' );
	screen.all( '.uib-results .uib-row__open' )[ 0 ]!.focus();
	await screen.press( 'x' );
	await screen.click( 'Choose all shown' );
	assert.match( screen.text( '.uib-bulk' ), /4 chosen/ );
	assert.equal( screen.all( '.uib-bulk__all' ).length, 0 );
	await screen.click( screen.all( '.uib-results [data-ticket="1"] .uib-row__check input' )[ 0 ]! );
	await screen.click( screen.named( 'Trash', screen.all( '.uib-bulk' )[ 0 ] ) );
	const { tickets } = service.called( 'POST /bulk' )[ 0 ]!.body as { tickets: { number: number }[] };
	assert.deepEqual( tickets.map( ( { number } ) => number ), [ 3, 4, 5 ] );
} );

test( 'what was chosen among the results is forgotten with them', async ( t ) => {
	const { screen, search, enter } = await open( t );
	await search( 'refund' );
	await screen.click( screen.all( '.uib-results .uib-row__check input' )[ 0 ]! );
	assert.equal( screen.all( '.uib-bulk' ).length, 1 );
	await enter( 'Late' );
	assert.equal( screen.all( '.uib-bulk' ).length, 0 );
} );

test( 'Enter behind the number of a ticket opens it, and no other', async ( t ) => {
	const { screen, shown, enter } = await open( t );
	await enter( '#99' );
	assert.deepEqual( [ shown(), screen.desk.route.get().ticket ], [ [], null ] );
	await enter( '#3' );
	assert.deepEqual( [ shown(), screen.desk.route.get().ticket ], [ [ '3' ], 3 ] );
} );

test( 'where nothing can be meant instead, nothing is offered', async ( t ) => {
	const { service, screen, enter } = await open( t );
	const problems = [ { part: 'tag:vip', kind: 'unknown_value', instead: [] } ];
	service.faults = [ [ 'GET /search', new Problem( 'search_not_understood', 422, { problems } ) ] ];
	await enter( 'tag:vip' );
	assert.equal( screen.text( '.uib-search__wrong' ), 'Nothing is called “tag:vip”.' );
} );

test( 'an empty box teaches that a ticket is found by its number', async ( t ) => {
	const { screen, field } = await open( t );
	field.focus();
	await screen.wait( 5 );
	assert.match( screen.text( '.uib-search' ), /#….*the ticket of this number/ );
} );
