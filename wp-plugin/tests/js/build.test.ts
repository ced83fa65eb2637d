import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';

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
	assert.ok( script.length < 200_000, `${ script.length } bytes` );
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
