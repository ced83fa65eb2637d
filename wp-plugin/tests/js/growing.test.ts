import './dom';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { docOf, textOf } from '../../src/editor/words';
import { grown } from '../../src/text/growing';

const typed = ( words: { text: string; html: string }, keys: string ) =>
	[ ...keys ].reduce( ( before, key ) => grown( before, before.text + key ), words );

test( 'plain words stay plain, wherever they change', () => {
	assert.deepEqual( grown( { text: 'Dear', html: '' }, 'Oh dear' ), { text: 'Oh dear', html: '' } );
} );

test( 'a formatted text grows at its end and keeps its formatting', () => {
	const words = typed( { text: 'Hello', html: '<div dir="ltr">Hello</div>' }, ' <b>\nyes\n\nno' );
	assert.match( words.html, /^<div dir="ltr">Hello &lt;b&gt;/ );
	assert.equal( textOf( docOf( words ) ), 'Hello <b>\nyes\n\nno' );
	assert.equal( words.text, 'Hello <b>\nyes\n\nno' );
} );

test( 'behind a list a line begins', () => {
	const list = { text: '- blue', html: '<ul dir="ltr"><li>blue</li></ul>' };
	assert.equal( typed( list, 'or' ).html, '<ul dir="ltr"><li>blue</li></ul><div dir="auto">or</div>' );
} );

test( 'a formatted text that would change before its end stays as it was', () => {
	const words = { text: 'Hello', html: '<div>Hello</div>' };
	assert.deepEqual( grown( words, 'Hallo' ), words );
} );
