import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FakeService } from './fake-service';
import { message, ticket } from './samples';
import { openScreen } from './screen';

/** A ticket that was just gone to, over a line on which it has not come yet. */
async function going( t: TestContext ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ), ticket( 8 ) ];
	service.messages.set( 7, [ message( '1' ) ] );
	const screen = await openScreen( service, '#/open' );
	t.after( screen.leave );
	let come = (): void => undefined;
	service.until = new Promise< void >( ( resolve ) => ( come = resolve ) );
	return {
		service,
		screen,
		keys: async ( ...keys: string[] ) => {
			for ( const key of keys ) {
				await screen.press( key );
			}
		},
		go: ( number: number ) => screen.click( screen.all( `[data-ticket="${ number }"] .uib-row__open` )[ 0 ]! ),
		arrive: async () => {
			service.until = null;
			come();
			await screen.wait( 20 );
		},
	};
}

test( 'keys after R are the reply, also before its ticket is here', async ( t ) => {
	const { service, screen, keys, go, arrive } = await going( t );
	await go( 7 );
	await keys( 'r', 'S', 'e', 'e', ' ', '#', 'Enter' );
	assert.equal( screen.all( '.uib-composer' ).length, 0 );
	await arrive();
	const field = screen.all( '.uib-composer__field' )[ 0 ] as HTMLTextAreaElement;
	assert.equal( field.value, 'See #\n' );
	assert.equal( document.activeElement, field );
	assert.equal( service.called( 'PATCH' ).length, 0 );
} );

test( 'keys after N are a note, and Escape makes them commands again', async ( t ) => {
	const { screen, keys, go, arrive } = await going( t );
	await go( 7 );
	await keys( 'n', 'i', 'Escape', '?' );
	await arrive();
	assert.equal( ( screen.all( '.uib-composer__field' )[ 0 ] as HTMLTextAreaElement ).value, 'i' );
	assert.notEqual( document.activeElement?.className, 'uib-composer__field' );
	assert.ok( screen.named( 'Close' ) );
} );

test( 'whoever goes on to another ticket has nothing typed into either', async ( t ) => {
	const { screen, keys, go, arrive } = await going( t );
	await go( 8 );
	await keys( 'r' );
	await go( 7 );
	await keys( 'x' );
	await arrive();
	assert.equal( screen.desk.reply.store.get().reply, '' );
	assert.notEqual( document.activeElement?.className, 'uib-composer__field' );
} );
