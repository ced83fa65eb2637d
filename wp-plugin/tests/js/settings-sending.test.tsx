import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import { FakeSettings } from './fake-settings';
import { mailboxSends } from './samples';
import { openSettings } from './settings-screen';

async function open( t: TestContext ) {
	const service = new FakeSettings();
	service.sending.mailboxes = [ mailboxSends( { recipients: 12 } ) ];
	const screen = await openSettings( service, '#/sending' );
	t.after( screen.leave );
	return { service, screen };
}

test( 'a manager says for how long replies can be taken back', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.fill( 'Seconds', '45' );
	await screen.send();
	assert.deepEqual( service.called( 'PUT' ).map( ( { path, body } ) => [ path, body ] ), [ [ '/sending', { undo_seconds: 45 } ] ] );
	assert.match( screen.text(), /Saved\./ );
} );

for ( const typed of [ '61', '-1', 'ten', '' ] ) {
	test( `"${ typed }" is no number of seconds, and that stands below the field`, async ( t ) => {
		const { service, screen } = await open( t );
		await screen.fill( 'Seconds', typed );
		await screen.send();
		assert.match( screen.text( '.uibs-field__error' ), /from 0 to 60/ );
		assert.equal( service.called( 'PUT' ).length, 0 );
	} );
}

test( 'how much a mailbox sent stands beside what it may', async ( t ) => {
	const { screen } = await open( t );
	assert.match( screen.text( '.uibs-share' ), /12 of 2,000 recipients/ );
} );

test( 'a manager chooses another limit, and goes back to the provider’s', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.fill( 'Recipients in 24 hours', '500' );
	await screen.send( 1 );
	assert.match( screen.text( '.uibs-share' ), /12 of 500/ );
	await screen.fill( 'Recipients in 24 hours', '' );
	await screen.send( 1 );
	const sent = service.called( 'PUT /sending/mailboxes/301' ).map( ( { body } ) => body );
	assert.deepEqual( sent, [ { daily_limit: 500 }, { daily_limit: null } ] );
} );

test( 'a limit that nobody can mean is refused before it is sent', async ( t ) => {
	const { service, screen } = await open( t );
	await screen.fill( 'Recipients in 24 hours', '0' );
	await screen.send( 1 );
	assert.match( screen.text( '.uibs-field__error' ), /from 1 to 10000/ );
	assert.equal( service.called( 'PUT' ).length, 0 );
} );

test( 'what could not be saved says why', async ( t ) => {
	const { service, screen } = await open( t );
	service.faults = [ [ 'PUT /sending', new Problem( 'managers_only', 403 ) ] ];
	await screen.send();
	assert.match( screen.text( '[role=alert]' ), /Only managers/ );
} );
