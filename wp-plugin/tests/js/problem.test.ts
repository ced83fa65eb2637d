import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, problemInWords, toProblem } from '../../src/api/problem';
import { withQuery } from '../../src/api/transport';

test( 'a problem document, a WP_Error and a broken network become one kind of error', () => {
	const fromService = toProblem( { code: 'stale', status: 412, detail: 'Changed.', ticket: { number: 7 } } );
	assert.deepEqual( [ fromService.code, fromService.status, fromService.message ], [ 'stale', 412, 'Changed.' ] );
	assert.deepEqual( fromService.details.ticket, { number: 7 } );
	const fromWordPress = toProblem( { code: 'rest_forbidden', message: 'No.', data: { status: 403 } } );
	assert.deepEqual( [ fromWordPress.code, fromWordPress.status, fromWordPress.message ], [ 'rest_forbidden', 403, 'No.' ] );
	const fromBrowser = toProblem( { code: 'fetch_error', message: 'You are probably offline.' } );
	assert.equal( fromBrowser.status, 0 );
	assert.equal( toProblem( undefined ).code, 'network' );
} );

test( 'only an answer below 500 decides', () => {
	assert.deepEqual( [ 0, 412, 422, 500, 502 ].map( ( status ) => new Problem( 'x', status ).isUndecided ), [
		true,
		false,
		false,
		true,
		true,
	] );
} );

test( 'every failure has words that say what to do', () => {
	assert.match( problemInWords( new Problem( 'service_unreachable', 502 ) ), /keep trying/ );
	assert.match( problemInWords( new Problem( 'ticket_not_found', 404 ) ), /not here any more/ );
	assert.match( problemInWords( new Problem( 'fetch_error', 0 ) ), /offline/ );
	assert.match( problemInWords( new Problem( 'internal', 500 ) ), /try again/ );
} );

test( 'what the service says in words reaches the agent', () => {
	const problem = toProblem( { code: 'invalid', status: 422, detail: '"x" is not an e-mail address.' } );
	assert.equal( problemInWords( problem ), '"x" is not an e-mail address.' );
} );

test( 'the parts of a query that are not given are left out, the others are encoded', () => {
	assert.equal( withQuery( '/tickets', { status: 'open', cursor: null, inbox: undefined, limit: 5 } ), '/tickets?status=open&limit=5' );
	assert.equal( withQuery( '/tickets', { cursor: 'a+b/c=' } ), '/tickets?cursor=a%2Bb%2Fc%3D' );
	assert.equal( withQuery( '/me' ), '/me' );
} );
