import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import type { LiveAnswer } from '../../src/model';
import { liveDelay, liveNews, type LiveSurroundings } from '../../src/state/live';
import { FakeService } from './fake-service';

const settle = () => new Promise< void >( ( resolve ) => setImmediate( resolve ) );

function watch( t: TestContext, change: Partial< LiveSurroundings > = {} ) {
	t.mock.timers.enable( { apis: [ 'setTimeout' ] } );
	const service = new FakeService();
	const attention = { isHidden: false, isFocused: true };
	const seen = { answers: [] as LiveAnswer[], reloads: 0, lost: [] as boolean[] };
	const live = liveNews( inboxApi( service.transport ), {
		attention: () => attention,
		viewing: () => ( { number: 7, mode: 'viewing' } ),
		onAnswer: ( answer ) => seen.answers.push( answer ),
		onReload: () => seen.reloads++,
		onLost: ( isLost ) => seen.lost.push( isLost ),
		...change,
	} );
	t.after( () => live.stop() );
	const pass = async ( milliseconds: number ) => {
		t.mock.timers.tick( milliseconds );
		await settle();
	};
	return { service, live, attention, seen, pass, asked: () => service.called( 'POST /live' ).length };
}

test( 'questions come every four seconds while looked at, every fifteen beside, every minute when hidden', () => {
	assert.equal( liveDelay( { isHidden: false, isFocused: true }, 0 ), 4_000 );
	assert.equal( liveDelay( { isHidden: false, isFocused: false }, 0 ), 15_000 );
	assert.equal( liveDelay( { isHidden: true, isFocused: false }, 0 ), 60_000 );
} );

test( 'after failures the questions become rarer, up to half a minute', () => {
	const delays = [ 1, 2, 3, 4, 9 ].map( ( failures ) => liveDelay( { isHidden: false, isFocused: true }, failures ) );
	assert.deepEqual( delays, [ 4_000, 8_000, 16_000, 30_000, 30_000 ] );
} );

test( 'the first question asks for nothing old, the next goes on from the answer', async ( t ) => {
	const { service, live, pass } = watch( t );
	service.live = { seq: 41 };
	live.start();
	await settle();
	await pass( 4_000 );
	assert.deepEqual( service.called( 'POST /live' ).map( ( { body } ) => ( body as { after: number } ).after ), [ null, 41 ] );
	assert.deepEqual( service.calls[ 1 ]!.body, { after: 41, viewing: 7, mode: 'viewing' } );
} );

test( 'a hidden page asks seldom, and at once when it comes back', async ( t ) => {
	const { live, attention, pass, asked } = watch( t );
	live.start();
	await settle();
	attention.isHidden = true;
	await pass( 60_000 );
	assert.equal( asked(), 1 );
	await pass( 60_000 );
	assert.equal( asked(), 2 );
	attention.isHidden = false;
	live.nudge();
	await settle();
	assert.equal( asked(), 3 );
} );

test( 'one lost answer is no lost connection, two are', async ( t ) => {
	const { service, live, seen, pass } = watch( t );
	service.faults = [ [ 'POST /live', new Problem( 'fetch_error', 0 ) ], [ 'POST /live', new Problem( 'service_unreachable', 502 ) ] ];
	live.start();
	await settle();
	assert.deepEqual( seen.lost, [ false ] );
	await pass( 4_000 );
	assert.deepEqual( seen.lost, [ false, true ] );
	await pass( 8_000 );
	assert.deepEqual( seen.lost, [ false, true, false ] );
	assert.equal( seen.answers.length, 1 );
} );

test( 'when the service has forgotten where we were everything is loaded again', async ( t ) => {
	const { service, live, seen, pass } = watch( t );
	service.live = { seq: 9 };
	live.start();
	await settle();
	service.faults = [ [ 'POST /live', new Problem( 'reload', 410 ) ] ];
	await pass( 4_000 );
	assert.equal( seen.reloads, 1 );
	await pass( 4_000 );
	assert.equal( ( service.calls[ 2 ]!.body as { after: unknown } ).after, null );
} );

test( 'questions never overlap', async ( t ) => {
	const { live, asked } = watch( t );
	live.start();
	live.nudge();
	live.nudge();
	await settle();
	assert.equal( asked(), 1 );
} );

test( 'a stopped watch asks nothing more', async ( t ) => {
	const { live, pass, asked } = watch( t );
	live.start();
	await settle();
	live.stop();
	await pass( 60_000 );
	assert.equal( asked(), 1 );
} );
