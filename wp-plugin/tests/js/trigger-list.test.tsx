import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createRoot } from '@wordpress/element';
import { act } from 'react';
import type { Piece, TriggerMatch } from '../../src/editor/types';
import { useTriggerList, type TriggerList } from '../../src/parts/use-trigger-list';

const WORDS = [ 'Refund', 'Return', 'Thanks' ];

/** A field with one sign, as the editor drives it. */
async function field( t: TestContext, search = async ( words: string ) => WORDS.filter( ( one ) => one.startsWith( words ) ) ) {
	const root = document.createElement( 'div' );
	document.body.append( root );
	const react = createRoot( root );
	const put: Piece[] = [];
	let list!: TriggerList;
	function Field() {
		list = useTriggerList< string >( {
			sign: '/',
			where: 'line',
			label: 'Words',
			nothing: ( words ) => `Nothing like ${ words }`,
			search,
			keyOf: ( word ) => word,
			draw: ( word ) => word,
			onChoose: ( word, { replace } ) => replace( { text: word } ),
		} );
		return <>{ list.popover }</>;
	}
	const settled = async ( run: () => unknown ): Promise< void > => {
		await act( async () => void run() );
		// What is drawn now asks after a pause for what it offers.
		await act( () => new Promise< void >( ( resolve ) => setTimeout( resolve, 120 ) ) );
	};
	await settled( () => react.render( <Field /> ) );
	t.after( () => {
		act( () => react.unmount() );
		root.remove();
	} );
	const rect = { left: 0, right: 0, top: 0, bottom: 0 };
	const match = ( query: string ): TriggerMatch => ( { query, rect, replace: ( piece ) => put.push( piece ), dismiss: () => undefined } );
	return {
		put,
		root,
		list: () => list,
		type: ( query: string | null ) => settled( () => list.trigger.onMatch( query === null ? null : match( query ) ) ),
		press: async ( key: string ) => {
			let isTaken = false;
			await settled( () => {
				isTaken = list.trigger.onKey( { key } as KeyboardEvent );
			} );
			return isTaken;
		},
		options: () => [ ...root.querySelectorAll( '[role="option"]' ) ].map( ( { textContent } ) => textContent ),
		marked: () => root.querySelector( '[aria-selected="true"]' ),
	};
}

test( 'a sign opens a list that narrows as one types, and goes with the sign', async ( t ) => {
	const { type, options, list } = await field( t );
	await type( '' );
	assert.deepEqual( options(), WORDS );
	await type( 'Re' );
	assert.deepEqual( options(), [ 'Refund', 'Return' ] );
	await type( null );
	assert.deepEqual( options(), [] );
	assert.equal( list().popup, null );
} );

test( 'arrows mark, from the end on the first again, and Enter puts in what is marked', async ( t ) => {
	const { type, press, marked, put } = await field( t );
	await type( 'Re' );
	assert.ok( await press( 'ArrowDown' ) );
	assert.equal( marked()?.textContent, 'Return' );
	await press( 'ArrowDown' );
	await press( 'ArrowUp' );
	assert.ok( await press( 'Enter' ) );
	assert.deepEqual( put, [ { text: 'Return' } ] );
} );

test( 'the editor is told which option is marked, for those who listen', async ( t ) => {
	const { type, list, marked, root } = await field( t );
	await type( '' );
	assert.equal( list().popup?.listId, root.querySelector( '[role="listbox"]' )?.id );
	assert.equal( list().popup?.activeId, marked()?.id );
} );

test( 'the mouse chooses too', async ( t ) => {
	const { type, root, put } = await field( t );
	await type( '' );
	root.querySelectorAll< HTMLElement >( '[role="option"]' )[ 2 ]!.click();
	assert.deepEqual( put, [ { text: 'Thanks' } ] );
} );

test( 'where nothing fits the text keeps its keys', async ( t ) => {
	const { type, press, root, list } = await field( t );
	await type( 'x' );
	assert.match( root.textContent ?? '', /Nothing like x/ );
	assert.equal( await press( 'Enter' ), false );
	assert.equal( list().popup?.activeId, null );
} );

test( 'letters are never taken', async ( t ) => {
	const { type, press } = await field( t );
	await type( '' );
	assert.equal( await press( 'a' ), false );
} );

test( 'a service that does not answer is told, and typing on asks again', async ( t ) => {
	let isDown = true;
	const { type, root, options } = await field( t, async () => {
		if ( isDown ) {
			throw new Error( 'down' );
		}
		return WORDS;
	} );
	await type( 'R' );
	assert.match( root.textContent ?? '', /does not answer/ );
	isDown = false;
	await type( 'Re' );
	assert.deepEqual( options(), WORDS );
} );
