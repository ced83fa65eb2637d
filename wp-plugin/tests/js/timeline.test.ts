import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, timeline } from '../../src/state/timeline';
import { ago, event, HOUR, message, MINUTE } from './samples';

const at = ( minutes: number ) => ( { created_at: ago( minutes * MINUTE ) } );

test( 'messages and events stand in the order they happened', () => {
	const entries = timeline(
		[ message( '1', at( 30 ) ), message( '2', at( 10 ) ) ],
		[ event( 5, { status: [ 'open', 'solved' ] }, { at: ago( 20 * MINUTE ) } ) ]
	);
	assert.deepEqual( entries.map( ( { type } ) => type ), [ 'message', 'event', 'message' ] );
} );

test( 'what a message shows itself is not said again as an event', () => {
	const silent = [
		event( 1, {}, { kind: 'message_received' } ),
		event( 2, {}, { kind: 'reply_written', message_id: '7' } ),
		event( 3, {}, { kind: 'note_added', message_id: '8' } ),
		event( 4, {}, { kind: 'ticket_opened' } ),
	];
	assert.deepEqual( timeline( [], silent ), [] );
} );

test( 'of a long conversation the last five messages stand open', () => {
	const messages = Array.from( { length: 9 }, ( _, index ) => message( String( index ), at( 90 - index * 10 ) ) );
	const { hiddenMessages, shown } = fold( timeline( messages, [] ), 5 );
	assert.equal( hiddenMessages, 4 );
	assert.equal( shown.length, 5 );
} );

test( 'events before the first open message are folded with it', () => {
	const messages = Array.from( { length: 9 }, ( _, index ) => message( String( index ), at( 90 - index * 10 ) ) );
	const events = [ event( 1, {}, { at: ago( 2 * HOUR ) } ), event( 2, {}, { at: ago( MINUTE ) } ) ];
	const { shown } = fold( timeline( messages, events ), 5 );
	assert.deepEqual( shown.filter( ( { type } ) => type === 'event' ).length, 1 );
} );

test( 'one message more than five is not worth a button', () => {
	const messages = Array.from( { length: 6 }, ( _, index ) => message( String( index ) ) );
	assert.equal( fold( timeline( messages, [] ), 5 ).hiddenMessages, 0 );
} );

test( 'messages that are not here yet are counted with the folded ones', () => {
	const messages = Array.from( { length: 9 }, ( _, index ) => message( String( index ) ) );
	assert.equal( fold( timeline( messages, [] ), 5, 291 ).hiddenMessages, 295 );
	assert.equal( fold( timeline( messages, [] ), 55, 291 ).hiddenMessages, 291 );
} );
