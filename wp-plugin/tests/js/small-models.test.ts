import './dom';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTyping } from '../../src/keyboard';
import { presenceInWords } from '../../src/parts/presence';
import { notices } from '../../src/state/notices';
import { createStore } from '../../src/state/store';

const OMAR = { id: '2', name: 'Omar' };
const ANA = { id: '4', name: 'Ana' };

test( 'a store tells everybody who watches, and nobody who has stopped', () => {
	const store = createStore( { count: 1, name: 'a' } );
	let told = 0;
	const stop = store.subscribe( () => told++ );
	store.set( { count: 2 } );
	stop();
	store.set( { count: 3 } );
	assert.deepEqual( [ store.get(), told ], [ { count: 3, name: 'a' }, 1 ] );
} );

test( 'a word about what was done goes by itself', () => {
	const timers: ( () => void )[] = [];
	const words = notices( ( run ) => timers.push( run ) );
	words.say( 'Solved.' );
	assert.equal( words.store.get().items.length, 1 );
	timers[ 0 ]!();
	assert.equal( words.store.get().items.length, 0 );
} );

test( 'of many words the last two stay', () => {
	const words = notices( () => undefined );
	[ 'one', 'two', 'three' ].forEach( ( text ) => words.say( text ) );
	assert.deepEqual( words.store.get().items.map( ( { text } ) => text ), [ 'two', 'three' ] );
} );

test( 'what had to make room can still be undone, the newest first, while its time lasts', () => {
	const timers: ( () => void )[] = [];
	const undone: string[] = [];
	const words = notices( ( run ) => timers.push( run ) );
	[ 'one', 'two', 'three', 'four' ].forEach( ( text ) => words.say( text, { label: 'Undo', run: () => undone.push( text ) } ) );
	words.warn( 'This has nothing to undo.' );
	timers[ 0 ]!();
	[ 1, 2, 3, 4 ].forEach( () => words.undo() );
	assert.deepEqual( undone, [ 'four', 'three', 'two' ] );
} );

test( 'of very many acts the last twenty can be undone', () => {
	const undone: number[] = [];
	const words = notices( () => undefined );
	const acts = Array.from( { length: 23 }, ( _, act ) => act );
	acts.forEach( ( act ) => words.say( 'Solved.', { label: 'Undo', run: () => undone.push( act ) } ) );
	acts.forEach( () => words.undo() );
	assert.deepEqual( [ undone.length, undone[ 19 ] ], [ 20, 3 ] );
} );

test( 'whoever replies is named before those who only look', () => {
	const here = [
		{ ticket_number: 7, agent: ANA, mode: 'viewing' as const },
		{ ticket_number: 7, agent: OMAR, mode: 'replying' as const },
		{ ticket_number: 8, agent: ANA, mode: 'replying' as const },
	];
	const say = ( ...given: Parameters< typeof presenceInWords > ) => presenceInWords( ...given ).replace( /[\u2068\u2069]/g, '' );
	assert.equal( say( here, 7, [ 'viewing', 'replying' ] ), 'Omar is replying' );
	assert.equal( say( here.slice( 0, 1 ), 7, [ 'viewing', 'replying' ] ), 'Ana is viewing' );
	assert.equal( say( here.slice( 0, 1 ), 7 ), '' );
	assert.equal( say( here, 9 ), '' );
} );

test( 'keys are text in fields, menus and dialogs, and commands elsewhere', () => {
	const page = document.createElement( 'div' );
	page.innerHTML =
		'<textarea></textarea><input><input type="checkbox"><div role="dialog"><button></button></div><button></button>';
	const typing = Array.from( page.querySelectorAll( 'textarea, input, button' ) ).map( isTyping );
	assert.deepEqual( typing, [ true, true, false, true, false ] );
	assert.equal( isTyping( null ), false );
} );
