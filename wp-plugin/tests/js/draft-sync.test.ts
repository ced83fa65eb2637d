import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inboxApi } from '../../src/api/inbox-api';
import { Problem } from '../../src/api/problem';
import { localDrafts } from '../../src/state/drafts';
import { PAUSE, RETRY } from '../../src/state/draft-sync';
import { replyComposer } from '../../src/state/reply';
import { FakeService } from './fake-service';
import { MemoryStorage } from './memory-storage';
import { message, NOW, ticket } from './samples';

const settle = () => new Promise< void >( ( resolve ) => setTimeout( resolve, 2 ) );

class Clock {
	now = NOW;
	private timers: { at: number; run: () => void }[] = [];

	readonly wait = ( run: () => void, milliseconds: number ) => this.timers.push( { at: this.now + milliseconds, run } );

	async advance( milliseconds: number ): Promise< void > {
		this.now += milliseconds;
		const due = this.timers.filter( ( { at } ) => at <= this.now );
		this.timers = this.timers.filter( ( { at } ) => at > this.now );
		due.forEach( ( { run } ) => run() );
		await settle();
	}
}

function desk() {
	const service = new FakeService();
	const clock = new Clock();
	service.now = () => clock.now;
	service.tickets = [ ticket( 7 ), ticket( 8 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	let keys = 0;
	/** A browser with ticket 7 open; `storage` outlives it. */
	const browser = async ( storage = new MemoryStorage() ) => {
		const marks: [ number, boolean ][] = [];
		const told: number[] = [];
		const around = {
			wait: clock.wait,
			onMark: ( number: number, has: boolean ) => void marks.push( [ number, has ] ),
			onSent: ( number: number ) => void told.push( number ),
		};
		const api = inboxApi( service.transport );
		const reply = replyComposer( api, localDrafts( storage, 5 ), () => clock.now, () => `key-${ ++keys }`, around );
		reply.open( 7 );
		await settle();
		const type = async ( text: string ) => {
			reply.write( { reply: text } );
			await clock.advance( PAUSE );
		};
		return { reply, storage, marks, told, type, phase: () => reply.sync.store.get().phase, text: () => reply.store.get().reply };
	};
	const kept = () => service.drafts.map( ( { content, other } ) => [ content.text, other?.content.text ?? null ] );
	return { service, clock, browser, kept };
}

test( 'what is typed is with the service a second after the last key', async () => {
	const { clock, browser, kept, service } = desk();
	const { reply, marks, phase } = await browser();
	reply.write( { reply: 'Dear' } );
	await clock.advance( PAUSE / 2 );
	reply.write( { reply: 'Dear Petra' } );
	await clock.advance( PAUSE / 2 );
	assert.deepEqual( [ kept(), phase() ], [ [], 'saving' ] );
	await clock.advance( PAUSE / 2 );
	assert.deepEqual( kept(), [ [ 'Dear Petra', null ] ] );
	assert.deepEqual( [ phase(), marks.pop() ], [ 'saved', [ 7, true ] ] );
	assert.equal( service.called( 'PUT' ).length, 1 );
} );

test( 'a draft begun in one browser goes on in another', async () => {
	const { browser, kept } = desk();
	await ( await browser() ).type( 'Dear Petra' );
	const phone = await browser();
	assert.equal( phone.text(), 'Dear Petra' );
	await phone.type( 'Dear Petra, thank you' );
	assert.deepEqual( kept(), [ [ 'Dear Petra, thank you', null ] ] );
} );

test( 'a draft goes on as whole as it was: its people, its sender, its files, what it passes on', async () => {
	const { clock, browser } = desk();
	const { reply } = await browser();
	const whole = {
		to: [ 'smith@repairs.example' ],
		cc: [],
		bcc: [ 'boss@shop.example' ],
		from: 'billing@shop.example',
		uploads: [ '901' ],
		forwards: '1',
		files: [ '12' ],
	};
	reply.write( whole );
	await clock.advance( PAUSE );
	const { to, cc, bcc, from, uploads, forwards, files } = ( await browser() ).reply.store.get();
	assert.deepEqual( { to, cc, bcc, from, uploads, forwards, files }, whole );
} );

test( 'a file alone is a draft, and removed it is none', async () => {
	const { clock, browser, service } = desk();
	const { reply, storage, marks } = await browser();
	reply.write( { uploads: [ '901' ] } );
	await clock.advance( PAUSE );
	assert.deepEqual( [ service.drafts.length, marks.pop() ], [ 1, [ 7, true ] ] );
	reply.write( { uploads: [] } );
	await clock.advance( PAUSE );
	assert.deepEqual( [ service.drafts.length, storage.length, marks.pop() ], [ 0, 0, [ 7, false ] ] );
} );

test( 'whom it would have gone to alone is no draft', async () => {
	const { clock, browser, kept } = desk();
	const { reply } = await browser();
	reply.write( { bcc: [ 'boss@shop.example' ], from: 'billing@shop.example' } );
	await clock.advance( PAUSE );
	assert.deepEqual( kept(), [] );
} );

test( 'a second tab takes what the first one wrote when somebody comes back to it', async () => {
	const { browser } = desk();
	const [ first, second ] = [ await browser(), await browser() ];
	await first.type( 'Written in the first' );
	await second.reply.sync.refresh( 7 );
	assert.equal( second.text(), 'Written in the first' );
} );

test( 'of two tabs the newest text wins, and the other is offered and can be taken', async () => {
	const { browser, kept } = desk();
	const [ first, second ] = [ await browser(), await browser() ];
	await first.type( 'From the first' );
	await second.type( 'From the second' );
	assert.deepEqual( kept(), [ [ 'From the second', 'From the first' ] ] );
	assert.equal( second.reply.sync.store.get().others.reply?.content.text, 'From the first' );
	await second.reply.sync.take( 7, 'reply' );
	assert.equal( second.text(), 'From the first' );
	assert.deepEqual( kept(), [ [ 'From the first', 'From the second' ] ] );
} );

test( 'without the service the text is saved here, and there as soon as it is back', async () => {
	const { clock, browser, kept, service } = desk();
	const { type, phase } = await browser();
	service.faults = [ [ 'PUT', new Problem( 'service_unreachable', 502 ) ] ];
	await type( 'Written on a train' );
	assert.deepEqual( [ phase(), kept() ], [ 'local', [] ] );
	await clock.advance( RETRY );
	assert.deepEqual( [ phase(), kept() ], [ 'saved', [ [ 'Written on a train', null ] ] ] );
} );

test( 'what was written offline outlives a reload and reaches the service then', async () => {
	const { browser, kept, service } = desk();
	const before = await browser();
	service.faults = [ [ 'PUT', new Problem( 'network', 0 ) ] ];
	await before.type( 'Written on a train' );
	const after = await browser( before.storage );
	assert.equal( after.text(), 'Written on a train' );
	assert.deepEqual( kept(), [ [ 'Written on a train', null ] ] );
} );

test( 'what was typed earlier but arrives later is offered, and does not win', async () => {
	const { clock, browser, service } = desk();
	const train = await browser();
	service.faults = [ [ 'PUT', new Problem( 'network', 0 ) ] ];
	await train.type( 'Written on a train' );
	await ( await browser() ).type( 'Written at the desk' );
	await clock.advance( RETRY );
	assert.equal( train.text(), 'Written at the desk' );
	assert.equal( train.reply.sync.store.get().others.reply?.content.text, 'Written on a train' );
} );

test( 'a draft that was sent from another tab is gone here too', async () => {
	const { browser } = desk();
	const [ first, second ] = [ await browser(), await browser() ];
	await first.type( 'Dear Petra' );
	await second.reply.sync.refresh( 7 );
	await first.reply.send( '1' );
	await second.reply.sync.refresh( 7 );
	assert.deepEqual( [ second.text(), second.told, first.told ], [ '', [ 7 ], [] ] );
} );

/** Two tabs with the same draft, which the first has just sent. */
async function sentFromAnotherTab() {
	const { browser, kept, service, clock } = desk();
	const [ first, second ] = [ await browser(), await browser() ];
	await first.type( 'Dear Petra' );
	await second.reply.sync.refresh( 7 );
	await first.reply.send( '1' );
	return { second, kept, service, clock };
}

test( 'a draft that was sent from another tab does not leave from here again', async () => {
	const { second, service } = await sentFromAnotherTab();
	assert.equal( await second.reply.send( '50' ), null );
	const { reply: text, phase, problem } = second.reply.store.get();
	assert.deepEqual( [ text, phase, problem, second.told ], [ '', 'writing', null, [ 7 ] ] );
	assert.equal( service.messages.get( 7 )!.length, 2 );
} );

test( 'what was typed after a sending elsewhere leaves only when it is said to be another reply', async () => {
	const { second, service } = await sentFromAnotherTab();
	second.reply.write( { reply: 'Dear Petra, one more thing' } );
	await second.reply.send( '50' );
	assert.deepEqual( [ second.text(), second.reply.sync.store.get().sent.reply ], [ 'Dear Petra, one more thing', true ] );
	await second.reply.send( '50' );
	assert.match( second.reply.store.get().problem ?? '', /sent already/ );
	second.reply.sync.keepRest( 7, 'reply', true );
	await second.reply.send( '50' );
	assert.equal( service.messages.get( 7 )!.length, 3 );
} );

test( 'what was typed after a sending elsewhere can be discarded', async () => {
	const { second, kept, clock } = await sentFromAnotherTab();
	await second.type( 'Dear Petra, one more thing' );
	second.reply.sync.keepRest( 7, 'reply', false );
	await clock.advance( 0 );
	assert.deepEqual( [ second.text(), kept() ], [ '', [] ] );
} );

test( 'a draft that was discarded elsewhere stays here for who was about to send it', async () => {
	const { browser, service } = desk();
	const [ first, second ] = [ await browser(), await browser() ];
	await first.type( 'Dear Petra' );
	await second.reply.sync.refresh( 7 );
	await first.type( '' );
	service.faults = [ [ 'POST', new Problem( 'draft_ended', 409 ) ] ];
	assert.equal( await second.reply.send( '1' ), null );
	assert.match( second.reply.store.get().problem ?? '', /discarded this draft/ );
	assert.equal( ( await second.reply.send( '1' ) )?.text, 'Dear Petra' );
} );

test( 'news of the own sending does not take the draft of who is told nothing of it yet', async () => {
	const { browser, service } = desk();
	const { reply, type, text, told } = await browser();
	await type( 'Dear Petra' );
	service.loseAnswersTo = 'POST /tickets/7/messages';
	await reply.send( '1' );
	await reply.sync.refresh( 7 );
	assert.deepEqual( [ text(), told ], [ 'Dear Petra', [] ] );
	assert.equal( ( await reply.send( '1' ) )?.text, 'Dear Petra' );
} );

test( 'what goes on after a sending elsewhere is a new draft', async () => {
	const { browser, kept } = desk();
	const [ first, second ] = [ await browser(), await browser() ];
	await first.type( 'Dear Petra' );
	await second.reply.sync.refresh( 7 );
	await first.reply.send( '1' );
	await second.type( 'Dear Petra, one more thing' );
	assert.deepEqual( kept(), [ [ 'Dear Petra, one more thing', null ] ] );
} );

test( 'sending leaves no draft behind, whatever was on its way', async () => {
	const { clock, browser, kept, service } = desk();
	const { reply, marks } = await browser();
	reply.write( { reply: 'Dear Petra' } );
	await clock.advance( PAUSE );
	reply.write( { reply: 'Dear Petra!' } );
	await reply.send( '1' );
	await clock.advance( RETRY );
	assert.deepEqual( [ kept(), marks.pop() ], [ [], [ 7, false ] ] );
	assert.equal( service.called( 'PUT' ).length, 1 );
} );

test( 'an emptied draft is forgotten everywhere', async () => {
	const { browser, kept } = desk();
	const { type, storage } = await browser();
	await type( 'Dear' );
	await type( '' );
	assert.deepEqual( [ kept(), storage.length ], [ [], 0 ] );
} );

test( 'going to another ticket loses nothing that was just typed', async () => {
	const { clock, browser, kept } = desk();
	const { reply } = await browser();
	reply.write( { reply: 'For seven' } );
	reply.open( 8 );
	reply.write( { reply: 'For eight' } );
	await clock.advance( PAUSE );
	assert.deepEqual( kept().map( ( [ text ] ) => text ).sort(), [ 'For eight', 'For seven' ] );
} );

test( 'a ticket that is gone is not asked for again and again', async () => {
	const { clock, browser, service } = desk();
	const { type } = await browser();
	service.faults = [ [ 'PUT', new Problem( 'ticket_not_found', 404 ) ] ];
	await type( 'Too late' );
	await clock.advance( RETRY );
	assert.equal( service.called( 'PUT' ).length, 1 );
} );
