import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatRoute, HOME, parseRoute } from '../../src/route';

test( 'every address the app writes leads back to where it was', () => {
	const routes = [
		{ view: 'open', inbox: null, ticket: null },
		{ view: 'unassigned', inbox: null, ticket: 12 },
		{ view: 'solved', inbox: '9007199254740993', ticket: null },
		{ view: 'open', inbox: '5', ticket: 7 },
	] as const;
	for ( const route of routes ) {
		assert.deepEqual( parseRoute( formatRoute( route ) ), route );
	}
} );

test( 'an address nobody knows leads home', () => {
	for ( const hash of [ '', '#', '#/nonsense', '#/open/ticket/x', '#/open/inbox/', '#/toString' ] ) {
		assert.deepEqual( parseRoute( hash ), HOME );
	}
} );
