import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { isNewer } from '../../src/state/conversation';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

async function open( t: TestContext ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	/** A colleague writes, and the live question brings it below what is on the screen. */
	const colleague = async ( id: string, text: string ) => {
		service.messages.get( 7 )!.push( message( id, { kind: 'out', text } ) );
		await screen.desk.talk.refresh();
	};
	const sent = () => service.called( 'POST /tickets/7/messages' ).length;
	const left = () => service.messages.get( 7 )!.filter( ( { text } ) => text === 'Mine' ).length;
	return { service, screen, colleague, sent, left };
}

test( 'what came while somebody wrote and was never in view stops the reply, and is shown beside it', async ( t ) => {
	const { screen, colleague, left } = await open( t );
	await screen.type( 'Mine' );
	await colleague( '2', 'Theirs' );
	await screen.click( 'Send' );
	assert.match( screen.text( '.uib-unseen' ), /Nothing was sent yet.*Theirs/ );
	assert.equal( left(), 0 );
	await screen.click( 'Send' );
	assert.equal( left(), 1 );
} );

test( 'a message after the one that was shown beside the draft stops it again', async ( t ) => {
	const { screen, colleague, left } = await open( t );
	await screen.type( 'Mine' );
	await colleague( '2', 'Theirs' );
	await screen.click( 'Send' );
	await colleague( '3', 'And theirs' );
	await screen.click( 'Send' );
	assert.match( screen.text( '.uib-unseen' ), /And theirs/ );
	assert.equal( left(), 0 );
} );

test( 'what was in view is seen', async ( t ) => {
	const { screen, colleague, left, sent } = await open( t );
	await screen.type( 'Mine' );
	await colleague( '2', 'Theirs' );
	screen.desk.talk.saw( '2' );
	await screen.click( 'Send' );
	assert.deepEqual( [ left(), sent() ], [ 1, 1 ] );
} );

test( 'what came before the reply was begun is seen', async ( t ) => {
	const { screen, colleague, left, sent } = await open( t );
	await colleague( '2', 'Theirs' );
	await screen.type( 'Mine' );
	await screen.click( 'Send' );
	assert.deepEqual( [ left(), sent() ], [ 1, 1 ] );
} );

test( 'of two messages the one with the greater number is newer, also beyond what a number holds', () => {
	assert.ok( isNewer( '3771234567890123457', '3771234567890123456' ) );
	assert.ok( ! isNewer( '9', '10' ) );
	assert.ok( isNewer( '1', null ) );
} );
