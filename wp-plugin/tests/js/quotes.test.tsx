import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Message } from '../../src/model';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

async function unfolded( t: TestContext, change: Partial< Message > ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.messages.set( 7, [ message( '1', change ) ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	await screen.click( 'Show quoted text' );
	return screen;
}

test( 'an English quote below an Arabic answer runs from left to right', async ( t ) => {
	const change = { text: 'شكرا', folded_text: '> It comes on Monday.', direction: 'rtl' as const };
	const screen = await unfolded( t, change );
	assert.deepEqual( screen.all( '.uib-text' ).map( ( one ) => one.getAttribute( 'dir' ) ), [ 'rtl', 'ltr' ] );
} );

test( 'the same holds for HTML, where each quote is marked in its frame', async ( t ) => {
	const folded = '<blockquote>It comes on Monday.</blockquote>';
	const screen = await unfolded( t, { html: '<p>شكرا</p>', folded_html: folded, direction: 'rtl' } );
	const frame = screen.all( 'iframe' )[ 0 ]?.getAttribute( 'srcdoc' ) ?? '';
	assert.match( frame, /<html dir="rtl">/ );
	assert.match( frame, /<blockquote dir="ltr">It comes/ );
} );

test( 'the button hides the quote again', async ( t ) => {
	const screen = await unfolded( t, { folded_text: '> It comes on Monday.' } );
	assert.equal( screen.all( '.uib-folded' ).length, 1 );
	await screen.click( 'Hide quoted text' );
	assert.equal( screen.all( '.uib-folded' ).length, 0 );
} );
