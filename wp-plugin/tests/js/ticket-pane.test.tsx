import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Boot } from '../../src/boot';
import type { Ticket } from '../../src/model';
import { answerTo } from '../../src/parts/composer-recipients';
import { FakeService, type FakeDraft } from './fake-service';
import { file, message, ticket } from './samples';
import { openScreen } from './screen';

async function open(
	t: TestContext,
	change: Partial< Ticket > = {},
	boot: Partial< Boot > = {},
	drafts: FakeDraft[] = []
) {
	const service = new FakeService();
	service.drafts = drafts;
	service.tickets = [ ticket( 7, { subject: 'Broken bottles', ...change } ), ticket( 8 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	const screen = await openScreen( service, '#/open/ticket/7', boot );
	t.after( screen.leave );
	return { service, screen };
}

test( 'a click on the subject edits it, Enter saves it', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'Broken bottles' );
	await screen.type( 'Two broken bottles', '.uib-subject__field' );
	await screen.press( 'Enter', screen.all( '.uib-subject__field' )[ 0 ] );
	assert.equal( service.find( 7 ).subject, 'Two broken bottles' );
	assert.match( screen.text( '.uib-subject' ), /Two broken bottles/ );
} );

test( 'Escape leaves the subject and the ticket as they were', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'Broken bottles' );
	await screen.type( 'Never mind', '.uib-subject__field' );
	await screen.press( 'Escape', screen.all( '.uib-subject__field' )[ 0 ] );
	assert.equal( service.called( 'PATCH' ).length, 0 );
	assert.match( screen.text( '.uib-subject' ), /Broken bottles/ );
	assert.equal( screen.desk.route.get().ticket, 7 );
} );

test( 'an emptied subject is not saved', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'Broken bottles' );
	await screen.type( '   ', '.uib-subject__field' );
	await screen.press( 'Enter', screen.all( '.uib-subject__field' )[ 0 ] );
	assert.equal( service.called( 'PATCH' ).length, 0 );
} );

test( 'a ticket without a subject can still be opened and named', async ( t ) => {
	const { screen } = await open( t, { subject: '' } );
	assert.match( screen.text( '.uib-subject' ), /\(no subject\)/ );
} );

test( 'a known tag is one click', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'Tags: No tags' );
	await screen.click( 'refund' );
	assert.deepEqual( service.find( 7 ).tags, [ 'refund' ] );
} );

test( 'a new tag is typed, the same tag is not added twice', async ( t ) => {
	const { service, screen } = await open( t, { tags: [ 'vip' ] } );
	await screen.click( 'Tags: vip' );
	for ( const words of [ 'عاجل', ' vip ' ] ) {
		await screen.type( words, '#uib-new-tag' );
		screen.all( '.uib-tags__add' )[ 0 ]!.dispatchEvent( new Event( 'submit', { bubbles: true, cancelable: true } ) );
	}
	await screen.type( '', '#uib-new-tag' );
	assert.deepEqual( service.find( 7 ).tags, [ 'vip', 'عاجل' ] );
} );

test( 'a tag is taken off by its cross', async ( t ) => {
	const { service, screen } = await open( t, { tags: [ 'vip', 'refund' ] } );
	await screen.click( screen.all( 'button.uib-property' )[ 3 ]! );
	await screen.click( 'Remove the tag vip' );
	assert.deepEqual( service.find( 7 ).tags, [ 'refund' ] );
} );

test( 'spam goes out of the way, and the word for it can take it back', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( 'More' );
	await screen.click( screen.named( 'Mark as spam', screen.all( '[role=menu]' )[ 0 ] ) );
	assert.equal( service.find( 7 ).place, 'spam' );
	assert.equal( screen.desk.route.get().ticket, 8 );
	await screen.click( 'Undo' );
	assert.equal( service.find( 7 ).place, 'inbox' );
} );

test( 'a solved ticket offers to be opened again', async ( t ) => {
	const { service, screen } = await open( t, { status: 'solved' } );
	await screen.click( 'Open again' );
	assert.equal( service.find( 7 ).status, 'open' );
} );

test( 'details tell who the customer is and what else they asked', async ( t ) => {
	const petra = { id: 'c1', name: 'Petra', email: 'petra@customer.example' };
	const { service, screen } = await open( t, { customer: petra } );
	service.find( 8 ).customer = petra;
	await screen.desk.talk.open( 7 );
	await screen.click( 'Details' );
	assert.match( screen.text( '.uib-side' ), /petra@customer\.example/ );
	await screen.click( screen.all( '.uib-other' )[ 0 ]! );
	assert.equal( screen.desk.route.get().ticket, 8 );
} );

test( 'older messages come out from behind their count', async ( t ) => {
	const { service, screen } = await open( t );
	service.messages.set( 8, Array.from( { length: 9 }, ( _, index ) => message( String( index + 1 ) ) ) );
	await screen.click( screen.all( '[data-ticket="8"] .uib-row__open' )[ 0 ]! );
	assert.equal( screen.all( '.uib-message' ).length, 5 );
	await screen.click( '4 older messages' );
	assert.equal( screen.all( '.uib-message' ).length, 9 );
} );

test( 'a reply goes where it was addressed by hand', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.click( screen.all( '.uib-to' )[ 0 ]! );
	await screen.type( 'neighbour@street.example, petra@customer.example', '.uib-to__field input' );
	await screen.type( 'Hello both' );
	await screen.click( 'Send' );
	const body = service.called( 'POST /tickets' )[ 0 ]!.body as { to: string[]; cc?: string[] };
	assert.deepEqual( body.to, [ 'neighbour@street.example', 'petra@customer.example' ] );
	assert.equal( body.cc, undefined );
} );

test( 'an answer goes to the customer, not to a stranger who joined nor to a machine', () => {
	const about = ticket( 7 );
	const { customer } = about;
	const wife = { type: 'customer', id: 'c2', name: 'Anna', email: 'anna@customer.example' };
	assert.equal( answerTo( about, [ message( '1', { author: wife } ) ] ).name, 'Anna' );
	assert.equal( answerTo( about, [ message( '1', { author: wife, new_person: true } ) ] ), customer );
	assert.equal( answerTo( about, [ message( '1', { author: wife, automatic: 'auto_reply' } ) ] ), customer );
	assert.equal( answerTo( about, [ message( '1', { kind: 'note' } ) ] ), customer );
} );

test( 'a ticket that may belong to another one links there', async ( t ) => {
	const { screen } = await open( t, { suggestion: { number: 8 } } );
	await screen.click( '#8' );
	assert.equal( screen.desk.route.get().ticket, 8 );
} );

test( 'a ticket whose messages went into another one links there', async ( t ) => {
	const { screen } = await open( t, { suggestion: { number: 8 }, merged_into: { number: 9 } } );
	assert.equal( screen.all( '.uib-composer__field' ).length, 0 );
	await screen.click( '#9' );
	assert.equal( screen.desk.route.get().ticket, 9 );
} );

test( 'where a customer was erased there is nobody to answer, and notes are still written', async ( t ) => {
	const { screen } = await open( t, { erased: true } );
	assert.match( screen.text( '.uib-composer' ), /nobody to answer/ );
	assert.deepEqual( screen.all( '.uib-composer__tab, .uib-to, .uib-message__forward' ).map( ( { textContent } ) => textContent ), [ 'Note' ] );
	assert.equal( screen.all( '.uib-composer__field' )[ 0 ]!.getAttribute( 'aria-label' ), 'Note' );
} );

test( 'what another screen wrote is offered with its people and what it passes on', async ( t ) => {
	const other = { content: { text: '', to: [ 'smith@repairs.example' ], forwards: '1' }, updated_at: new Date().toISOString() };
	const { screen } = await open( t, {}, {}, [ { ...other, number: 7, kind: 'reply', version: '1', content: { text: 'Dear' }, other } ] );
	assert.match( screen.text( '.uib-other-draft' ), /passes a message on.*smith@repairs\.example/s );
} );

test( 'an empty field takes the direction of the screen, a written one that of its words', async ( t ) => {
	const { screen } = await open( t, {}, { isRtl: true } );
	const field = screen.all( '.uib-composer__field' )[ 0 ]!;
	assert.equal( field.getAttribute( 'dir' ), 'rtl' );
	await screen.type( 'Hello' );
	assert.equal( field.getAttribute( 'dir' ), 'auto' );
} );

test( 'the files of an early message that is passed on are named before they go', async ( t ) => {
	const draft = { number: 7, kind: 'reply' as const, version: '3', updated_at: new Date().toISOString(), other: null };
	const { service, screen } = await open( t, {}, {}, [ { ...draft, content: { text: 'See there', forwards: '1' } } ] );
	const attachments = [ file( 'f1', { name: 'plan.pdf' } ) ];
	const later = Array.from( { length: 40 }, ( _, index ) => message( String( index + 2 ) ) );
	service.messages.set( 7, [ message( '1', { attachments } ), ...later ] );
	await screen.desk.talk.open( 7 );
	await screen.wait( 30 );
	assert.match( screen.text( '.uib-to__forward' ), /passes on the message from .*plan\.pdf/s );
} );
