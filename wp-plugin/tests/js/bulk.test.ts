import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import type { Bulk } from '../../src/model';
import { bulkChanges } from '../../src/state/bulk';
import { notices } from '../../src/state/notices';

const BEGUN: Bulk = { id: '5', state: 'running', total: 300, done: 0, left_out: 0, left_out_tickets: [], tickets: [] };
const WHERE = { view: 'open', inbox: null } as const;

/** A service whose worker is further at every look; null is a look that finds nobody. */
function open( looks: ( Partial< Bulk > | null )[] ) {
	const asked: string[] = [];
	const seen: ( number | undefined )[] = [];
	let refreshed = 0;
	const words = notices( () => undefined );
	const api = inboxApi( async ( { method = 'GET', path } ) => {
		asked.push( `${ method } ${ path }` );
		if ( method === 'POST' ) {
			return BEGUN as never;
		}
		const look = looks.shift();
		if ( look === null ) {
			throw new Problem( 'fetch_error', 0 );
		}
		return { ...BEGUN, ...look } as never;
	} );
	const bulks = bulkChanges( api, {
		agents: () => [],
		show: () => undefined,
		putBack: () => undefined,
		notices: words,
		refresh: async () => ++refreshed,
		wait: ( run ) => setTimeout( run, 0 ),
	} );
	bulks.store.subscribe( () => seen.push( bulks.store.get().job?.done ) );
	return { bulks, asked, seen, said: () => words.store.get().items, refreshed: () => refreshed };
}

test( 'a long change is followed to its end, and then the list is read again', async () => {
	const { bulks, seen, said, refreshed } = open( [ { done: 100 }, { done: 300, state: 'done' } ] );
	await bulks.changeAll( WHERE, { status: 'solved' }, 'Solved.' );
	assert.deepEqual( seen, [ 0, 100, undefined ] );
	assert.deepEqual( [ said()[ 0 ]?.text, said()[ 0 ]?.action?.label, refreshed() ], [ '300 tickets: Solved.', 'Undo', 1 ] );
} );

test( 'a look that fails is tried again', async () => {
	const { bulks, said } = open( [ null, { done: 300, state: 'done' } ] );
	await bulks.changeAll( WHERE, { status: 'solved' }, 'Solved.' );
	assert.equal( said()[ 0 ]?.isProblem, false );
} );

test( 'what was done before it was stopped can be taken back too', async () => {
	const { bulks, asked, said } = open( [ { done: 100 }, { done: 100, state: 'cancelled' }, { done: 100, state: 'done' } ] );
	const running = bulks.changeAll( WHERE, { status: 'solved' }, 'Solved.' );
	await new Promise( ( resolve ) => setTimeout( resolve, 0 ) );
	await bulks.cancel();
	await running;
	assert.ok( asked.includes( 'DELETE /bulk/5' ) );
	assert.equal( said()[ 0 ]?.text, '100 tickets: Solved.' );
} );

test( 'the first of many that were left out are named', async () => {
	const left_out_tickets = [ 1, 2, 3, 4, 5, 6 ].map( ( number ) => ( { number, reason: 'not_snoozable' } ) );
	const { bulks, said } = open( [ { done: 294, left_out: 6, left_out_tickets, state: 'done' } ] );
	await bulks.changeAll( WHERE, { snoozed_until: null }, 'Back.' );
	assert.equal( said()[ 1 ]?.text, '6 tickets were left out, because this cannot be done to them: #1, #2, #3, #4, #5…' );
} );
