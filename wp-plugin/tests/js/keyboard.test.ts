import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOf, isSingleKey, keyReader } from '../../src/keyboard';

const press = ( key: string, change: Partial< KeyboardEvent > = {} ) =>
	commandOf( { key, code: '', ctrlKey: false, metaKey: false, altKey: false, ...change } );

test( 'single keys are commands', () => {
	assert.equal( press( 'j' ), 'next' );
	assert.equal( press( 'e' ), 'solve' );
	assert.equal( press( '?' ), 'help' );
	assert.equal( press( 'Escape' ), 'back' );
} );

test( 'capitals count as well, words of keys do not', () => {
	assert.equal( press( 'J' ), 'next' );
	assert.equal( press( 'Enter' ), null );
	assert.equal( press( 'End' ), null );
} );

test( 'a key with Control, Command or Alt belongs to the browser', () => {
	assert.equal( press( 'r', { ctrlKey: true } ), null );
	assert.equal( press( 'r', { metaKey: true } ), null );
	assert.equal( press( 'n', { altKey: true } ), null );
} );

test( 'on an Arabic keyboard the key itself decides', () => {
	assert.equal( press( 'ت', { code: 'KeyJ' } ), 'next' );
	assert.equal( press( 'ق', { code: 'KeyR' } ), 'reply' );
	assert.equal( press( 'ظ', { code: 'Slash' } ), 'search' );
	assert.equal( press( '؟', { code: 'Slash' } ), 'help' );
} );

test( 'on another Latin layout the letter decides', () => {
	assert.equal( press( 'a', { code: 'KeyQ' } ), 'take' );
} );

test( 'G and a letter lead to a view, if the letter follows soon', () => {
	let now = 0;
	const read = keyReader( () => now );
	const type = ( key: string, code = '' ) => read( { key, code, ctrlKey: false, metaKey: false, altKey: false } );
	assert.equal( type( 'g' ), null );
	assert.equal( type( 'm' ), 'go:mine' );
	assert.equal( type( 'm' ), null );
	type( 'g' );
	assert.equal( type( 'n' ), 'go:mentions' );
	assert.equal( type( 'n' ), 'note' );
	type( 'ل', 'KeyG' );
	assert.equal( type( 'ا', 'KeyU' ), 'go:unassigned' );
	type( 'g' );
	now = 2_000;
	assert.equal( type( 'o' ), 'open' );
} );

test( 'what can be switched off are letters and signs, not Escape', () => {
	assert.deepEqual( [ 'j', '#', 'ت', 'Escape' ].map( ( key ) => isSingleKey( { key } ) ), [ true, true, true, false ] );
} );
