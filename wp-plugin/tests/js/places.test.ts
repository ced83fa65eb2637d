import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked, belongs, countOf, isSifted, narrowed, queryOf, VIEW_NAMES, type Filter } from '../../src/places';
import { FakeService } from './fake-service';
import { ago, HOUR, ticket } from './samples';

const MAYA = { id: '1', name: 'Maya' };

test( 'a view asks the service for what its name says', () => {
	assert.deepEqual( queryOf( { view: 'unassigned', inbox: null } ), { assignee: 'none', status: 'open', snoozed: 'false' } );
	assert.deepEqual( queryOf( { view: 'spam', inbox: null } ), { place: 'spam' } );
	assert.deepEqual( queryOf( { view: 'open', inbox: '5' } ), { status: 'open', snoozed: 'false', inbox: '5' } );
} );

test( 'the screen and the service agree on which ticket belongs where', async () => {
	const all = [
		ticket( 1 ),
		ticket( 2, { assignee: MAYA } ),
		ticket( 3, { status: 'pending', inbox_id: '102' } ),
		ticket( 4, { status: 'solved', assignee: MAYA } ),
		ticket( 5, { place: 'spam' } ),
		ticket( 8, { merged_into: { number: 1 } } ),
		ticket( 7, { snoozed_until: ago( -HOUR ), assignee: MAYA } ),
		ticket( 6, { place: 'trash', status: 'solved' } ),
	];
	for ( const view of VIEW_NAMES ) {
		for ( const inbox of [ null, '102' ] ) {
			for ( const one of all ) {
				const service = new FakeService();
				service.tickets = [ one ];
				// Whom a note mentions only the service knows.
				service.mentioned = [ one.number ];
				const page = await service.transport< { items: unknown[] } >( { path: '/tickets', query: queryOf( { view, inbox } ) } );
				assert.equal( belongs( one, { view, inbox }, '1' ), page.items.length === 1, `${ view } ${ one.number }` );
			}
		}
	}
} );

test( 'a number stands only where work waits', () => {
	const counts = { open: 3, solved: 90, spam: 0 };
	assert.equal( countOf( 'open', counts ), 3 );
	assert.equal( countOf( 'solved', counts ), null );
	assert.equal( countOf( 'spam', counts ), null );
	assert.equal( countOf( 'open', null ), null );
} );

test( 'the screen and the service agree on what a filter lets through', async () => {
	const all = [
		ticket( 1, { tags: [ 'vip' ], priority: 'urgent', team_id: '4' } ),
		ticket( 2, { has_attachments: true, assignee: MAYA, customer: { id: '7', name: 'Omar', email: 'o@example.org' } } ),
	];
	const filters: Filter[] = [
		{ tag: 'vip' },
		{ priority: 'urgent' },
		{ team: '4' },
		{ has_attachments: 'false' },
		{ customer: '7' },
		{ assignee: '1' },
	];
	for ( const filter of filters ) {
		for ( const one of all ) {
			const where = { view: 'open' as const, inbox: null, filter };
			const service = new FakeService();
			service.tickets = [ one ];
			const page = await service.transport< { items: unknown[] } >( { path: '/tickets', query: queryOf( where ) } );
			assert.equal( belongs( one, where, '1' ), page.items.length === 1, `${ JSON.stringify( filter ) } ${ one.number }` );
		}
	}
} );

test( 'a filter says only what its view does not say by itself', () => {
	const where = { view: 'saved' as const, inbox: null, saved: '9', base: { priority: 'high' }, filter: { tag: 'vip' } };
	assert.deepEqual( narrowed( where, { priority: '' } ), { tag: 'vip', priority: '' } );
	assert.deepEqual( asked( { ...where, filter: { priority: '' } } ), {} );
	assert.equal( narrowed( { ...where, filter: { priority: '' } }, { priority: 'high' } ), undefined );
	assert.equal( narrowed( { view: 'open', inbox: null, filter: { tag: 'vip' } }, { tag: '' } ), undefined );
} );

test( 'only where the service looks through tickets may its pages be short', () => {
	assert.equal( isSifted( { view: 'open', inbox: null, filter: { team: '4' } } ), false );
	assert.equal( isSifted( { view: 'saved', inbox: null, base: { unread: 'true' } } ), true );
} );
