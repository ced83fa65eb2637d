import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createRoot, useState } from '@wordpress/element';
import { act } from 'react';
import { RichEditor } from '../../src/editor/index';
import { queryBehind } from '../../src/editor/triggers';
import type { EditorHandle, RichTextProps, Words } from '../../src/editor/types';

async function open( t: TestContext, given: Partial< RichTextProps > = {} ) {
	const root = document.createElement( 'div' );
	const toolbar = document.createElement( 'div' );
	document.body.append( root, toolbar );
	const react = createRoot( root );
	const told: Words[] = [];
	let editor: EditorHandle | null = null;
	let draw: ( words: Words ) => void = () => undefined;
	/** Keeps what it is told, as the composer does. */
	const Keeper = () => {
		const [ words, setWords ] = useState< Words >( { text: '', html: '' } );
		draw = setWords;
		return (
			<RichEditor
				words={ words }
				onChange={ ( changed ) => {
					told.push( changed );
					setWords( changed );
				} }
				label="Reply"
				placeholder="Write your reply"
				direction="ltr"
				toolbar={ toolbar }
				onReady={ ( handle ) => {
					editor = handle;
				} }
				{ ...given }
			/>
		);
	};
	await act( async () => react.render( <Keeper /> ) );
	t.after( () => {
		act( () => react.unmount() );
		root.remove();
		toolbar.remove();
	} );
	const field = root.querySelector< HTMLElement >( '[role=textbox]' )!;
	return {
		draw: ( words: Words ) => act( async () => draw( words ) ),
		field,
		last: () => told[ told.length - 1 ],
		insert: ( piece: Parameters< EditorHandle[ 'insert' ] >[ 0 ] ) => act( async () => editor?.insert( piece ) ),
		press: ( name: string ) =>
			act( async () => toolbar.querySelector< HTMLElement >( `[aria-label="${ name }"]` )?.click() ),
		pressed: () => Array.from( toolbar.querySelectorAll( '[aria-pressed=true]' ), ( one ) => one.getAttribute( 'aria-label' ) ),
	};
}

test( 'an empty field says what belongs into it, and stops when something is in it', async ( t ) => {
	const { field, insert } = await open( t );
	assert.equal( field.getAttribute( 'aria-placeholder' ), 'Write your reply' );
	assert.match( field.className, /is-empty/ );
	await insert( { text: 'Hi' } );
	assert.doesNotMatch( field.className, /is-empty/ );
} );

test( 'words without formatting are told as plain text', async ( t ) => {
	const { insert, last } = await open( t );
	await insert( { text: 'Dear Petra,\nthank you' } );
	assert.deepEqual( last(), { text: 'Dear Petra,\nthank you', html: '' } );
} );

test( 'a button formats what follows and shows that it does', async ( t ) => {
	const { insert, press, pressed, last } = await open( t );
	await press( 'Bulleted list' );
	await insert( { text: 'blue' } );
	assert.deepEqual( pressed(), [ 'Bulleted list' ] );
	assert.deepEqual( last(), { text: '- blue', html: '<ul dir="ltr"><li>blue</li></ul>' } );
	await press( 'Numbered list' );
	assert.equal( last()?.text, '1. blue' );
	await press( 'Numbered list' );
	assert.deepEqual( last(), { text: 'blue', html: '' } );
} );

test( 'a saved text comes with its formatting, cleaned as what is pasted is', async ( t ) => {
	const { insert, last } = await open( t );
	await insert( { html: '<p>Hello <b>you</b></p><script>go()</script>' } );
	assert.equal( last()?.html, '<div dir="ltr">Hello <b>you</b></div>' );
} );

test( 'a mention stands in the text with whom it means', async ( t ) => {
	const { insert, last } = await open( t );
	await insert( { mention: { kind: 'team', id: '9', name: 'Repairs' } } );
	assert.equal( last()?.text, '@Repairs ' );
	assert.match( last()?.html ?? '', /<span data-mention="team:9">@Repairs<\/span>/ );
} );

test( 'what another screen wrote takes the place of the text, and is not told back', async ( t ) => {
	const { draw, field, last } = await open( t );
	await draw( { text: 'From the phone', html: '' } );
	assert.equal( field.textContent, 'From the phone' );
	assert.equal( last(), undefined );
} );

test( 'a picture is its name until its address is known, and keeps it once it is seen', async ( t ) => {
	let address: string | null = null;
	let lost = 0;
	const pictures = { add: async () => null, addressOf: () => address, onLost: () => void lost++ };
	const words = { text: 'The roof: [roof.png]', html: '<div>The roof: <img src="cid:901@inline" alt="roof.png"></div>' };
	const { draw, field, last } = await open( t, { pictures } );
	await draw( words );
	const image = field.querySelector( 'img' )!;
	assert.deepEqual( [ image.alt, image.getAttribute( 'src' ) ], [ 'roof.png', null ] );
	address = 'https://shop.example/files/one';
	await draw( { ...words } );
	assert.equal( image.src, address );
	image.dispatchEvent( new Event( 'error' ) );
	assert.equal( lost, 1 );
	Object.defineProperties( image, { complete: { value: true }, naturalWidth: { value: 40 } } );
	address = 'https://shop.example/files/two';
	await draw( { ...words } );
	assert.equal( image.src, 'https://shop.example/files/one' );
	assert.equal( last(), undefined );
} );

test( 'an open list is said to those who cannot see it', async ( t ) => {
	const { field } = await open( t, { popup: { listId: 'names', activeId: 'name-2' } } );
	assert.equal( field.getAttribute( 'aria-controls' ), 'names' );
	assert.equal( field.getAttribute( 'aria-activedescendant' ), 'name-2' );
} );

test( 'a saved reply is looked for at the beginning of an otherwise empty line alone', () => {
	const slash = { sign: '/', where: 'line' } as const;
	assert.equal( queryBehind( slash, '/', '' ), '' );
	assert.equal( queryBehind( slash, '/opening hours', '' ), 'opening hours' );
	assert.equal( queryBehind( slash, 'and/or', '' ), undefined );
	assert.equal( queryBehind( slash, '/x', ' more' ), undefined );
} );

test( 'a person is meant by the sign at the beginning of a word, not within an address', () => {
	const at = { sign: '@', where: 'word' } as const;
	assert.equal( queryBehind( at, 'ask @ana lo', '' ), 'ana lo' );
	assert.equal( queryBehind( at, '@', ' later' ), '' );
	assert.equal( queryBehind( at, 'ana@shop.example', '' ), undefined );
	assert.equal( queryBehind( at, '@ana lopez knows', '' ), undefined );
} );
