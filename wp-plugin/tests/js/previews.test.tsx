import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import type { Preview } from '../../src/preview';
import { conversation } from '../../src/state/conversation';
import { previewsOfFiles } from '../../src/state/previews';
import { FakeService } from './fake-service';
import { file, message, ticket } from './samples';
import { BOOT, openScreen } from './screen';

const POSSIBLE: Preview = { state: 'possible', reason: '', pages: 0, pictures: [] };
const WAITING: Preview = { ...POSSIBLE, state: 'waiting' };
const READY: Preview = {
	state: 'ready',
	reason: '',
	pages: 12,
	pictures: [
		{ page: 1, size: 'small', width: 320, height: 200, file_token: 'small-1' },
		{ page: 1, size: 'large', width: 1600, height: 1000, file_token: 'large-1' },
		{ page: 2, size: 'large', width: 1600, height: 1000, file_token: 'large-2' },
	],
};
const ONE_PAGE: Preview = { ...READY, pages: 1, pictures: READY.pictures.slice( 0, 2 ) };

async function model( ...answers: Preview[] ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.previews = answers;
	const api = inboxApi( service.transport );
	const talk = conversation( api );
	await talk.open( 7 );
	const pauses: number[] = [];
	const previews = previewsOfFiles( api, talk, ( run, milliseconds ) => {
		pauses.push( milliseconds );
		run();
	} );
	return { service, previews, pauses, one: file( 'a', { preview: POSSIBLE } ) };
}

test( 'a preview is asked for again, less and less often, until it is there', async () => {
	const { previews, one, pauses } = await model( WAITING, WAITING, READY );
	await previews.want( one );
	assert.equal( previews.of( one )?.state, 'ready' );
	assert.deepEqual( pauses, [ 500, 1000 ] );
} );

test( 'what came with its message is not asked for', async () => {
	const { previews, service } = await model();
	await previews.want( file( 'a', { preview: READY } ) );
	await previews.want( file( 'b' ) );
	assert.deepEqual( service.called( 'PUT' ), [] );
} );

test( 'a preview that cannot be asked for may be asked for later', async () => {
	const { previews, one, service } = await model( READY );
	service.faults = [ [ 'PUT /tickets/7/files', new Problem( 'error', 500 ) ] ];
	await previews.want( one );
	assert.equal( previews.of( one )?.state, 'possible' );
	await previews.want( one );
	assert.equal( previews.of( one )?.state, 'ready' );
} );

async function show( t: TestContext, ...previews: Preview[] ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	const attachments = previews.map( ( preview, index ) => file( `f${ index }`, { preview } ) );
	service.messages.set( 7, [ message( '1', { attachments: [ ...attachments, file( 'zip' ) ] } ) ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	return { service, screen };
}

const pagesOf = ( screen: { all: ( selector: string ) => HTMLElement[] } ) =>
	screen.all( '.uib-lightbox__page' ).map( ( one ) => one.getAttribute( 'src' ) );

test( 'a pictured file shows itself small, and large when it is pressed', async ( t ) => {
	const { screen } = await show( t, READY );
	assert.equal( screen.all( '.uib-tile__picture' )[ 0 ]?.getAttribute( 'src' ), `${ BOOT.filesRoot }small-1` );
	await screen.click( screen.all( 'button.uib-tile__look' )[ 0 ]! );
	assert.deepEqual( pagesOf( screen ), [ `${ BOOT.filesRoot }large-1`, `${ BOOT.filesRoot }large-2` ] );
	assert.match( screen.text( '.uib-lightbox__pages' ), /The first 2 of 12 pages/ );
} );

test( 'the arrows go through the files, plus and minus change their size', async ( t ) => {
	const { screen } = await show( t, READY, ONE_PAGE );
	await screen.click( screen.all( 'button.uib-tile__look' )[ 0 ]! );
	const region = () => screen.all( '.uib-lightbox__pages' )[ 0 ]!;
	await screen.press( 'ArrowRight', region() );
	assert.match( screen.text( '.uib-lightbox__tools' ), /2 of 2/ );
	assert.equal( pagesOf( screen ).length, 1 );
	await screen.press( '+', region() );
	assert.equal( screen.all( '.uib-lightbox__page' )[ 0 ]?.style.inlineSize, '150%' );
	await screen.press( 'ArrowLeft', region() );
	assert.equal( pagesOf( screen ).length, 2 );
} );

test( 'a file that cannot be pictured says why, and can be saved', async ( t ) => {
	const { screen } = await show( t, { ...POSSIBLE, state: 'refused', reason: 'protected' } );
	assert.match( screen.text( '.uib-chips' ), /opens with a password only.*file-f0\.pdf/s );
	assert.equal( screen.all( 'button.uib-tile__look' ).length, 0 );
} );

test( 'while a picture is made its place says so', async ( t ) => {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.previews = [ WAITING ];
	service.messages.set( 7, [ message( '1', { attachments: [ file( 'a', { preview: POSSIBLE } ) ] } ) ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	assert.match( screen.text( '.uib-chips' ), /being prepared/ );
} );
