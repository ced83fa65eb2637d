import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { FakeService } from './fake-service';

test( 'a signature is read and saved where it belongs', async () => {
	const service = new FakeService();
	const api = inboxApi( service.transport );
	assert.deepEqual( await api.signature( null ), { text: '', variables: [ 'agent.name' ], values: { 'agent.name': 'Maya' } } );
	await api.saveSignature( '101', '{agent.name}' );
	await api.saveSignature( null, 'Ana' );
	assert.equal( ( await api.signature( '101' ) ).text, '{agent.name}' );
	assert.equal( ( await api.signature( null ) ).text, 'Ana' );
} );
