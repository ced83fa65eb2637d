import './dom';
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import apiFetch from '@wordpress/api-fetch';
import { wordpressTransport } from '../../src/api/transport';

test( 'calls go through the proxy route with their method, body and headers', async () => {
	const seen: Record< string, unknown >[] = [];
	apiFetch.setFetchHandler( ( options ) => {
		seen.push( options as Record< string, unknown > );
		return Promise.resolve( { number: 7 } );
	} );
	const transport = wordpressTransport( '/unified-inbox/v1/api/' );
	const headers = { 'If-Match': '"3"' };
	const answer = await transport( { method: 'PATCH', path: '/tickets/7', body: { status: 'solved' }, headers } );
	assert.deepEqual( answer, { number: 7 } );
	assert.match( String( seen[ 0 ]!.path ), /^\/unified-inbox\/v1\/api\/tickets\/7/ );
	assert.equal( ( seen[ 0 ]!.headers as Record< string, string > )[ 'If-Match' ], '"3"' );
} );

test( 'a refused call is a Problem', async () => {
	apiFetch.setFetchHandler( () => Promise.reject( { code: 'stale', status: 412 } ) );
	await assert.rejects( wordpressTransport( 'x' )( { path: '/me' } ), { name: 'Problem', code: 'stale' } );
} );

test( 'who is logged out is asked to log in again once no key is pressed any more', async () => {
	const connectNow = mock.fn();
	window.wp = { heartbeat: { connectNow } };
	mock.timers.enable( { apis: [ 'setTimeout', 'Date' ] } );
	apiFetch.setFetchHandler( () => Promise.reject( { code: 'rest_forbidden', data: { status: 401 } } ) );
	const transport = wordpressTransport( 'x' );
	const type = () => document.dispatchEvent( new KeyboardEvent( 'keydown', { key: 'o' } ) );
	type();
	await assert.rejects( transport( { path: '/me' } ) );
	mock.timers.tick( 900 );
	type();
	mock.timers.tick( 900 );
	assert.equal( connectNow.mock.callCount(), 0 );
	mock.timers.tick( 100 );
	assert.equal( connectNow.mock.callCount(), 1 );
	mock.timers.reset();
} );
