import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { Composition, Sending } from '../../src/model';
import { instantOf, sendTimes, wallTime } from '../../src/text/send-times';
import { sendingInWords, unsentInWords } from '../../src/text/sending-words';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

const BERLIN = 'Europe/Berlin';

async function open( t: TestContext, sending: Sending | null = null ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	const ours = sending ? [ message( '2', { kind: 'out', text: 'On its way', sending } ) ] : [];
	service.messages.set( 7, [ message( '1' ), ...ours ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	const field = (): string => ( screen.all( '.uib-composer__field' )[ 0 ] as HTMLTextAreaElement ).value;
	return { service, screen, field };
}

function sending( change: Partial< Sending > ): Sending {
	return { state: 'waiting', reason: '', detail: '', since: null, due_at: null, ...change };
}

test( 'a reply that is taken back is in the composer again', async ( t ) => {
	const { screen, field } = await open( t );
	await screen.type( 'We send new ones' );
	await screen.click( 'Send' );
	assert.equal( field(), '' );
	await screen.press( 'z' );
	assert.equal( field(), 'We send new ones' );
	assert.equal( screen.all( '.uib-message[data-kind=out]' ).length, 0 );
} );

test( 'a ticket is solved in the moment its reply leaves, which changes it too', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.type( 'It is on its way' );
	void screen.desk.send();
	service.find( 7 ).version = 2;
	await screen.press( 'e' );
	assert.deepEqual( [ service.find( 7 ).status, screen.all( '.uib-notice[data-problem]' ).length ], [ 'solved', 0 ] );
} );

test( 'who is too late to take it back is told so, and the reply stays', async ( t ) => {
	const { service, screen } = await open( t, sending( { state: 'held' } ) );
	service.faults = [ [ 'DELETE', new Problem( 'too_late', 409 ) ] ];
	await screen.click( 'Undo' );
	assert.match( screen.text( '.uib-notice' ), /on its way already/ );
	assert.equal( screen.all( '.uib-message[data-kind=out]' ).length, 1 );
} );

test( 'a reply for later says when it leaves, and can leave now', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.type( 'Good morning' );
	await screen.click( 'More ways to send' );
	await screen.click( 'In an hour' );
	assert.match( screen.text( '.uib-sending[data-state=scheduled]' ), /Will be sent/ );
	await screen.click( 'Send now' );
	assert.deepEqual( service.called( 'PATCH' )[ 0 ]?.body, { send_at: null } );
	assert.match( screen.text( '.uib-sending[data-state=waiting]' ), /nothing to do/ );
} );

test( 'a reply for later can be given another time from where it stands', async ( t ) => {
	const { service, screen } = await open( t, sending( { state: 'scheduled', due_at: '2099-11-23T07:00:00.000Z' } ) );
	await screen.click( 'Another time' );
	const field = screen.all( '.uib-pick input' )[ 0 ] as HTMLInputElement;
	assert.equal( field.value, '2099-11-23T08:00' );
	await screen.type( '2099-11-24T09:30', '.uib-pick input' );
	await screen.submit( '.uib-pick' );
	assert.deepEqual( service.called( 'PATCH' )[ 0 ]?.body, { send_at: '2099-11-24T08:30:00.000Z' } );
	assert.equal( screen.all( '.uib-pick' ).length, 0 );
} );

test( 'a reply that failed can be tried again', async ( t ) => {
	const { service, screen } = await open( t, sending( { state: 'failed', reason: 'refused' } ) );
	await screen.click( 'Try again' );
	assert.deepEqual( service.called( 'PATCH' )[ 0 ]?.body, { send_at: null } );
} );

test( 'who looked says whether an unsure reply went out', async ( t ) => {
	const { service, screen } = await open( t, sending( { state: 'unsure', reason: 'not_certain' } ) );
	await screen.click( 'It was not sent' );
	assert.deepEqual( service.called( 'PATCH' )[ 0 ]?.body, { outcome: 'not_sent' } );
} );

test( 'a reply to an address that mail came back from can be sent anyway', async ( t ) => {
	const { service, screen } = await open( t );
	const suppressed = [ { email: 'petra@customer.example', reason: 'No such address.' } ];
	service.faults = [ [ 'POST /tickets/7/messages', new Problem( 'address_suppressed', 422, { suppressed } ) ] ];
	await screen.type( 'Hello again' );
	await screen.click( 'Send' );
	assert.match( screen.text( '.uib-composer__problem' ), /petra@customer\.example came back before/ );
	await screen.click( 'Send anyway' );
	const [ first, second ] = service.called( 'POST /tickets/7/messages' ).map( ( call ) => call.body as Composition );
	assert.deepEqual( [ first?.to_suppressed, second?.to_suppressed ], [ undefined, true ] );
} );

const GONE = { email: 'petra@customer.example', reason: 'No such address.', since: '2026-11-20T08:00:00.000Z' };

test( 'an address that mail came back from is named before anything is sent', async ( t ) => {
	const { service, screen } = await open( t );
	assert.equal( screen.all( '.uib-suppressed' ).length, 0 );
	service.suppressed = [ { ...GONE, email: 'eve@example.org' } ];
	await screen.click( screen.all( '.uib-to' )[ 0 ]! );
	await screen.type( 'petra@customer.example, eve@example.org', '.uib-to__field input' );
	assert.match( screen.text( '.uib-suppressed' ), /Mail to .?eve@example\.org.? came back before.*No such address\./ );
	await screen.type( 'petra@customer.example', '.uib-to__field input' );
	assert.equal( screen.all( '.uib-suppressed' ).length, 0 );
} );

test( 'the customer whose mail came back is named as soon as his ticket is opened', async ( t ) => {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.suppressed = [ { ...GONE, email: ticket( 7 ).customer.email } ];
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	assert.match( screen.text( '.uib-suppressed' ), /came back before/ );
} );

test( 'a mailbox at its limit says until when it waits', () => {
	assert.match( sendingInWords( sending( { reason: 'send_limit' } ), 'Mon 8:00' ), /until Mon 8:00/ );
} );

test( 'a row of the outbox says what became of its reply, and other lists what was written', async ( t ) => {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.unsent = [ { ticket_number: 7, sending: sending( { state: 'failed', reason: 'refused' } ) } ];
	const screen = await openScreen( service, '#/outbox' );
	t.after( screen.leave );
	assert.equal( screen.text( '.uib-row__snippet' ), 'Not sent' );
	await screen.desk.list.show( { view: 'open', inbox: null } );
	await screen.press( 'Escape' );
	assert.doesNotMatch( screen.text( '.uib-row__snippet' ), /Not sent/ );
} );

test( 'a row of the outbox says in few words what its reply waits for', () => {
	assert.match( unsentInWords( sending( { state: 'unsure' } ), '' ), /Not certain/ );
	assert.equal( unsentInWords( sending( { reason: 'send_limit' } ), 'Mon 8:00' ), 'Waiting until Mon 8:00' );
	assert.equal( unsentInWords( sending( { reason: 'provider_busy' } ), 'Mon 8:00' ), 'Waiting to be sent' );
	assert.equal( unsentInWords( sending( { state: 'scheduled' } ), 'Mon 8:00' ), 'Will be sent Mon 8:00' );
} );

test( 'mornings are those of the site, whatever the season', () => {
	const friday = Date.parse( '2026-03-27T20:30:00Z' );
	const at = sendTimes( friday, BERLIN ).map( ( time ) => time.at );
	// On Sunday the clocks go forward: 8:00 in Berlin is then 6:00 UTC.
	assert.deepEqual( at, [ '2026-03-27T21:30:00.000Z', '2026-03-28T07:00:00.000Z', '2026-03-30T06:00:00.000Z' ] );
} );

test( 'on a Sunday tomorrow is Monday', () => {
	assert.equal( sendTimes( Date.parse( '2026-03-29T10:00:00Z' ), BERLIN ).length, 2 );
} );

test( 'a time that was picked is the one the site’s clocks show', () => {
	const at = instantOf( '2026-07-01T09:15', BERLIN );
	assert.equal( at, '2026-07-01T07:15:00.000Z' );
	assert.equal( wallTime( Date.parse( at ), BERLIN ), '2026-07-01T09:15' );
	assert.equal( instantOf( '', BERLIN ), null );
} );

test( 'nothing is sent by key before its files are whole, also not a picture that was just put in', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.type( 'See the picture' );
	const picture = Object.assign( new Blob( [ 'PNG' ] ), { name: 'pot.png' } );
	let arrive = (): void => undefined;
	service.until = new Promise< void >( ( resolve ) => void ( arrive = resolve ) );
	const embedded = screen.desk.attaching.embed( picture );
	for ( const how of [ {}, { setStatus: 'solved' as const }, { sendAt: '2099-11-23T07:00:00.000Z' } ] ) {
		await screen.desk.send( how );
	}
	service.until = null;
	arrive();
	const contentId = await embedded;
	assert.deepEqual( service.called( 'POST /tickets/7/messages' ), [] );
	assert.match( screen.desk.notices.store.get().items[ 0 ]!.text, /wait for the file/ );
	screen.desk.reply.write( { html: { reply: `<img src="cid:${ contentId }">`, note: '' } } );
	await screen.desk.send();
	assert.deepEqual( ( service.called( 'POST /tickets/7/messages' )[ 0 ]!.body as Composition ).uploads, [ '901' ] );
} );
