import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { Ticket } from '../../src/model';
import { snoozeTimes } from '../../src/text/send-times';
import { FakeService } from './fake-service';
import { ago, HOUR, message, ticket } from './samples';
import { openScreen } from './screen';

const BERLIN = 'Europe/Berlin';

async function open( t: TestContext, change: Partial< Ticket > = {}, hash = '#/open/ticket/7', more: number[] = [] ) {
	const service = new FakeService();
	service.tickets = [ ticket( 8 ), ticket( 7, change ), ...more.map( ( number ) => ticket( number ) ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	const screen = await openScreen( service, hash );
	t.after( screen.leave );
	const rows = (): number[] => screen.desk.list.store.get().rows.map( ( { number } ) => number );
	return { service, screen, rows };
}

test( 'a ticket that is snoozed leaves the list, and undo brings it back', async ( t ) => {
	const { service, screen, rows } = await open( t );
	await screen.press( 's' );
	await screen.click( screen.all( '.uib-snooze button' )[ 0 ]! );
	assert.ok( Date.parse( service.find( 7 ).snoozed_until! ) > Date.now() );
	assert.deepEqual( rows(), [ 8 ] );
	assert.match( screen.text( '.uib-notice' ), /Snoozed until/ );
	await screen.press( 'z' );
	assert.equal( service.find( 7 ).snoozed_until, null );
	assert.deepEqual( rows().sort(), [ 7, 8 ] );
} );

test( 'a snoozed ticket says when it comes back, and can be brought back', async ( t ) => {
	const { service, screen } = await open( t, { snoozed_until: ago( -HOUR ) }, '#/snoozed/ticket/7' );
	assert.match( screen.text( '.uib-ticket__properties' ), /Snoozed until/ );
	await screen.click( 'Snooze' );
	await screen.click( 'Bring it back now' );
	assert.equal( service.find( 7 ).snoozed_until, null );
} );

test( 'what is done or thrown away cannot be snoozed', async ( t ) => {
	const { screen } = await open( t, { status: 'solved' }, '#/solved/ticket/7' );
	await screen.press( 's' );
	assert.equal( screen.all( '.uib-snooze' ).length, 0 );
} );

test( 'one key throws a ticket away, and undo brings it back', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.press( '#' );
	assert.equal( service.find( 7 ).place, 'trash' );
	await screen.press( 'z' );
	assert.equal( service.find( 7 ).place, 'inbox' );
} );

test( 'chosen messages become a new ticket, and undo merges it back', async ( t ) => {
	const { service, screen } = await open( t, { message_count: 2 } );
	service.messages.set( 7, [ message( '1' ), message( '2' ) ] );
	await screen.desk.talk.refresh();
	await screen.click( 'More' );
	await screen.click( 'Split into a new ticket…' );
	await screen.click( 'Choose messages' );
	assert.equal( service.called( 'POST /tickets/7/split' ).length, 0 );
	await screen.click( screen.all( '.uib-split input' )[ 1 ]! );
	await screen.type( 'The vase', '[role=dialog] input:not([type=checkbox])' );
	await screen.submit( '[role=dialog] form' );
	assert.deepEqual( service.called( 'POST /tickets/7/split' )[ 0 ]?.body, { message_ids: [ '2' ], subject: 'The vase' } );
	assert.equal( screen.desk.route.get().ticket, 90 );
	assert.match( screen.text( '.uib-notice' ), /Now the ticket #90/ );
	await screen.press( 'z' );
	assert.deepEqual( service.find( 90 ).merged_into, { number: 7 } );
	assert.equal( screen.desk.route.get().ticket, 7 );
} );

test( 'a split that is refused leaves the dialog and what was chosen', async ( t ) => {
	const { service, screen } = await open( t, { message_count: 2 } );
	service.messages.set( 7, [ message( '1' ), message( '2' ) ] );
	await screen.desk.talk.refresh();
	service.faults = [ [ 'POST /tickets/7/split', new Problem( 'not_sent_yet', 409 ) ] ];
	await screen.click( 'More' );
	await screen.click( 'Split into a new ticket…' );
	await screen.click( screen.all( '.uib-split input' )[ 1 ]! );
	await screen.submit( '[role=dialog] form' );
	assert.match( screen.text( '.uib-notice' ), /has not left/ );
	assert.equal( screen.all( '.uib-split input:checked' ).length, 1 );
} );

test( 'every message of a long conversation can be chosen, also those that were not read yet', async ( t ) => {
	const { service, screen } = await open( t, { message_count: 130 } );
	service.messages.set( 7, Array.from( { length: 130 }, ( _, index ) => message( String( index + 1 ) ) ) );
	await screen.desk.talk.open( 7 );
	service.faults = [ [ 'GET /tickets/7/messages', new Problem( 'fetch_error', 0 ) ] ];
	await screen.click( 'More' );
	await screen.click( 'Split into a new ticket…' );
	assert.equal( screen.all( '.uib-split input' ).length, 20 );
	await screen.click( screen.named( 'Try again', screen.all( '[role=dialog]' )[ 0 ] ) );
	assert.equal( screen.all( '.uib-split input' ).length, 130 );
	await screen.click( screen.all( '.uib-split input' )[ 0 ]! );
	await screen.submit( '[role=dialog] form' );
	assert.deepEqual( service.called( 'POST /tickets/7/split' )[ 0 ]?.body, { message_ids: [ '1' ], subject: '' } );
} );

test( 'a merged ticket leads on to the other one, and can be taken out again', async ( t ) => {
	const { service, screen, rows } = await open( t, { customer: ticket( 8 ).customer } );
	await screen.click( 'More' );
	await screen.click( 'Merge with another ticket…' );
	await screen.click( screen.all( '[role=dialog] .uib-other' )[ 0 ]! );
	assert.deepEqual( service.find( 7 ).merged_into, { number: 8 } );
	assert.deepEqual( [ rows(), screen.desk.route.get().ticket ], [ [ 8 ], 8 ] );
	assert.match( screen.text( '.uib-notice' ), /Merged into #8/ );
	await screen.press( 'z' );
	assert.equal( service.find( 7 ).merged_into, null );
	assert.equal( rows().length, 2 );
} );

test( 'a ticket cannot be merged into itself, and it is said why', async ( t ) => {
	const { screen } = await open( t );
	await screen.click( 'More' );
	await screen.click( 'Merge with another ticket…' );
	await screen.type( '#7', '[role=dialog] input' );
	assert.match( screen.text( '[role=dialog] [role=alert]' ), /This is the ticket itself/ );
	await screen.type( '8', '[role=dialog] input' );
	assert.equal( screen.all( '[role=dialog] [role=alert]' ).length, 0 );
} );

test( 'what went into another ticket can be taken back there', async ( t ) => {
	const { service, screen } = await open( t, { merged_into: { number: 8 } } );
	await screen.click( 'Take them back' );
	assert.equal( service.find( 7 ).merged_into, null );
} );

test( 'a ticket that may belong to another one is merged with one click', async ( t ) => {
	const { service, screen } = await open( t, { suggestion: { number: 8 } } );
	await screen.click( 'Merge' );
	assert.deepEqual( service.find( 7 ).merged_into, { number: 8 } );
} );

test( 'a merge that is refused says why, and nothing moves', async ( t ) => {
	const { service, screen, rows } = await open( t, { suggestion: { number: 8 } } );
	service.faults = [ [ 'PUT /tickets/7/merge', new Problem( 'not_mergeable', 409 ) ] ];
	await screen.click( 'Merge' );
	assert.match( screen.text( '.uib-notice' ), /Only tickets in the inbox/ );
	assert.deepEqual( [ rows().length, screen.desk.route.get().ticket ], [ 2, 7 ] );
} );

test( 'spam whose sender is blocked is undone with its block', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'More' );
	await screen.click( 'Mark as spam and block the sender' );
	assert.deepEqual( service.blocked.map( ( { email } ) => email ), [ 'c7@customer.example' ] );
	assert.equal( service.find( 7 ).place, 'spam' );
	await screen.press( 'z' );
	assert.deepEqual( [ service.blocked.length, service.find( 7 ).place ], [ 0, 'inbox' ] );
} );

test( 'what is taken out of spam can go back there, and its sender stays let in', async ( t ) => {
	const { service, screen } = await open( t, { place: 'spam' }, '#/spam/ticket/7' );
	await screen.click( 'Back to the inbox' );
	assert.deepEqual( [ service.called( 'DELETE /tickets/7/spam' ).length, service.find( 7 ).place ], [ 1, 'inbox' ] );
	await screen.press( 'z' );
	assert.deepEqual( [ service.blocked.length, service.find( 7 ).place ], [ 0, 'spam' ] );
} );

test( 'blocked senders are listed beside spam, added and let in again', async ( t ) => {
	const { service, screen } = await open( t, {}, '#/spam' );
	await screen.click( 'Blocked senders' );
	assert.match( screen.text( '[role=dialog]' ), /Nobody is blocked/ );
	service.blocked = [ { id: '5', email: 'pills@spam.example', agent_name: 'Omar', blocked_at: ago( HOUR ) } ];
	await screen.click( 'Close' );
	await screen.click( 'Blocked senders' );
	assert.match( screen.text( '[role=dialog]' ), /pills@spam\.example/ );
	await screen.click( 'Unblock' );
	assert.equal( service.blocked.length, 0 );
	await screen.click( 'Close' );
	await screen.press( 'z' );
	assert.equal( service.blocked[ 0 ]?.email, 'pills@spam.example' );
} );

test( 'who follows a ticket sees himself among its followers, until he does no more', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'Details' );
	await screen.click( 'Follow' );
	assert.deepEqual( service.find( 7 ).followers, [ { id: '1', name: 'Maya' } ] );
	assert.match( screen.text( '.uib-side' ), /Maya/ );
	await screen.click( 'Follow no more' );
	assert.deepEqual( service.find( 7 ).followers, [] );
} );

test( 'several tickets are changed with one word and taken back with one undo', async ( t ) => {
	const { service, screen, rows } = await open( t, {}, '#/open' );
	await screen.click( screen.all( '.uib-row__check input' )[ 0 ]! );
	await screen.click( 'Choose all shown' );
	await screen.click( screen.named( 'Solve', screen.all( '.uib-bulk' )[ 0 ] ) );
	assert.deepEqual( [ service.find( 7 ).status, service.find( 8 ).status, rows() ], [ 'solved', 'solved', [] ] );
	assert.match( screen.text( '.uib-notice' ), /2 tickets: Solved/ );
	await screen.press( 'z' );
	assert.deepEqual( [ service.find( 7 ).status, service.find( 8 ).status, rows().length ], [ 'open', 'open', 2 ] );
} );

test( 'of several tickets those that could not be changed stay as they are', async ( t ) => {
	const { service, screen, rows } = await open( t, {}, '#/open' );
	await screen.click( screen.all( '.uib-row__check input' )[ 0 ]! );
	await screen.click( 'Choose all shown' );
	service.find( 8 ).version++;
	await screen.click( screen.named( 'Trash', screen.all( '.uib-bulk' )[ 0 ] ) );
	assert.deepEqual( [ service.find( 7 ).place, service.find( 8 ).place, rows() ], [ 'trash', 'inbox', [ 8 ] ] );
	assert.match( screen.text( '.uib-notice' ), /1 ticket was left out, because somebody changed it meanwhile: #8/ );
} );

test( 'several tickets are changed and taken back with one request each', async ( t ) => {
	const { service, screen } = await open( t, {}, '#/open' );
	await screen.click( screen.all( '.uib-row__check input' )[ 0 ]! );
	await screen.click( 'Choose all shown' );
	await screen.click( screen.named( 'Solve', screen.all( '.uib-bulk' )[ 0 ] ) );
	await screen.press( 'z' );
	assert.deepEqual( [ service.called( 'POST /bulk' ).length, service.called( 'PATCH' ).length ], [ 2, 0 ] );
} );

test( 'a change to several that nobody answers leaves them as they were', async ( t ) => {
	const { service, screen, rows } = await open( t, {}, '#/open' );
	service.faults = [ [ 'POST /bulk', new Problem( 'service_unreachable', 503 ) ] ];
	await screen.click( screen.all( '.uib-row__check input' )[ 0 ]! );
	await screen.click( 'Choose all shown' );
	await screen.click( screen.named( 'Solve', screen.all( '.uib-bulk' )[ 0 ] ) );
	assert.deepEqual( [ rows().length, service.find( 7 ).status ], [ 2, 'open' ] );
	assert.match( screen.text( '.uib-notice' ), /did not answer/ );
} );

test( 'all that match are chosen with those that are not on the screen yet', async ( t ) => {
	const { service, screen, rows } = await open( t, {}, '#/open', [ 11, 12, 13 ] );
	await screen.click( screen.all( '.uib-row__check input' )[ 0 ]! );
	assert.equal( screen.all( '.uib-bulk__all' ).length, 0 );
	await screen.click( 'Choose all shown' );
	assert.match( screen.text( '.uib-bulk__all' ), /All 3 shown are chosen/ );
	await screen.click( 'Choose all that match' );
	await screen.click( screen.named( 'Solve', screen.all( '.uib-bulk' )[ 0 ] ) );
	assert.deepEqual( service.tickets.map( ( { status } ) => status ), Array( 5 ).fill( 'solved' ) );
	assert.deepEqual( [ rows(), screen.all( '.uib-bulk' ).length ], [ [], 0 ] );
	await screen.press( 'z' );
	assert.equal( rows().length, 5 );
} );

test( 'who takes one out of all that match goes on with the rest of what he sees', async ( t ) => {
	const { screen } = await open( t, {}, '#/open', [ 11, 12, 13 ] );
	await screen.click( screen.all( '.uib-row__check input' )[ 0 ]! );
	await screen.click( 'Choose all shown' );
	await screen.click( 'Choose all that match' );
	await screen.click( screen.all( '.uib-row__check input' )[ 0 ]! );
	assert.match( screen.text( '.uib-bulk__count' ), /2 chosen/ );
} );

test( 'what was thrown away comes back together', async ( t ) => {
	const { service, screen } = await open( t, { place: 'trash' }, '#/trash' );
	await screen.click( screen.all( '.uib-row__check input' )[ 0 ]! );
	await screen.click( screen.named( 'Back to the inbox', screen.all( '.uib-bulk' )[ 0 ] ) );
	assert.equal( service.find( 7 ).place, 'inbox' );
} );

test( 'a ticket is given to a customer who is found by name, and undo gives it back', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'More' );
	await screen.click( 'Change the customer…' );
	await screen.type( 'omar', '.uib-picker input' );
	await screen.wait( 300 );
	await screen.click( screen.all( '.uib-picker__found button' )[ 0 ]! );
	await screen.submit( '[role=dialog] form' );
	assert.deepEqual( service.called( 'PUT /tickets/7/customer' )[ 0 ]?.body, { id: '7' } );
	assert.match( screen.text( '.uib-notice' ), /another customer/ );
	await screen.press( 'z' );
	assert.deepEqual( service.called( 'PUT /tickets/7/customer' )[ 1 ]?.body, { id: 'c7' } );
} );

test( 'who called is written down as a ticket with what was said', async ( t ) => {
	const { service, screen } = await open( t, {}, '#/open' );
	await screen.click( 'New ticket' );
	await screen.submit( '[role=dialog] form' );
	assert.equal( service.called( 'POST /tickets' ).length, 0 );
	await screen.type( 'Rita Moss', '.uib-picker input' );
	await screen.click( 'Somebody new' );
	await screen.type( 'rita@example.org', '.uib-picker input[type=email]' );
	await screen.type( 'A lamp', '.uib-pick > label input' );
	await screen.type( 'She wants two.', '.uib-pick textarea' );
	await screen.submit( '[role=dialog] form' );
	assert.deepEqual( service.called( 'POST /tickets' )[ 0 ]?.body, {
		inbox_id: '101',
		customer: { name: 'Rita Moss', email: 'rita@example.org' },
		subject: 'A lamp',
		channel: 'phone',
		note: 'She wants two.',
		assignee_id: '1',
	} );
	assert.deepEqual( [ screen.desk.route.get().ticket, screen.all( '[role=dialog]' ).length ], [ 91, 0 ] );
} );

test( 'a new ticket that is refused stays in the dialog', async ( t ) => {
	const { service, screen } = await open( t, {}, '#/open' );
	service.faults = [ [ 'POST /tickets', new Problem( 'invalid_address', 422 ) ] ];
	await screen.click( 'New ticket' );
	await screen.type( 'rita@', '.uib-picker input' );
	await screen.click( 'Somebody new' );
	await screen.type( 'A lamp', '.uib-pick > label input' );
	await screen.submit( '[role=dialog] form' );
	assert.match( screen.text( '.uib-notice' ), /no address/ );
	assert.equal( screen.all( '[role=dialog]' ).length, 1 );
} );

test( 'the times to come back at are mornings by the clock of the site, each once', () => {
	const at = ( now: string ) => snoozeTimes( Date.parse( now ), BERLIN ).map( ( time ) => time.at );
	assert.deepEqual( at( '2026-11-18T10:00:00Z' ), [
		'2026-11-18T13:00:00.000Z',
		'2026-11-19T07:00:00.000Z',
		'2026-11-23T07:00:00.000Z',
		'2026-11-25T07:00:00.000Z',
	] );
	assert.equal( at( '2026-11-23T10:00:00Z' ).length, 3 );
	assert.equal( at( '2026-11-22T10:00:00Z' ).length, 3 );
} );
