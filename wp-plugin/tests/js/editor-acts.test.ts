import './dom';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { formatsAt, linkAt, removeLink, setLink, toggles } from '../../src/editor/acts';
import { readHtml, wordsOf } from '../../src/editor/words';

/** A text with these letters selected, or the cursor between them where both are the same. */
function written( html: string, from: number, to = from ) {
	const doc = readHtml( html );
	let state = EditorState.create( { doc, selection: TextSelection.create( doc, from, to ) } );
	return {
		run: ( command: Command ) => command( state, ( change ) => ( state = state.apply( change ) ) ),
		formats: () => Object.entries( formatsAt( state ) ).flatMap( ( [ name, isOn ] ) => ( isOn ? [ name ] : [] ) ),
		html: () => wordsOf( state.doc ).html,
		link: () => linkAt( state ),
	};
}

test( 'selected words become a link, which the cursor in it changes as a whole', () => {
	const words = written( '<div>see our page</div>', 5, 8 );
	words.run( setLink( 'https://shop.example/' ) );
	assert.equal( words.html(), '<div dir="ltr">see <a href="https://shop.example/">our</a> page</div>' );
	const later = written( words.html(), 6 );
	assert.deepEqual( [ later.link(), later.formats() ], [ 'https://shop.example/', [ 'link' ] ] );
	later.run( setLink( 'https://other.example/' ) );
	assert.equal( later.html(), '<div dir="ltr">see <a href="https://other.example/">our</a> page</div>' );
	later.run( removeLink );
	assert.equal( later.html(), '' );
} );

test( 'where nothing is selected the address itself is put in', () => {
	const words = written( '<div>ask </div>', 5 );
	words.run( setLink( 'mailto:ana@shop.example' ) );
	assert.match( words.html(), /<a href="mailto:ana@shop.example">ana@shop.example<\/a>/ );
} );

test( 'a list becomes one of the other kind, and lines again', () => {
	const words = written( '<ul><li>blue</li></ul>', 4 );
	words.run( toggles.numbers );
	assert.equal( words.html(), '<ol dir="ltr"><li>blue</li></ol>' );
	words.run( toggles.numbers );
	assert.equal( words.html(), '' );
} );

test( 'a quote begins around the line and ends again', () => {
	const words = written( '<div>you wrote</div>', 3 );
	words.run( toggles.quote );
	assert.deepEqual( words.formats(), [ 'quote' ] );
	words.run( toggles.quote );
	assert.equal( words.html(), '' );
} );
