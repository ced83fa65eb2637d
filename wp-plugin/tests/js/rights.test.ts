import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import type { Boot } from '../../src/boot';
import type { LiveAnswer, Rights } from '../../src/model';
import { watchingRights } from '../../src/state/rights';

const AGENT: Rights = { reply: true, manage: false, route: false, inbox_ids: null };
const BOOT = { canReply: true, canManage: false, canRoute: false } as Boot;

/** An API whose answers to `live` are these, in order, and what was heard of changes. */
function watched( ...answers: ( Rights | Problem | undefined )[] ) {
	const heard: string[] = [];
	const service = {
		live: async () => {
			const rights = answers.shift();
			if ( rights instanceof Problem ) {
				throw rights;
			}
			return { rights } as LiveAnswer;
		},
	} as unknown as InboxApi;
	const api = watchingRights( service, BOOT, {
		onChange: ( { canReply }, isNews ) => heard.push( `${ canReply ? 'writes' : 'reads' }${ isNews ? ', news' : '' }` ),
		onRefusal: () => heard.push( 'refused' ),
	} );
	return { heard, ask: () => api.live( null, null, null ).catch( () => undefined ) };
}

test( 'rights that stay as they are change nothing', async () => {
	const { heard, ask } = watched( AGENT, { ...AGENT }, undefined );
	await ask();
	await ask();
	await ask();
	assert.deepEqual( heard, [] );
} );

test( 'who may only read from now on is told so', async () => {
	const { heard, ask } = watched( AGENT, { ...AGENT, reply: false } );
	await ask();
	await ask();
	assert.deepEqual( heard, [ 'reads, news' ] );
} );

test( 'other inboxes are other rights', async () => {
	const { heard, ask } = watched( { ...AGENT, inbox_ids: [ '1', '2' ] }, { ...AGENT, inbox_ids: [ '1' ] } );
	await ask();
	assert.deepEqual( heard, [] );
	await ask();
	assert.deepEqual( heard, [ 'writes, news' ] );
} );

test( 'what the page did not know when it was made is no news', async () => {
	const { heard, ask } = watched( { ...AGENT, reply: false } );
	await ask();
	assert.deepEqual( heard, [ 'reads' ] );
} );

test( 'who may not even look is told so, but not who is only logged out', async () => {
	const { heard, ask } = watched(
		new Problem( 'rest_forbidden', 401 ),
		new Problem( 'rest_cookie_invalid_nonce', 403 ),
		new Problem( 'rest_forbidden', 403 ),
		new Problem( 'agent_unknown', 403 )
	);
	await ask();
	await ask();
	assert.deepEqual( heard, [] );
	await ask();
	await ask();
	assert.deepEqual( heard, [ 'refused', 'refused' ] );
} );
