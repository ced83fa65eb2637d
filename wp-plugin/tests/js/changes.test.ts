import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import type { Ticket } from '../../src/model';
import { changed, ticketChanges } from '../../src/state/changes';
import { FakeService } from './fake-service';
import { ticket } from './samples';

function changes() {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	const shown: Ticket[] = [];
	const warnings: string[] = [];
	const { change, after } = ticketChanges( inboxApi( service.transport ), {
		agents: () => service.agents,
		show: ( one ) => shown.push( one ),
		warn: ( text ) => warnings.push( text ),
	} );
	return { service, shown, warnings, change, after, last: () => shown[ shown.length - 1 ]! };
}

test( 'a change shows at once, before the service has answered', async () => {
	const { change, shown } = changes();
	const done = change( ticket( 7 ), { status: 'pending' } );
	await Promise.resolve();
	assert.equal( shown[ 0 ]?.status, 'pending' );
	await done;
	assert.equal( shown[ 1 ]?.version, 2 );
} );

test( 'an assignee is shown by name', () => {
	const agents = [ { id: '2', name: 'Omar' } ];
	assert.deepEqual( changed( ticket( 7 ), { assignee_id: '2' }, agents ).assignee, { id: '2', name: 'Omar' } );
	assert.equal( changed( ticket( 7, { assignee: agents[ 0 ] } ), { assignee_id: null }, agents ).assignee, null );
	assert.equal( changed( ticket( 7, { assignee: agents[ 0 ] } ), { status: 'solved' }, agents ).assignee?.id, '2' );
} );

test( 'two quick changes of one ticket go one after the other, each with the right version', async () => {
	const { change, service, warnings } = changes();
	const before = ticket( 7 );
	await Promise.all( [ change( before, { status: 'pending' } ), change( before, { priority: 'high' } ) ] );
	assert.deepEqual( service.called( 'PATCH' ).map( ( { headers } ) => headers?.[ 'If-Match' ] ), [ '"1"', '"2"' ] );
	assert.deepEqual( [ service.find( 7 ).status, service.find( 7 ).priority, warnings ], [ 'pending', 'high', [] ] );
} );

test( 'a change waits for what else of ours changes the ticket, and goes on from there', async () => {
	const { change, after, service, warnings } = changes();
	service.find( 7 ).version = 4;
	after( 7, Promise.resolve( ticket( 7, { version: 4 } ) ) );
	await change( ticket( 7 ), { status: 'solved' } );
	assert.deepEqual( [ service.find( 7 ).status, warnings ], [ 'solved', [] ] );
} );

test( 'a ticket that somebody else changed is shown as it is now, and why', async () => {
	const { change, service, warnings, last } = changes();
	service.find( 7 ).version = 5;
	service.find( 7 ).status = 'solved';
	assert.equal( await change( ticket( 7 ), { priority: 'high' } ), null );
	assert.deepEqual( [ last().status, last().priority, last().version ], [ 'solved', 'normal', 5 ] );
	assert.match( warnings[ 0 ] ?? '', /before you/ );
} );

test( 'a change that did not work is taken back on the screen', async () => {
	const { change, service, warnings, last } = changes();
	service.faults = [ [ 'PATCH', new Problem( 'service_unreachable', 502 ) ] ];
	assert.equal( await change( ticket( 7 ), { status: 'solved' } ), null );
	assert.equal( last().status, 'open' );
	assert.equal( warnings.length, 1 );
} );

test( 'after a failed change the next one works', async () => {
	const { change, service } = changes();
	service.faults = [ [ 'PATCH', new Problem( 'fetch_error', 0 ) ] ];
	await change( ticket( 7 ), { status: 'solved' } );
	assert.equal( ( await change( ticket( 7 ), { status: 'pending' } ) )?.status, 'pending' );
} );
