import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Ticket } from '../../src/model';
import { NotPaired } from '../../src/parts/empty';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { BOOT, openScreen, type Screen } from './screen';

const HOUR = 3_600_000;
const since = ( hours: number ): string => new Date( Date.now() - hours * HOUR ).toISOString();

async function open( t: TestContext, tickets: Ticket[], hash = '' ) {
	const service = new FakeService();
	service.tickets = tickets;
	const screen = await openScreen( service, hash );
	t.after( screen.leave );
	return { service, screen };
}

test( 'a row says how long the customer waits, in red only when it is late', async ( t ) => {
	const { screen } = await open( t, [
		ticket( 1, { waiting_since: since( 30 ) } ),
		ticket( 2, { waiting_since: since( 3 ) } ),
		ticket( 3, { waiting_since: null, last_activity_at: since( 50 ) } ),
	] );
	const time = ( number: number ) => screen.all( `[data-ticket="${ number }"] .uib-row__time` )[ 0 ]!;
	assert.match( time( 1 ).textContent ?? '', /^1 d.*Waiting since/ );
	assert.deepEqual( [ 1, 2, 3 ].map( ( number ) => time( number ).hasAttribute( 'data-late' ) ), [ true, false, false ] );
	assert.match( time( 3 ).textContent ?? '', /^2 d.*Last activity/ );
} );

test( 'a row shows two tags and counts the rest', async ( t ) => {
	const { screen } = await open( t, [ ticket( 1, { tags: [ 'a', 'b', 'c', 'd' ] } ) ] );
	assert.deepEqual( screen.all( '.uib-row .uib-tag' ).map( ( tag ) => tag.textContent ), [ 'a', 'b', '+2' ] );
} );

test( 'the words of a customer keep their direction', async ( t ) => {
	const { screen } = await open( t, [ ticket( 1, { subject: 'أين طلبي؟', direction: 'rtl', snippet_direction: 'ltr' } ) ] );
	assert.equal( screen.all( '.uib-row__subject' )[ 0 ]?.dir, 'rtl' );
	assert.equal( screen.all( '.uib-row__snippet' )[ 0 ]?.dir, 'ltr' );
} );

test( 'priority is said in words, and only when it is high', async ( t ) => {
	const { screen } = await open( t, [ ticket( 1, { priority: 'urgent' } ), ticket( 2 ), ticket( 3, { priority: 'low' } ) ] );
	assert.equal( screen.text( '.uib-priority' ), 'Urgent' );
} );

test( 'an inbox shows its own tickets, narrowed by status', async ( t ) => {
	const { screen } = await open( t, [
		ticket( 1, { inbox_id: '101' } ),
		ticket( 2, { inbox_id: '102' } ),
		ticket( 3, { inbox_id: '101', status: 'pending' } ),
	] );
	await screen.click( screen.all( '.uib-view' ).find( ( view ) => view.textContent?.startsWith( 'Support' ) )! );
	assert.deepEqual( screen.all( '.uib-row' ).map( ( row ) => row.dataset.ticket ), [ '1' ] );
	await screen.click( screen.named( 'Pending', screen.all( '.uib-tabs' )[ 0 ] ) );
	assert.deepEqual( screen.all( '.uib-row' ).map( ( row ) => row.dataset.ticket ), [ '3' ] );
} );

test( 'news waits in a bar while somebody points at the list, and comes with a click', async ( t ) => {
	const { service, screen } = await open( t, [ ticket( 1 ) ] );
	screen.desk.list.holdWhile( () => true );
	service.tickets.push( ticket( 2 ), ticket( 3 ) );
	await screen.desk.list.refresh();
	await screen.click( '2 new tickets' );
	assert.deepEqual( screen.all( '.uib-row' ).map( ( row ) => row.dataset.ticket ), [ '3', '2', '1' ] );
	assert.equal( screen.all( '.uib-news' ).length, 0 );
} );

test( 'older tickets come by the button at the end too', async ( t ) => {
	const { screen } = await open( t, [ 1, 2, 3, 4 ].map( ( number ) => ticket( number ) ) );
	await screen.click( 'Show older tickets' );
	assert.equal( screen.all( '.uib-row' ).length, 4 );
} );

test( 'a ticket is solved from its row without opening it', async ( t ) => {
	const { service, screen } = await open( t, [ ticket( 1 ), ticket( 2 ) ] );
	await screen.click( screen.named( 'Solve', screen.all( '[data-ticket="1"]' )[ 0 ] ) );
	assert.equal( service.find( 1 ).status, 'solved' );
	assert.deepEqual( [ screen.all( '.uib-row' ).length, screen.desk.route.get().ticket ], [ 1, null ] );
} );

test( 'in the spam a row offers the way back only', async ( t ) => {
	const { service, screen } = await open( t, [ ticket( 1, { place: 'spam' } ) ], '#/spam' );
	assert.equal( screen.all( '.uib-row__actions button' ).length, 1 );
	await screen.click( 'Back to the inbox' );
	assert.equal( service.find( 1 ).place, 'inbox' );
} );

test( 'somebody without a name is shown by address', async ( t ) => {
	const { screen } = await open( t, [ ticket( 1, { customer: { id: 'c', name: '', email: 'form@tiny.example' } } ) ] );
	assert.equal( screen.text( '.uib-row__who' ), 'form@tiny.example' );
} );

test( 'before the site is connected a manager finds the way, others whom to ask', () => {
	const manager = renderToStaticMarkup( <NotPaired boot={ { ...BOOT, canManage: true } } /> );
	assert.match( manager, /href="https:\/\/shop\.example\/settings"/ );
	const agent = renderToStaticMarkup( <NotPaired boot={ BOOT } /> );
	assert.doesNotMatch( agent, /href=/ );
	assert.match( agent, /Ask a manager/ );
} );

test( 'of ten thousand tickets some rows are in the page, and each says where it stands', async ( t ) => {
	const { screen } = await open( t, [ ticket( 1 ) ] );
	const many = Array.from( { length: 10_000 }, ( _, place ) => ticket( 10_000 - place ) );
	screen.desk.list.store.set( { rows: many } );
	await screen.press( 'j' );
	const rows = screen.all( '.uib-row' );
	assert.ok( rows.length >= 20 && rows.length <= 40, `${ rows.length } rows` );
	assert.deepEqual( [ rows[ 4 ]?.getAttribute( 'aria-posinset' ), rows[ 4 ]?.getAttribute( 'aria-setsize' ) ], [ '5', '10000' ] );
	assert.equal( document.activeElement?.closest< HTMLElement >( '[data-ticket]' )?.dataset.ticket, '10000' );
} );

test( 'a colleague who looks at a ticket is named in its row', async ( t ) => {
	const { screen } = await open( t, [ ticket( 1 ), ticket( 2 ) ] );
	screen.desk.session.store.set( { presence: [ { ticket_number: 2, agent: { id: '2', name: 'Omar' }, mode: 'viewing' } ] } );
	await screen.press( 'Shift' );
	assert.match( screen.text( '[data-ticket="2"]' ), /Omar.* is viewing/ );
	assert.doesNotMatch( screen.text( '[data-ticket="1"]' ), /viewing/ );
} );

const shown = ( screen: Screen ) => screen.all( '.uib-row' ).map( ( row ) => row.dataset.ticket );

test( 'a list is sorted by who waits longest, as its address says and a chip beside it', async ( t ) => {
	const { service, screen } = await open( t, [
		ticket( 1, { waiting_since: since( 30 ) } ),
		ticket( 2, { waiting_since: since( 3 ) } ),
		ticket( 3 ),
	] );
	assert.deepEqual( shown( screen ), [ '3', '2', '1' ] );
	await screen.click( 'Sort the list' );
	await screen.click( 'Longest waiting' );
	assert.deepEqual( shown( screen ), [ '1', '2', '3' ] );
	assert.equal( screen.desk.route.get().filter?.order, 'waiting' );
	assert.match( screen.text( '.uib-filters__chip' ), /Order: Longest waiting/ );
	await screen.click( 'Remove the filter Order' );
	assert.equal( service.called( 'GET /tickets' ).pop()!.query?.order, undefined );
	assert.deepEqual( shown( screen ), [ '3', '2', '1' ] );
} );

test( 'a ticket that is back from a snooze says so until it was opened', async ( t ) => {
	const { service, screen } = await open( t, [ ticket( 1, { back_from_snooze: true } ), ticket( 2 ) ] );
	service.messages.set( 1, [ message( '5' ) ] );
	assert.equal( screen.text( '[data-ticket="1"] .uib-row__back' ), 'Back from snooze' );
	assert.equal( screen.all( '[data-ticket="2"] .uib-row__back' ).length, 0 );
	await screen.click( screen.all( '[data-ticket="1"] .uib-row__open' )[ 0 ]! );
	assert.equal( service.called( 'PUT /tickets/1/seen' ).length, 1 );
	assert.equal( screen.all( '.uib-row__back' ).length, 0 );
} );

test( 'the view of mentions holds what mentions whoever looks, or says what it is for', async ( t ) => {
	const { service, screen } = await open( t, [ ticket( 1 ), ticket( 2, { status: 'solved' } ) ] );
	service.mentioned = [ 2 ];
	await screen.click( screen.all( '.uib-view' ).find( ( view ) => view.textContent === 'Mentions' )! );
	assert.deepEqual( shown( screen ), [ '2' ] );
	service.mentioned = [];
	await screen.desk.list.refresh();
	await screen.wait( 0 );
	assert.match( screen.text( '.uib-empty' ), /No new mentions/ );
} );
