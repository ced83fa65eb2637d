import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesOf } from '../../src/text/addresses';
import { linkify } from '../../src/text/linkify';
import { displayName, hueOf, initials, isolated } from '../../src/text/person';
import { fileSize } from '../../src/text/size';

const links = ( text: string ) => linkify( text ).filter( ( part ) => part.href ).map( ( part ) => part.href );

test( 'nothing of a text is lost when it is cut into links', () => {
	const text = 'See https://a.example/x?y=1#z, or (https://b.example/c_(d)) and me@c.example.\nBye';
	assert.equal( linkify( text ).map( ( part ) => part.text ).join( '' ), text );
} );

test( 'the punctuation after an address belongs to the sentence', () => {
	assert.deepEqual( links( 'Look at https://a.example/x. Or "https://b.example"!' ), [
		'https://a.example/x',
		'https://b.example',
	] );
	assert.deepEqual( links( 'هل هذا https://a.example/b؟' ), [ 'https://a.example/b' ] );
} );

test( 'brackets that were opened inside an address stay in it', () => {
	assert.deepEqual( links( '(https://a.example/wiki/B_(c))' ), [ 'https://a.example/wiki/B_(c)' ] );
} );

test( 'mail addresses become links, other schemes never do', () => {
	assert.deepEqual( links( 'me@a.example' ), [ 'mailto:me@a.example' ] );
	assert.deepEqual( links( 'javascript:alert(1) data:text/html,x file:///etc/passwd' ), [] );
} );

test( 'initials come from the first and the last name', () => {
	assert.equal( initials( 'Petra Lindqvist' ), 'PL' );
	assert.equal( initials( 'Bartholomew J. Cholmondeley' ), 'BC' );
	assert.equal( initials( 'Élodie' ), 'É' );
	assert.equal( initials( "O'Brien & Søns <GmbH>" ), 'OG' );
} );

test( 'in Arabic one letter stands alone, since two would join', () => {
	assert.equal( initials( 'أحمد الخطيب' ), 'أ' );
} );

test( 'somebody without a name has the letters of the address', () => {
	assert.equal( initials( '', 'jun.cruz@a.example' ), 'JE' );
	assert.equal( initials( '', '' ), '?' );
	assert.equal( displayName( { name: ' ', email: 'jun@a.example' } ), 'jun@a.example' );
} );

test( 'the same person has the same ground, one of eight', () => {
	assert.equal( hueOf( 'Maya' ), hueOf( 'Maya' ) );
	for ( const name of [ 'Maya', 'Omar', 'ليلى', '' ] ) {
		assert.ok( hueOf( name ) >= 0 && hueOf( name ) < 8 );
	}
} );

test( 'a name in a sentence cannot turn the sentence round', () => {
	assert.equal( isolated( 'ليلى' ), '\u2068ليلى\u2069' );
} );

test( 'addresses are found however they are separated', () => {
	assert.deepEqual( addressesOf( 'a@b.example, Omar <c@d.example>; e@f.example،g@h.example nobody' ), [
		'a@b.example',
		'c@d.example',
		'e@f.example',
		'g@h.example',
	] );
	assert.deepEqual( addressesOf( '  ' ), [] );
} );

test( 'sizes are said in the unit people read', () => {
	assert.deepEqual( [ 0, 2048, 1024 * 1024, 2.36 * 1024 * 1024 ].map( fileSize ), [ '1 KB', '2 KB', '1 MB', '2.4 MB' ] );
} );
