/**
 * Builds the Inbox screen: build/index.{js,css}, index-rtl.css and index.asset.php.
 *
 * Core's own @wordpress/* scripts stay outside the bundle, so a page loads them once and
 * translations reach the one wp.i18n. `--watch` builds again on every change.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
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

function coreScripts( handles ) {
	return {
		name: 'core-scripts',
		setup( build ) {
			build.onStart( () => handles.clear() );
			build.onResolve( { filter: /^(react|react-dom|@wordpress)(\/|$)/ }, ( { path } ) => {
				const script = coreScript( path );
				if ( ! script ) {
					return undefined;
				}
				handles.add( script.handle );
				return { path, namespace: 'core-script' };
			} );
			build.onLoad( { filter: /.*/, namespace: 'core-script' }, ( { path } ) => {
				const { global } = coreScript( path );
				const isDefault = DEFAULT_EXPORTS.has( global.replace( 'wp.', '' ) );
				const contents = isDefault
					? `module.exports = Object.assign( window.${ global }, { default: window.${ global } } );`
					: `module.exports = window.${ global };`;
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

function writeAssetFile( handles ) {
	assertKnownHandles( handles );
	const list = [ ...handles ].sort().map( ( handle ) => `'${ handle }'` );
	const hash = crypto.createHash( 'sha256' );
	[ 'index.js', 'index.css' ].forEach( ( file ) => hash.update( fs.readFileSync( OUT + file ) ) );
	fs.writeFileSync(
		`${ OUT }index.asset.php`,
		`<?php return array( 'dependencies' => array( ${ list.join( ', ' ) } ), 'version' => '${ hash
			.digest( 'hex' )
			.slice( 0, 20 ) }' );\n`
	);
}

function finish( handles ) {
	return {
		name: 'finish',
		setup( build ) {
			build.onEnd( ( { errors } ) => {
				if ( errors.length ) {
					return;
				}
				const css = fs.readFileSync( `${ OUT }index.css`, 'utf8' );
				fs.writeFileSync( `${ OUT }index-rtl.css`, rtlcss.process( css ) );
				writeAssetFile( handles );
			} );
		},
	};
}

const watching = process.argv.includes( '--watch' );
const handles = new Set();
const context = await esbuild.context( {
	absWorkingDir: ROOT,
	entryPoints: { index: 'src/index.tsx' },
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
	plugins: [ coreScripts( handles ), finish( handles ) ],
} );
if ( watching ) {
	await context.watch();
} else {
	await context.rebuild();
	await context.dispose();
}
