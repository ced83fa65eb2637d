import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

const ROOT = process.cwd();
const read = ( name: string ): string => fs.readFileSync( path.join( ROOT, 'build', name ), 'utf8' );

before( () => {
	execFileSync( process.execPath, [ 'build.mjs' ], { cwd: ROOT, stdio: 'pipe' } );
} );

test( 'the page loads only script handles that WordPress 6.8 has', () => {
	const handles = read( 'index.asset.php' ).match( /'dependencies' => array\( (.*?) \)/ )?.[ 1 ];
	assert.deepEqual( handles?.replace( /'/g, '' ).split( ', ' ), [
		'react',
		'react-jsx-runtime',
		'wp-api-fetch',
		'wp-components',
		'wp-element',
		'wp-i18n',
		'wp-primitives',
	] );
} );

test( 'core stays outside the bundle, so translations reach the one wp.i18n', () => {
	const script = read( 'index.js' );
	assert.match( script, /window\.wp\.i18n/ );
	assert.ok( ! script.includes( 'ProseMirror' ), 'the editor is no part of what a list waits for' );
} );

/** As servers send it. */
const weight = ( name: string ): number => gzipSync( read( name ) ).length;

test( 'the editor comes later, and all scripts together stay light', () => {
	assert.match( read( 'editor.js' ), /unifiedInboxEditor/ );
	assert.ok( weight( 'index.js' ) < 90_000, `${ weight( 'index.js' ) } bytes for the first list` );
	const all = [ 'index.js', 'editor.js', 'settings.js' ].reduce( ( sum, name ) => sum + weight( name ), 0 );
	assert.ok( all < 200_000, `${ all } bytes in all` );
} );

test( 'the editor takes nothing of core that the screen around it has not brought', () => {
	const handlesOf = ( name: string ): string[] => read( `${ name }.asset.php` ).match( /'[a-z-]+'(?=,| \))/g ) ?? [];
	const brought = handlesOf( 'index' );
	assert.deepEqual( handlesOf( 'editor' ).filter( ( handle ) => ! brought.includes( handle ) ), [] );
} );

test( 'right to left is the left to right style turned round', () => {
	assert.match( read( 'index.css' ), /text-align: ?left/ );
	assert.doesNotMatch( read( 'index-rtl.css' ), /text-align: ?left/ );
} );

test( 'a string that never reaches the text domain is not translated', () => {
	const sources = fs
		.readdirSync( path.join( ROOT, 'src' ), { recursive: true, encoding: 'utf8' } )
		.filter( ( name ) => /\.tsx?$/.test( name ) )
		.map( ( name ) => fs.readFileSync( path.join( ROOT, 'src', name ), 'utf8' ) )
		.join( '\n' );
	const calls = sources.match( /\b(?:__|_n|_x)\(\s*['"]/g ) ?? [];
	const domains = sources.match( /,\s*'unified-inbox'\s*\)/g ) ?? [];
	assert.ok( calls.length > 100 );
	assert.equal( domains.length, calls.length );
} );
