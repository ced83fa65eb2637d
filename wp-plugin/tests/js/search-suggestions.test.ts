import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnfinished, suggestionsFor } from '../../src/text/search-suggestions';

const KNOWN = { inboxes: [ 'Support', 'Front desk' ], agents: [ 'Maya', 'Omar Haddad' ], tags: [ 'vip', 'عاجل' ] };
const offered = ( text: string ) => suggestionsFor( text, KNOWN ).map( ( one ) => one.text );

test( 'the beginning of an operator offers it, with a word on what it does', () => {
	assert.deepEqual( offered( 'refund fr' ), [ 'refund from:' ] );
	assert.match( suggestionsFor( 'fr', KNOWN )[ 0 ]!.about, /wrote/ );
} );

test( 'an operator offers what it can be followed by', () => {
	assert.deepEqual( offered( 'is:o' ), [ 'is:open ' ] );
	assert.deepEqual( offered( 'inbox:f' ), [ 'inbox:"Front desk" ' ] );
	assert.deepEqual( offered( 'assignee:' ), [ 'assignee:me ', 'assignee:none ', 'assignee:Maya ', 'assignee:"Omar Haddad" ' ] );
	assert.deepEqual( offered( 'طلب tag:عا' ), [ 'طلب tag:عاجل ' ] );
} );

test( 'a minus stays in front of what is chosen', () => {
	assert.deepEqual( offered( '-is:sp' ), [ '-is:spam ' ] );
	assert.deepEqual( offered( 'x -ta' ), [ 'x -tag:' ] );
} );

test( 'what is finished or only a word offers nothing', () => {
	for ( const text of [ 'refund', 'is:open', 'is:open ', 'from:omar', '12:3', '"in full' ] ) {
		assert.deepEqual( offered( text ), [], text );
	}
} );

test( 'an operator without its value is not finished', () => {
	assert.ok( isUnfinished( 'refund from:' ) );
	assert.ok( isUnfinished( '-is:' ) );
	assert.ok( ! isUnfinished( 'from:o' ) );
	assert.ok( ! isUnfinished( 're:' ) );
} );
