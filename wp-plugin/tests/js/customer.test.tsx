import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { CustomerCards } from '../../src/api/customers-api';
import { Problem } from '../../src/api/problem';
import type { Boot } from '../../src/boot';
import { FakeService } from './fake-service';
import { ago, HOUR, message, ticket } from './samples';
import { openScreen } from './screen';

async function show( t: TestContext, prepare: ( service: FakeService ) => void = () => undefined, boot: Partial< Boot > = {} ) {
	window.localStorage.setItem( 'unified-inbox:details', 'open' );
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	prepare( service );
	const screen = await openScreen( service, '#/open/ticket/7', boot );
	t.after( screen.leave );
	return { service, screen };
}

test( 'a note on the customer is written beside the ticket', async ( t ) => {
	const { screen, service } = await show( t );
	await screen.click( 'Write a note' );
	await screen.type( 'Rings twice.', '.uib-note-form textarea' );
	await screen.submit( '.uib-note-form' );
	assert.deepEqual( service.note, { text: 'Rings twice.', version: 2 } );
	assert.match( screen.text( '.uib-customer-note' ), /Rings twice/ );
	screen.named( 'Change the note' );
} );

test( 'who comes second sees what the first wrote, and keeps his own words', async ( t ) => {
	const { screen, service } = await show( t );
	await screen.click( 'Write a note' );
	await screen.type( 'Mine', '.uib-note-form textarea' );
	service.note = { text: 'Theirs', version: 2 };
	await screen.submit( '.uib-note-form' );
	assert.match( screen.text( '.uib-note-form' ), /changed this note before you.*Theirs/s );
	assert.equal( ( screen.all( '.uib-note-form textarea' )[ 0 ] as HTMLTextAreaElement ).value, 'Mine' );
	await screen.submit( '.uib-note-form' );
	assert.deepEqual( service.note, { text: 'Mine', version: 3 } );
} );

test( 'who may only read sees a note and cannot change it', async ( t ) => {
	const { screen } = await show( t, ( service ) => ( service.note = { text: 'Rings twice.', version: 2 } ), { canReply: false } );
	assert.match( screen.text( '.uib-customer-note' ), /Rings twice/ );
	assert.throws( () => screen.named( 'Change the note' ) );
} );

const CARDS: CustomerCards = {
	user: { name: 'Petra L.', roles: [ 'Author' ], registered: ago( HOUR ), url: 'https://shop.example/wp-admin/user-edit.php?user_id=4' },
	cards: [ { title: 'Orders', html: '<p>Two <strong>orders</strong></p>' } ],
};

test( 'the panel tells who the customer is in WordPress, and what other plugins add', async ( t ) => {
	const { screen, service } = await show( t, ( one ) => ( one.cards = CARDS ) );
	assert.equal( service.called( 'GET /customers/c7/cards' ).length, 1 );
	assert.match( screen.text( '.uib-side' ), /WordPress user.*Petra L\..*Author.*Orders.*Two orders/s );
	assert.equal( screen.all( '.uib-side a' )[ 0 ]?.getAttribute( 'href' ), CARDS.user?.url );
	assert.equal( screen.all( '.uib-card strong' ).length, 1 );
} );

test( 'without its cards the panel says what it knows', async ( t ) => {
	const { screen } = await show( t, ( one ) => ( one.faults = [ [ 'GET /customers/c7/cards', new Problem( 'error', 500 ) ] ] ) );
	assert.match( screen.text( '.uib-side' ), /Customer 7.*Other tickets/s );
} );

test( 'the tabs go from the conversation to the details and back', async ( t ) => {
	const { screen } = await show( t );
	const [ talk, details ] = screen.all( '[role=tab]' ) as [ HTMLElement, HTMLElement ];
	assert.equal( details.getAttribute( 'aria-selected' ), 'true' );
	await screen.click( talk );
	assert.equal( screen.all( '.uib-side' ).length, 0 );
	await screen.press( 'ArrowRight', talk );
	assert.equal( screen.all( '.uib-side' ).length, 1 );
} );

test( 'of many other tickets five are shown, the rest when asked for, with the focus there', async ( t ) => {
	const { screen } = await show( t, ( one ) => {
		const { customer } = one.tickets[ 0 ]!;
		one.tickets.push( ...[ 11, 12, 13, 14, 15, 16, 17 ].map( ( number ) => ticket( number, { customer } ) ) );
	} );
	assert.equal( screen.all( '.uib-side .uib-other' ).length, 5 );
	await screen.click( 'Show all 7' );
	const others = screen.all( '.uib-side .uib-other' );
	assert.deepEqual( [ others.length, others.findIndex( ( one ) => one === document.activeElement ) ], [ 7, 5 ] );
} );
