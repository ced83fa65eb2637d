import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import type { Composition } from '../../src/model';
import { contentOf, isEmpty, isSaved, localDrafts, NO_DRAFT, withContent } from '../../src/state/drafts';
import { nextAttempt, replyComposer } from '../../src/state/reply';
import { FakeService } from './fake-service';
import { MemoryStorage } from './memory-storage';
import { message, NOW, ticket } from './samples';

function composer() {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ), ticket( 8 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	const storage = new MemoryStorage();
	const drafts = localDrafts( storage, 5 );
	let keys = 0;
	const reply = replyComposer( inboxApi( service.transport ), drafts, () => NOW, () => `key-${ ++keys }` );
	reply.open( 7 );
	const state = () => reply.store.get();
	const keysSent = () => service.called( 'POST' ).map( ( { headers } ) => headers?.[ 'Idempotency-Key' ] );
	return { service, storage, drafts, reply, state, keysSent };
}

test( 'what is typed is saved at once and is there again after a reload', () => {
	const { reply, drafts } = composer();
	reply.write( { reply: 'Dear Petra' } );
	assert.equal( drafts.read( 7 ).reply, 'Dear Petra' );
	reply.open( 8 );
	assert.equal( reply.store.get().reply, '' );
	reply.open( 7 );
	assert.equal( reply.store.get().reply, 'Dear Petra' );
} );

test( 'a reply goes out with the last message seen, and the draft is gone', async () => {
	const { service, reply, state, storage } = composer();
	reply.write( { reply: ' Dear Petra ' } );
	const sent = await reply.send( '1', { setStatus: 'solved' } );
	assert.equal( sent?.text, 'Dear Petra' );
	const { draft, ...body } = service.called( 'POST' )[ 0 ]!.body as Composition;
	assert.deepEqual( body, { kind: 'reply', text: 'Dear Petra', seen_up_to: '1', set_status: 'solved' } );
	assert.ok( draft );
	assert.equal( state().reply, '' );
	assert.equal( storage.length, 0 );
} );

test( 'a formatted reply goes out with its formatting, and its plain text beside it', async () => {
	const { service, reply, state } = composer();
	const html = { reply: '<div dir="auto"><b>Yes</b></div>', note: '' };
	reply.write( { reply: 'Yes', html } );
	await reply.send( '1' );
	const { draft: _draft, ...body } = service.called( 'POST' )[ 0 ]!.body as Composition;
	assert.deepEqual( body, { kind: 'reply', text: 'Yes', html: html.reply, seen_up_to: '1' } );
	assert.equal( state().html.reply, '' );
} );

test( 'a draft with other formatting is another draft', () => {
	const draft = { ...NO_DRAFT, reply: 'Yes' };
	const bold = { ...draft, html: { reply: '<b>Yes</b>', note: '' } };
	assert.ok( ! isSaved( contentOf( bold, 'reply' ), contentOf( draft, 'reply' ) ) );
	assert.deepEqual( withContent( draft, 'reply', contentOf( bold, 'reply' ), null ).html, bold.html );
} );

test( 'a message is passed on with those of its files that were chosen', async () => {
	const { service, reply } = composer();
	reply.write( { forwards: '1', files: [ '13' ], to: [ 'smith@repairs.example' ] } );
	await reply.send( '1' );
	const { forwards, files } = service.called( 'POST' )[ 0 ]!.body as Composition;
	assert.deepEqual( [ forwards, files ], [ '1', [ '13' ] ] );
} );

test( 'a note never carries recipients', async () => {
	const { service, reply } = composer();
	reply.write( { tab: 'note', note: 'Ask the warehouse', to: [ 'someone@else.example' ] } );
	await reply.send( '1' );
	assert.deepEqual( service.called( 'POST' )[ 0 ]!.body, { kind: 'note', text: 'Ask the warehouse', seen_up_to: '1' } );
} );

test( 'sending a note leaves the half-written reply alone', async () => {
	const { reply, state } = composer();
	reply.write( { reply: 'Half a reply' } );
	reply.write( { tab: 'note', note: 'A note' } );
	await reply.send( '1' );
	assert.deepEqual( [ state().tab, state().reply, state().note ], [ 'reply', 'Half a reply', '' ] );
} );

test( 'a retry after silence carries the same key and the same request, so nothing goes out twice', async () => {
	const { service, reply, keysSent } = composer();
	reply.write( { reply: 'Once only' } );
	service.loseAnswersTo = 'POST /tickets/7/messages';
	assert.equal( await reply.send( '1' ), null );
	const known = service.messages.get( 7 )!;
	const again = await reply.send( known[ known.length - 1 ]!.id );
	assert.equal( again?.text, 'Once only' );
	assert.deepEqual( keysSent(), [ 'key-1', 'key-1' ] );
	assert.equal( service.messages.get( 7 )!.length, 2 );
} );

test( 'the key of a reply that may be out survives a reload of the page', async () => {
	const { service, reply, keysSent } = composer();
	reply.write( { reply: 'Once only' } );
	service.loseAnswersTo = 'POST /tickets/7/messages';
	await reply.send( '1' );
	reply.open( 8 );
	reply.open( 7 );
	await reply.send( '1' );
	assert.deepEqual( keysSent(), [ 'key-1', 'key-1' ] );
} );

test( 'other words are another reply with another key', async () => {
	const { service, reply, keysSent } = composer();
	service.faults = [ [ 'POST', new Problem( 'service_unreachable', 502 ) ] ];
	reply.write( { reply: 'First words' } );
	await reply.send( '1' );
	reply.write( { reply: 'Other words' } );
	await reply.send( '1' );
	assert.deepEqual( keysSent(), [ 'key-1', 'key-2' ] );
} );

test( 'unseen messages stop the reply and are shown beside the draft', async () => {
	const { service, reply, state } = composer();
	service.messages.set( 7, [ message( '1' ), message( '2', { text: 'Wait!' } ) ] );
	reply.write( { reply: 'Too early' } );
	await reply.send( '1' );
	assert.deepEqual( state().unseen.map( ( { text } ) => text ), [ 'Wait!' ] );
	assert.deepEqual( [ state().phase, state().reply, state().problem ], [ 'failed', 'Too early', null ] );
} );

test( 'after the unseen messages were read the reply goes out under a new key', async () => {
	const { service, reply, state, keysSent } = composer();
	service.messages.set( 7, [ message( '1' ), message( '2' ) ] );
	reply.write( { reply: 'Now then' } );
	await reply.send( '1' );
	await reply.send( '2' );
	assert.deepEqual( keysSent(), [ 'key-1', 'key-2' ] );
	assert.deepEqual( [ state().unseen, state().phase ], [ [], 'writing' ] );
} );

test( 'a failure is said in words and the text stays', async () => {
	const { service, reply, state } = composer();
	service.faults = [ [ 'POST', new Problem( 'service_unreachable', 502 ) ] ];
	reply.write( { reply: 'Keep me' } );
	await reply.send( '1' );
	assert.match( state().problem ?? '', /did not answer/ );
	assert.equal( state().reply, 'Keep me' );
} );

test( 'nothing goes out twice by a double click, and an empty text not at all', async () => {
	const { service, reply } = composer();
	assert.equal( await reply.send( '1' ), null );
	reply.write( { reply: 'Once' } );
	await Promise.all( [ reply.send( '1' ), reply.send( '1' ) ] );
	assert.equal( service.called( 'POST' ).length, 1 );
} );

test( 'an answer that comes when another ticket is open does not touch its draft', async () => {
	const { reply, drafts, state } = composer();
	reply.write( { reply: 'For seven' } );
	const sending = reply.send( '1' );
	reply.open( 8 );
	reply.write( { reply: 'For eight' } );
	await sending;
	assert.deepEqual( [ state().number, state().reply ], [ 8, 'For eight' ] );
	assert.ok( isEmpty( drafts.read( 7 ) ) );
} );

test( 'an attempt is the same only for the same words to the same people', () => {
	const first = { key: 'k', composition: { kind: 'reply' as const, text: 'a', seen_up_to: '1' } };
	const again = ( change: object ) => nextAttempt( first, { ...first.composition, ...change }, () => 'new' ).key;
	assert.equal( again( { seen_up_to: '2' } ), 'k' );
	assert.equal( again( { to: [ 'b@c.example' ] } ), 'new' );
	assert.equal( again( { set_status: 'solved' } ), 'new' );
} );

test( 'full or broken storage never stops the writing', () => {
	const full = localDrafts(
		{
			getItem: () => '{broken',
			setItem: () => {
				throw new Error( 'QuotaExceededError' );
			},
			removeItem: () => undefined,
		},
		5
	);
	full.write( 7, { ...NO_DRAFT, reply: 'text' } );
	assert.deepEqual( full.read( 7 ), NO_DRAFT );
} );

test( 'drafts of two users in one browser stay apart', () => {
	const storage = new MemoryStorage();
	localDrafts( storage, 5 ).write( 7, { ...NO_DRAFT, reply: 'mine' } );
	assert.equal( localDrafts( storage, 6 ).read( 7 ).reply, '' );
} );
