/**
 * Builds the Inbox screen and the settings: build/{index,settings}.{js,css}, -rtl.css and .asset.php;
 * and the editor, which a screen brings when somebody first writes: build/editor.{js,asset.php}.
 *
 * Core's own @wordpress/* scripts stay outside the bundle, so a page loads them once and
 * translations reach the one wp.i18n. `--watch` builds again on every change.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import * as esbuild from 'esbuild';
import rtlcss from 'rtlcss';

const ROOT = fileURLToPath( new URL( './', import.meta.url ) );
const OUT = `${ ROOT }build/`;

/**
 * Handles registered by WordPress 6.8, the oldest we support. WordPress drops a script whose
 * dependency is unknown without a word, so anything else must fail here.
 */
const CORE_HANDLES = new Set(
	( 'react react-dom react-jsx-runtime wp-a11y wp-api-fetch wp-components wp-compose wp-data ' +
		'wp-date wp-dom-ready wp-element wp-hooks wp-html-entities wp-i18n wp-keycodes ' +
		'wp-notices wp-preferences wp-primitives wp-private-apis wp-url wp-viewport' ).split( ' ' )
);

/** Packages that are no script of core's (icons) or are cheaper bundled than loaded. */
const BUNDLED = new Set( [ '@wordpress/icons' ] );

const VENDOR = {
	react: { global: 'React', handle: 'react' },
	'react-dom': { global: 'ReactDOM', handle: 'react-dom' },
	'react-dom/client': { global: 'ReactDOM', handle: 'react-dom' },
	'react/jsx-runtime': { global: 'ReactJSXRuntime', handle: 'react-jsx-runtime' },
};

/** These globals are the default export itself. */
const DEFAULT_EXPORTS = new Set( [ 'apiFetch', 'domReady' ] );

const camelCase = ( name ) => name.replace( /-([a-z])/g, ( _, letter ) => letter.toUpperCase() );

function coreScript( path ) {
	if ( VENDOR[ path ] ) {
		return VENDOR[ path ];
	}
	const name = path.match( /^@wordpress\/([a-z0-9-]+)$/ )?.[ 1 ];
	return name && ! BUNDLED.has( path )
		? { global: `wp.${ camelCase( name ) }`, handle: `wp-${ name }` }
		: null;
}

/** The scripts of core's that an entry takes, read out of what became of it. */
function handlesOf( { inputs } ) {
	const paths = Object.keys( inputs ).filter( ( input ) => input.startsWith( 'core-script:' ) );
	return new Set( paths.map( ( input ) => coreScript( input.replace( 'core-script:', '' ) ).handle ) );
}

const IMPORT = /import (?!type )(?:\w+, )?{([^}]*)} from ["']([^"']+)["']/g;

/** What our sources and the icons import of core's scripts, by path; JSX itself brings the first three. */
function importedNames() {
	const names = new Map( [ [ 'react/jsx-runtime', new Set( [ 'jsx', 'jsxs', 'Fragment' ] ) ] ] );
	for ( const folder of [ 'src', 'node_modules/@wordpress/icons/build-module' ] ) {
		const files = fs.readdirSync( ROOT + folder, { recursive: true } ).filter( ( name ) => /\.(tsx?|m?js)$/.test( name ) );
		for ( const file of files ) {
			for ( const [ , list, path ] of fs.readFileSync( `${ ROOT }${ folder }/${ file }`, 'utf8' ).matchAll( IMPORT ) ) {
				const known = names.get( path ) ?? new Set();
				const given = list.split( ',' ).map( ( name ) => name.trim().split( ' as ' )[ 0 ] );
				given.filter( ( name ) => /^\w+$/.test( name ) ).forEach( ( name ) => known.add( name ) );
				names.set( path, known );
			}
		}
	}
	return names;
}

function coreScripts() {
	return {
		name: 'core-scripts',
		setup( build ) {
			let names = new Map();
			build.onStart( () => {
				names = importedNames();
			} );
			build.onResolve( { filter: /^(react|react-dom|@wordpress)(\/|$)/ }, ( { path } ) => {
				return coreScript( path ) ? { path, namespace: 'core-script' } : undefined;
			} );
			build.onLoad( { filter: /.*/, namespace: 'core-script' }, ( { path } ) => {
				const { global } = coreScript( path );
				// Each name by itself: as members of one module they would weigh 3 % of a script.
				const contents = DEFAULT_EXPORTS.has( global.replace( 'wp.', '' ) )
					? `export default window.${ global };`
					: `export const { ${ [ ...( names.get( path ) ?? [] ) ].join( ', ' ) } } = window.${ global };`;
				return { contents, loader: 'js' };
			} );
		},
	};
}

function assertKnownHandles( handles ) {
	const unknown = [ ...handles ].filter( ( handle ) => ! CORE_HANDLES.has( handle ) );
	if ( unknown.length ) {
		throw new Error(
			`WordPress 6.8 has no script handle ${ unknown.join( ', ' ) }: bundle the package instead.`
		);
	}
}

function writeAssetFile( name, handles, endings ) {
	assertKnownHandles( handles );
	const list = [ ...handles ].sort().map( ( handle ) => `'${ handle }'` );
	const hash = crypto.createHash( 'sha256' );
	endings.forEach( ( ending ) => hash.update( fs.readFileSync( OUT + name + ending ) ) );
	fs.writeFileSync(
		`${ OUT }${ name }.asset.php`,
		`<?php return array( 'dependencies' => array( ${ list.join( ', ' ) } ), 'version' => '${ hash
			.digest( 'hex' )
			.slice( 0, 20 ) }' );\n`
	);
}

function finishEntry( name, { outputs } ) {
	const css = fs.readFileSync( `${ OUT }${ name }.css`, 'utf8' );
	fs.writeFileSync( `${ OUT }${ name }-rtl.css`, rtlcss.process( css ) );
	writeAssetFile( name, handlesOf( outputs[ `build/${ name }.js` ] ), [ '.js', '.css' ] );
}

/** A script that comes later: its style is that of the screen, and all of core's it takes is there already. */
function finishLate( name, { outputs } ) {
	writeAssetFile( name, handlesOf( outputs[ `build/${ name }.js` ] ), [ '.js' ] );
}

/** Says what a browser fetches of ours, as servers send it. */
function printWeights() {
	const files = fs.readdirSync( OUT ).filter( ( name ) => /\.(js|css)$/.test( name ) && ! name.includes( '-rtl' ) );
	const weight = ( name ) => ( zlib.gzipSync( fs.readFileSync( OUT + name ), { level: 6 } ).length / 1000 ).toFixed( 1 );
	console.log( files.map( ( name ) => `${ name } ${ weight( name ) } kB gzipped` ).join( ', ' ) );
}

const finish = {
	name: 'finish',
	setup( build ) {
		build.onEnd( ( { errors, metafile } ) => {
			if ( ! errors.length ) {
				Object.keys( ENTRIES ).forEach( ( name ) => finishEntry( name, metafile ) );
				Object.keys( LATE ).forEach( ( name ) => finishLate( name, metafile ) );
				printWeights();
			}
		} );
	},
};

const ENTRIES = { index: 'src/index.tsx', settings: 'src/settings/index.tsx' };
const LATE = { editor: 'src/editor/index.tsx' };
const watching = process.argv.includes( '--watch' );
const context = await esbuild.context( {
	absWorkingDir: ROOT,
	entryPoints: { ...ENTRIES, ...LATE },
	metafile: true,
	outdir: 'build',
	bundle: true,
	minify: ! watching,
	sourcemap: watching ? 'inline' : false,
	format: 'iife',
	target: 'es2020',
	jsx: 'automatic',
	define: { 'process.env.NODE_ENV': '"production"' },
	legalComments: 'none',
	logLevel: 'info',
	plugins: [ coreScripts(), finish ],
} );
if ( watching ) {
	await context.watch();
} else {
	await context.rebuild();
	await context.dispose();
}
