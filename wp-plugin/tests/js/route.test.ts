import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatRoute, HOME, listOf, parseRoute, readRoute } from '../../src/route';

test( 'every address the app writes leads back to where it was', () => {
	const routes = [
		{ view: 'open', inbox: null, ticket: null },
		{ view: 'unassigned', inbox: null, ticket: 12 },
		{ view: 'solved', inbox: '9007199254740993', ticket: null },
		{ view: 'open', inbox: '5', ticket: 7 },
		{ view: 'saved', inbox: null, saved: '9', ticket: 7 },
		{ view: 'open', inbox: null, ticket: 3, filter: { tag: 'متجر & more', priority: 'urgent' } },
		{ view: 'team', inbox: null, team: '4', ticket: 12 },
		{ view: 'saved', inbox: null, saved: '9', ticket: null, filter: { priority: '' } },
		{ view: 'open', inbox: null, ticket: 3, q: 'from:omar "a b"' },
	] as const;
	for ( const route of routes ) {
		assert.deepEqual( parseRoute( formatRoute( route ) ), route );
	}
} );

test( 'an address nobody knows leads home', () => {
	for ( const hash of [ '', '#', '#/nonsense', '#/open/ticket/x', '#/open/inbox/', '#/saved', '#/open/7', '#/toString' ] ) {
		assert.deepEqual( parseRoute( hash ), HOME );
	}
} );

test( 'what leads nowhere is told from the marks of other parts of the page', () => {
	for ( const hash of [ '#/nowhere', '#/open/ticket/abc', '#/saved', '#/team', '#/open/7' ] ) {
		assert.equal( readRoute( hash ), null );
	}
	for ( const hash of [ '', '#', '#wpbody-content' ] ) {
		assert.deepEqual( readRoute( hash ), HOME );
	}
} );

test( 'an opened ticket and a search show the same list, a filter another one', () => {
	const list = ( hash: string ): string => listOf( parseRoute( hash ) );
	assert.equal( list( '#/open/ticket/3?q=x' ), list( '#/open' ) );
	assert.notEqual( list( '#/open?tag=vip' ), list( '#/open' ) );
	assert.notEqual( list( '#/saved/1' ), list( '#/saved/2' ) );
} );

test( 'what no filter is called is not asked for', () => {
	assert.equal( parseRoute( '#/open?constructor=1&limit=9' ).filter, undefined );
} );
