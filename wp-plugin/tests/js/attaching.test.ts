import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import { attaching, coming, isWhole } from '../../src/state/attaching';
import { speaksOfFile } from '../../src/text/attached-words';
import { FakeService } from './fake-service';
import { ticket } from './samples';

const PIECE = 768 * 1024;

function file( size: number, name = 'map.pdf' ): File {
	return new File( [ new Uint8Array( size ) ], name, { type: 'application/pdf' } );
}

async function desk(
	prepare: ( service: FakeService ) => void = () => undefined,
	onChosen: () => void = () => undefined
) {
	const service = new FakeService();
	service.tickets = [ ticket( 1 ) ];
	prepare( service );
	const model = attaching( inboxApi( service.transport ), async () => undefined, onChosen );
	await model.open( 1 );
	return { service, model, files: () => model.store.get().files };
}

test( 'a file is sent in pieces that web servers take', async () => {
	const { service, model } = await desk();
	await model.add( [ file( PIECE + 10 ) ] );
	const sizes = service.called( 'PUT /uploads' ).map( ( { bytes } ) => bytes?.size );
	assert.deepEqual( sizes, [ PIECE, 10 ] );
	assert.deepEqual( model.ids(), [ '901' ] );
} );

test( 'what is chosen is told once it is here, and when it is removed', async () => {
	const told: string[][] = [];
	const { model, files } = await desk( undefined, () => told.push( model.ids() ) );
	await model.add( [ file( PIECE + 10 ), file( 3 ) ] );
	await model.remove( files()[ 0 ]!.key );
	assert.deepEqual( told, [ [ '901' ], [ '901', '902' ], [ '902' ] ] );
} );

test( 'a file too large is refused before a byte is sent', async () => {
	const { service, model, files } = await desk( ( one ) => ( one.room = 5 ) );
	await model.add( [ file( 6 ) ] );
	assert.equal( files()[ 0 ]?.problem?.code, 'attachments_too_large' );
	assert.equal( service.called( 'PUT /uploads' ).length, 0 );
	assert.deepEqual( [ model.ids(), coming( files() ) ], [ [], [] ] );
} );

test( 'a lost connection is waited for, and a lost answer costs nothing', async () => {
	const { service, model } = await desk();
	service.faults = [ [ 'PUT /uploads', new Problem( 'fetch_error', 0 ) ] ];
	service.loseAnswersTo = 'PUT /uploads';
	await model.add( [ file( 2 * PIECE ) ] );
	assert.deepEqual( model.ids(), [ '901' ] );
	assert.equal( service.uploads[ 0 ]?.received, 2 * PIECE );
} );

test( 'what fails for long can be tried again from where it stands', async () => {
	const { service, model, files } = await desk();
	service.faults = Array.from( { length: 5 }, () => [ 'PUT /uploads', new Problem( 'fetch_error', 0 ) ] );
	await model.add( [ file( 3 ) ] );
	assert.equal( files()[ 0 ]?.problem?.isUndecided, true );
	await model.retry( files()[ 0 ]!.key );
	assert.equal( isWhole( files()[ 0 ]! ), true );
	assert.equal( service.called( 'POST /tickets/1/uploads' ).length, 1 );
} );

test( 'a removed file is gone from the service too', async () => {
	const { service, model, files } = await desk();
	await model.add( [ file( 3 ), file( 4, 'plan.pdf' ) ] );
	await model.remove( files()[ 0 ]!.key );
	assert.deepEqual( service.uploads.map( ( { name } ) => name ), [ 'plan.pdf' ] );
	assert.deepEqual( model.ids(), [ '902' ] );
} );

test( 'what was uploaded is there again after a reload, and a half one says so', async () => {
	const { service, model, files } = await desk();
	await model.add( [ file( 3 ) ] );
	service.uploads.push( { ...service.uploads[ 0 ]!, id: '950', size: 9, received: 3 } );
	await model.open( 1 );
	assert.deepEqual( files().map( ( one ) => one.problem?.code ?? null ), [ null, 'upload_interrupted' ] );
	assert.deepEqual( model.ids(), [ '901' ] );
} );

test( 'a picture of the text goes along as long as the text shows it', async () => {
	const { service, model } = await desk();
	const contentId = await model.embed( file( 3, 'roof.png' ) );
	assert.equal( contentId, '901@inline' );
	assert.deepEqual( service.called( 'POST /tickets' )[ 0 ]?.body, { name: 'roof.png', size: 3, content_type: 'application/pdf', inline: true } );
	assert.ok( model.picture( '901@inline' ) instanceof File );
	assert.deepEqual( model.ids( '<div><img src="cid:901@inline"></div>' ), [ '901' ] );
	assert.deepEqual( model.ids( '' ), [] );
	await model.refresh();
	assert.ok( model.picture( '901@inline' ) instanceof File );
} );

test( 'a picture that was put in on another screen is fetched from the service once it is whole', async () => {
	const { service, model } = await desk();
	await model.embed( file( 3, 'roof.png' ) );
	const elsewhere = attaching( inboxApi( service.transport ) );
	assert.equal( elsewhere.picture( '901@inline' ), null );
	await elsewhere.open( 1 );
	assert.equal( elsewhere.picture( '901@inline' ), 'token-of-901' );
	assert.equal( elsewhere.picture( '902@inline' ), null );
} );

test( 'words of an attachment are known in three languages', () => {
	for ( const text of [ 'See the attached map', 'الخريطة مرفقة', 'Kalakip ang mapa' ] ) {
		assert.equal( speaksOfFile( text ), true, text );
	}
	for ( const text of [ 'On its way', '> see attached', 'I am attracted', '' ] ) {
		assert.equal( speaksOfFile( text ), false, text );
	}
} );
