import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { Boot } from '../../src/boot';
import { FakeService } from './fake-service';
import { event, message, ticket } from './samples';
import { openScreen } from './screen';

const OMAR = { id: '2', name: 'Omar' };

function desk(): FakeService {
	const service = new FakeService();
	service.tickets = [
		ticket( 7, { unread: true, subject: 'Broken bottles', tags: [ 'vip' ] } ),
		ticket( 8, { assignee: OMAR } ),
		ticket( 9, { status: 'solved' } ),
	];
	service.messages.set( 7, [ message( '1', { text: 'Two are broken' } ) ] );
	service.events.set( 7, [ event( 3, { assignee_id: [ null, '2' ] } ) ] );
	return service;
}

async function open( t: TestContext, service = desk(), hash = '', boot: Partial< Boot > = {} ) {
	const screen = await openScreen( service, hash, boot );
	t.after( screen.leave );
	return screen;
}

test( 'the open tickets of all inboxes are what an agent sees first', async ( t ) => {
	const screen = await open( t );
	assert.deepEqual( screen.all( '.uib-row' ).map( ( row ) => row.dataset.ticket ), [ '8', '7' ] );
	assert.equal( screen.all( '[aria-current=page]' )[ 0 ]?.textContent?.startsWith( 'Open' ), true );
} );

test( 'an unread ticket is set apart until it is opened', async ( t ) => {
	const screen = await open( t );
	assert.equal( screen.all( '.uib-row[data-unread]' ).length, 1 );
	await screen.click( screen.all( '[data-ticket="7"] .uib-row__open' )[ 0 ]! );
	assert.equal( screen.all( '.uib-row[data-unread]' ).length, 0 );
} );

test( 'an opened ticket shows its messages and what happened to it', async ( t ) => {
	const screen = await open( t, desk(), '#/open/ticket/7' );
	assert.match( screen.text( '.uib-subject' ), /Broken bottles/ );
	assert.match( screen.text( '.uib-text' ), /Two are broken/ );
	assert.match( screen.text( '.uib-event' ), /took this/ );
} );

test( 'a first reply takes typing and one key', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/7' );
	await screen.type( 'We send new ones' );
	await screen.press( 'Enter', screen.all( '.uib-composer__field' )[ 0 ], { ctrlKey: true } );
	assert.match( screen.text( '.uib-message[data-kind=out]' ), /We send new ones/ );
	assert.equal( ( screen.all( '.uib-composer__field' )[ 0 ] as HTMLTextAreaElement ).value, '' );
	assert.match( screen.text( '.uib-notice' ), /Sent\.Undo10 s/ );
} );

test( 'send and solve goes on to the next ticket', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/7' );
	await screen.type( 'Done' );
	await screen.click( 'More ways to send' );
	await screen.click( 'Send and solve' );
	assert.equal( service.find( 7 ).status, 'solved' );
	assert.equal( screen.desk.route.get().ticket, 8 );
} );

test( 'writing a note turns the composer yellow and hides the recipients', async ( t ) => {
	const screen = await open( t, desk(), '#/open/ticket/7' );
	assert.equal( screen.all( '.uib-to' ).length, 1 );
	await screen.press( 'n' );
	assert.equal( screen.all( '.uib-composer[data-tab=note]' ).length, 1 );
	assert.equal( screen.all( '.uib-to' ).length, 0 );
} );

test( 'a note is marked as one for the team', async ( t ) => {
	const screen = await open( t, desk(), '#/open/ticket/7' );
	await screen.press( 'n' );
	await screen.type( 'Ask Omar' );
	await screen.click( 'Add note' );
	assert.match( screen.text( '.uib-message[data-kind=note]' ), /only for your team.*Ask Omar/ );
} );

test( 'messages nobody here has seen stop a reply and stand beside it', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/7' );
	await screen.type( 'Too early' );
	service.messages.get( 7 )!.push( message( '2', { text: 'One more thing' } ) );
	await screen.click( 'Send' );
	assert.match( screen.text( '.uib-unseen' ), /Nothing was sent yet.*One more thing/ );
	await screen.click( 'Send' );
	assert.match( screen.text( '.uib-message[data-kind=out]' ), /Too early/ );
} );

test( 'a reply that failed keeps its text and says what to do', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/7' );
	service.faults = [ [ 'POST /tickets', new Problem( 'service_unreachable', 502 ) ] ];
	await screen.type( 'Keep me' );
	await screen.click( 'Send' );
	assert.match( screen.text( '.uib-composer__problem' ), /did not answer/ );
	await screen.click( 'Try again' );
	assert.match( screen.text( '.uib-message[data-kind=out]' ), /Keep me/ );
} );

test( 'E solves the opened ticket, goes on, and can be undone', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/8' );
	await screen.press( 'e' );
	assert.equal( service.find( 8 ).status, 'solved' );
	assert.deepEqual( screen.all( '.uib-row' ).map( ( row ) => row.dataset.ticket ), [ '7' ] );
	assert.equal( screen.desk.route.get().ticket, 7 );
	await screen.click( 'Undo' );
	assert.equal( service.find( 8 ).status, 'open' );
} );

test( 'a key that is held down solves one ticket, and goes through many', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/8' );
	await screen.press( 'e', document, { repeat: true } );
	assert.equal( service.find( 8 ).status, 'open' );
	await screen.press( 'j', document, { repeat: true } );
	assert.equal( screen.desk.route.get().ticket, 7 );
} );

test( 'the help of somebody who may only read lists the keys he can use', async ( t ) => {
	const screen = await open( t, desk(), '', { canReply: false } );
	await screen.press( '?' );
	const keys = screen.all( '.uib-keys dd' ).map( ( key ) => key.textContent );
	assert.deepEqual( keys.filter( ( key ) => ! key?.startsWith( 'G' ) ), [ 'J', 'K', 'O', 'U', '/', 'Esc', '?' ] );
} );

test( 'no key reaches what is behind a dialog, wherever the focus went', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/8' );
	await screen.press( '?' );
	await screen.press( 'e', document.body );
	assert.equal( service.find( 8 ).status, 'open' );
	await screen.click( 'Close' );
	await screen.press( 'e', document.body );
	assert.equal( service.find( 8 ).status, 'solved' );
} );

test( 'A takes the ticket', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/7' );
	await screen.press( 'a' );
	assert.equal( service.find( 7 ).assignee?.name, 'Maya' );
} );

test( 'J and K walk through the list', async ( t ) => {
	const screen = await open( t, desk(), '#/open/ticket/8' );
	await screen.press( 'j' );
	assert.equal( screen.desk.route.get().ticket, 7 );
	await screen.press( 'k' );
	assert.equal( screen.desk.route.get().ticket, 8 );
} );

test( 'keys are text while somebody writes', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/8' );
	await screen.press( 'e', screen.all( '.uib-composer__field' )[ 0 ] );
	assert.equal( service.find( 8 ).status, 'open' );
} );

test( 'a status is changed from its quiet button', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/7' );
	await screen.click( 'Status: Open' );
	await screen.click( screen.named( 'Pending', screen.all( '[role=menu]' )[ 0 ] ) );
	assert.equal( service.find( 7 ).status, 'pending' );
} );

test( 'a colleague is chosen from the menu of assignees', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/7' );
	await screen.click( 'Assignee: Unassigned' );
	await screen.click( screen.all( '[role=menuitemradio]' ).find( ( item ) => item.textContent?.includes( 'Omar' ) )! );
	assert.equal( service.find( 7 ).assignee?.name, 'Omar' );
} );

test( 'a change somebody else made first is shown, with a word about it', async ( t ) => {
	const service = desk();
	const screen = await open( t, service, '#/open/ticket/7' );
	Object.assign( service.find( 7 ), { version: 4, priority: 'urgent' } );
	await screen.press( 'a' );
	assert.match( screen.text( '.uib-notice[data-problem]' ), /before you/ );
	assert.match( screen.text( '.uib-ticket__properties' ), /Urgent priority/ );
} );

test( 'chosen tickets are solved together', async ( t ) => {
	const service = desk();
	const screen = await open( t, service );
	for ( const box of screen.all( '.uib-row input' ) ) {
		await screen.click( box );
	}
	await screen.click( screen.named( 'Solve', screen.all( '.uib-bulk' )[ 0 ] ) );
	assert.deepEqual( service.tickets.map( ( { status } ) => status ), [ 'solved', 'solved', 'solved' ] );
	assert.equal( screen.all( '.uib-row' ).length, 0 );
} );

test( 'an empty view teaches what comes here', async ( t ) => {
	const screen = await open( t, desk(), '#/pending' );
	assert.match( screen.text( '.uib-empty' ), /Nothing is pending/ );
} );

test( 'a list that cannot be loaded says so and offers to try again', async ( t ) => {
	const service = desk();
	service.faults = [ [ 'GET /tickets', new Problem( 'service_unreachable', 502 ) ] ];
	const screen = await open( t, service );
	assert.match( screen.text( '[role=alert]' ), /did not answer/ );
	await screen.click( 'Try again' );
	assert.equal( screen.all( '.uib-row' ).length, 2 );
} );

test( 'a colleague who replies is named in the list and on the ticket', async ( t ) => {
	const service = desk();
	service.live = { presence: [ { ticket_number: 7, agent: OMAR, mode: 'replying' } ] };
	const screen = await open( t, service, '#/open/ticket/7' );
	assert.match( screen.text( '[data-ticket="7"] .uib-row__presence' ), /Omar.* is replying/ );
	assert.match( screen.text( '.uib-presence' ), /Omar.* is replying/ );
} );

test( 'somebody who may only read finds nothing to change', async ( t ) => {
	const screen = await open( t, desk(), '#/open/ticket/7', { canReply: false } );
	const found = [ '.uib-composer', '.uib-row__check', '.uib-row__actions', '.uib-solve', 'button.uib-property' ];
	assert.deepEqual( found.map( ( selector ) => screen.all( selector ).length ), [ 0, 0, 0, 0, 0 ] );
} );

test( 'everything that can be pressed has a name', async ( t ) => {
	const screen = await open( t, desk(), '#/open/ticket/7' );
	const nameless = screen
		.all( 'button, a, input, textarea' )
		.filter( ( one ) => ! one.getAttribute( 'aria-label' ) && ! one.textContent?.trim() && ! one.closest( 'label' ) );
	assert.deepEqual( nameless.map( ( one ) => one.outerHTML ), [] );
} );

test( 'the question mark opens the help, with every key in it', async ( t ) => {
	const screen = await open( t );
	await screen.press( '?' );
	assert.match( screen.text( '[role=dialog]' ), /Next ticket.*Reply.*Solve/ );
} );
