import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import type { Composition } from '../../src/model';
import { createDesk } from '../../src/state/desk';
import { FakeService } from './fake-service';
import { MemoryStorage } from './memory-storage';
import { ago, message, MINUTE, NOW, ticket } from './samples';
import { BOOT } from './screen';

const settle = () => new Promise< void >( ( resolve ) => setTimeout( resolve, 5 ) );

/** The models together, without a screen: `follow` stands for the address bar. */
async function open( t: TestContext, hash = '#/open' ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7, { unread: true } ), ticket( 8 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	service.live = { seq: 10 };
	const location = { hash };
	const clock = { now: NOW };
	const desk = createDesk( inboxApi( service.transport ), BOOT, {
		location,
		storage: new MemoryStorage(),
		attention: () => ( { isHidden: false, isFocused: true } ),
		now: () => clock.now,
		wait: () => undefined,
	} );
	t.after( () => desk.live.stop() );
	const follow = async () => {
		desk.follow();
		await settle();
	};
	const ask = async () => {
		desk.live.nudge();
		await settle();
	};
	await Promise.all( [ desk.session.start(), follow() ] );
	desk.live.start();
	await settle();
	const lastLive = () => service.called( 'POST /live' ).pop()!.body;
	return { service, desk, location, clock, follow, ask, lastLive };
}

test( 'a file that is attached is part of the draft, and may be sent without words', async ( t ) => {
	const { desk, service } = await open( t, '#/open/ticket/7' );
	await desk.attaching.add( [ new File( [ 'map' ], 'map.pdf' ) ] );
	assert.deepEqual( desk.reply.store.get().uploads, [ '901' ] );
	await desk.send();
	const { text, uploads } = service.called( 'POST /tickets/7/messages' )[ 0 ]!.body as Composition;
	assert.deepEqual( [ text, uploads, desk.reply.store.get().uploads ], [ '', [ '901' ], [] ] );
} );

const hintOf = ( number: number ) => ( { seq: 11, ticket_number: number, kind: 'message_received', inbox_id: '101' } );

test( 'the address bar decides what is shown', async ( t ) => {
	const { desk, location, follow } = await open( t );
	location.hash = '#/open/ticket/7';
	await follow();
	assert.equal( desk.talk.store.get().ticket?.number, 7 );
	desk.go( { ticket: null } );
	await follow();
	assert.deepEqual( [ location.hash, desk.talk.store.get().phase ], [ '#/open', 'none' ] );
} );

test( 'a ticket is there for the next key before the browser tells of its address', async ( t ) => {
	const { desk } = await open( t );
	desk.go( { ticket: 7 } );
	assert.deepEqual( [ desk.route.get().ticket, desk.reply.store.get().number ], [ 7, 7 ] );
} );

test( 'another view is loaded, the same one is not loaded again', async ( t ) => {
	const { service, location, follow } = await open( t );
	const before = service.called( 'GET /tickets' ).filter( ( { path } ) => path === '/tickets' ).length;
	location.hash = '#/open/ticket/8';
	await follow();
	location.hash = '#/pending/ticket/8';
	await follow();
	const after = service.called( 'GET /tickets' ).filter( ( { path } ) => path === '/tickets' ).length;
	assert.equal( after, before + 1 );
} );

test( 'a message that comes into the opened ticket appears without a reload', async ( t ) => {
	const { service, desk, ask } = await open( t, '#/open/ticket/7' );
	service.messages.get( 7 )!.push( message( '2', { text: 'And another thing' } ) );
	service.live = { seq: 11, hints: [ hintOf( 7 ) ] };
	await ask();
	assert.deepEqual( desk.talk.store.get().messages.map( ( { id } ) => id ), [ '1', '2' ] );
} );

test( 'what a colleague does elsewhere changes the list and leaves the opened ticket alone', async ( t ) => {
	const { service, desk, ask } = await open( t, '#/open/ticket/7' );
	const before = service.called( 'GET /tickets/7' ).length;
	Object.assign( service.find( 8 ), { assignee: { id: '2', name: 'Omar' }, version: 2 } );
	service.live = { seq: 11, hints: [ hintOf( 8 ) ] };
	await ask();
	assert.equal( desk.list.store.get().rows.find( ( { number } ) => number === 8 )?.assignee?.name, 'Omar' );
	assert.equal( service.called( 'GET /tickets/7' ).length, before );
} );

test( 'without hints nothing is loaded again', async ( t ) => {
	const { service, ask } = await open( t, '#/open/ticket/7' );
	const before = service.called( 'GET' ).length;
	await ask();
	assert.equal( service.called( 'GET' ).length, before );
} );

test( 'colleagues hear where we are, and that we write only while we do', async ( t ) => {
	const { desk, ask, clock, lastLive } = await open( t, '#/open/ticket/7' );
	desk.reply.write( { reply: 'Dear Petra' } );
	await ask();
	assert.deepEqual( lastLive(), { after: 10, viewing: 7, mode: 'replying' } );
	clock.now += 2 * MINUTE;
	await ask();
	assert.deepEqual( lastLive(), { after: 10, viewing: 7, mode: 'viewing' } );
} );

test( 'in the list nobody is told of a ticket', async ( t ) => {
	const { lastLive } = await open( t );
	assert.deepEqual( lastLive(), { after: null, viewing: null, mode: null } );
} );

test( 'our own presence is not shown to ourselves', async ( t ) => {
	const { service, desk, ask } = await open( t );
	const here = ( id: string ) => ( { ticket_number: 7, agent: { id, name: id }, mode: 'viewing' as const } );
	service.live = { seq: 10, presence: [ here( '1' ), here( '2' ) ] };
	await ask();
	assert.deepEqual( desk.session.store.get().presence.map( ( { agent } ) => agent.id ), [ '2' ] );
} );

test( 'a lost connection is dated, and everything is loaded again after it', async ( t ) => {
	const { service, desk, ask } = await open( t );
	service.faults = [ [ 'POST /live', new Problem( 'fetch_error', 0 ) ], [ 'POST /live', new Problem( 'fetch_error', 0 ) ] ];
	await ask();
	await ask();
	assert.equal( desk.session.store.get().lostSince, NOW );
	service.tickets.push( ticket( 9, { last_activity_at: ago( 0 ) } ) );
	await ask();
	await settle();
	assert.equal( desk.session.store.get().lostSince, null );
	assert.equal( desk.list.store.get().rows[ 0 ]?.number, 9 );
} );

test( 'counts follow the live answers', async ( t ) => {
	const { service, desk, ask } = await open( t );
	const all = { open: 9, pending: 0, solved: 0, unassigned: 4, mine: 2, mentions: 0, snoozed: 0, outbox: 0, spam: 0, trash: 0 };
	service.live = { seq: 10, counts: { inboxes: { 101: { ...all, open: 5 } }, all } };
	await ask();
	const { counts, inboxes } = desk.session.store.get();
	assert.deepEqual( [ counts?.open, inboxes?.[ 0 ]?.counts.open ], [ 9, 5 ] );
} );

test( 'a session that could not start is a problem until the next answer starts it', async ( t ) => {
	const { service, desk, ask } = await open( t );
	desk.session.store.set( { me: null } );
	service.faults = [ [ 'GET /me', new Problem( 'agent_unknown', 403 ) ] ];
	await desk.session.start();
	assert.equal( desk.session.store.get().problem?.code, 'agent_unknown' );
	await ask();
	assert.deepEqual( [ desk.session.store.get().problem, desk.session.store.get().me?.name ], [ null, 'Maya' ] );
} );

test( 'undoing brings the ticket back into its list', async ( t ) => {
	const { service, desk } = await open( t );
	await desk.finish( service.find( 7 ), { place: 'spam' }, 'Moved.' );
	assert.deepEqual( desk.list.store.get().rows.map( ( { number } ) => number ), [ 8 ] );
	desk.notices.store.get().items[ 0 ]?.action?.run();
	await settle();
	assert.equal( service.find( 7 ).place, 'inbox' );
	assert.deepEqual( desk.list.store.get().rows.map( ( { number } ) => number ), [ 8, 7 ] );
} );

test( 'three acts are undone one after the other, each row where it was though the pointer is there', async ( t ) => {
	const { service, desk } = await open( t );
	service.tickets.push( ticket( 6 ) );
	await desk.list.refresh();
	desk.list.holdWhile( () => true );
	for ( const number of [ 8, 7, 6 ] ) {
		await desk.finish( service.find( number ), { place: 'trash' }, 'Moved.' );
	}
	[ 1, 2, 3 ].forEach( () => desk.notices.undo() );
	await settle();
	const { rows, news } = desk.list.store.get();
	assert.deepEqual( [ rows.map( ( { number } ) => number ), news ], [ [ 8, 7, 6 ], [] ] );
} );

test( 'several that were changed at once come back where they were', async ( t ) => {
	const { service, desk } = await open( t );
	desk.list.holdWhile( () => true );
	await desk.finishAll( [ service.find( 7 ), service.find( 8 ) ], { place: 'trash' }, 'Moved.' );
	desk.notices.undo();
	await settle();
	const { rows, news } = desk.list.store.get();
	assert.deepEqual( [ rows.map( ( { number } ) => number ), news ], [ [ 8, 7 ], [] ] );
} );

test( 'a ticket that still belongs here stays in its list', async ( t ) => {
	const { service, desk } = await open( t );
	await desk.finish( service.find( 7 ), { assignee_id: '1' }, 'Assigned.' );
	assert.deepEqual( desk.list.store.get().rows.map( ( { number } ) => number ), [ 8, 7 ] );
} );

test( 'a change that failed is not announced as done', async ( t ) => {
	const { service, desk } = await open( t );
	service.faults = [ [ 'PATCH', new Problem( 'service_unreachable', 502 ) ] ];
	await desk.finish( service.find( 7 ), { status: 'solved' }, 'Solved.' );
	assert.deepEqual( desk.notices.store.get().items.map( ( { isProblem } ) => isProblem ), [ true ] );
} );
