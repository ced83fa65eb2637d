/** Bundles the tests with esbuild and runs them with Node's own runner. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const HERE = fileURLToPath( new URL( './', import.meta.url ) );
const ROOT = path.join( HERE, '../..' );
const wanted = process.argv[ 2 ] ?? '';
const entryPoints = fs
	.readdirSync( HERE )
	.filter( ( name ) => /\.test\.tsx?$/.test( name ) && name.includes( wanted ) )
	.map( ( name ) => path.join( HERE, name ) );

const outdir = fs.mkdtempSync( path.join( os.tmpdir(), 'unified-inbox-tests-' ) );
try {
	await esbuild.build( {
		entryPoints,
		outdir,
		absWorkingDir: ROOT,
		bundle: true,
		format: 'cjs',
		outExtension: { '.js': '.cjs' },
		platform: 'node',
		target: 'node20',
		jsx: 'automatic',
		sourcemap: 'inline',
		// Left outside, there is one React and one i18n for all, and they find that they run in Node.
		packages: 'external',
		alias: {
			'@wordpress/components': path.join( HERE, 'plain-components.tsx' ),
			// Its CommonJS form hides the default export from modules.
			'@wordpress/api-fetch': path.join( ROOT, 'node_modules/@wordpress/api-fetch/build-module/index.mjs' ),
		},
		define: { 'process.env.NODE_ENV': '"test"' },
		logLevel: 'warning',
	} );
	const files = fs.readdirSync( outdir ).map( ( name ) => path.join( outdir, name ) );
	const { status } = spawnSync(
		process.execPath,
		[ '--enable-source-maps', '--test', '--test-reporter=spec', ...files ],
		{ cwd: ROOT, stdio: 'inherit', env: { ...process.env, NODE_PATH: path.join( ROOT, 'node_modules' ) } }
	);
	process.exitCode = status ?? 1;
} finally {
	fs.rmSync( outdir, { recursive: true } );
}
