import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import { settingsProblem } from '../../src/settings/problem-words';
import { mayOpen } from '../../src/settings/rights';
import { usesInWords } from '../../src/settings/teams/team-words';
import { FakeSettings, team } from './fake-settings';
import { openSettings } from './settings-screen';

async function open( t: TestContext, service: FakeSettings, hash = '#/teams', boot = {} ) {
	const screen = await openSettings( service, hash, boot );
	t.after( screen.leave );
	return screen;
}

const bare = ( text: string ): string => text.replace( /[\u2068\u2069]/g, '' );

test( 'teams are listed with who is in them and who leads', async ( t ) => {
	const service = new FakeSettings();
	service.teams.push( team( '32', { name: 'Repairs', members: [] } ) );
	const screen = await open( t, service );
	assert.match( bare( screen.text() ), /Accounting.*Omar, leads/ );
	assert.match( screen.text(), /Repairs.*Nobody is in this team yet/ );
} );

test( 'before there is a team the page says what one is for', async ( t ) => {
	const service = new FakeSettings();
	service.teams = [];
	const screen = await open( t, service );
	assert.match( screen.text(), /a team for each speciality/ );
	await screen.press( 'Add a team' );
	assert.equal( window.location.hash, '#/teams/new' );
} );

test( 'a team is made of the people whose boxes are ticked', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/teams/new' );
	await screen.fill( 'Name', ' Repairs ' );
	await screen.press( 'MayaInbox agent' );
	await screen.send();
	assert.deepEqual( service.called( 'POST /teams' )[ 0 ]?.body, {
		name: 'Repairs',
		members: [ { agent_id: '1', leads: false } ],
	} );
	assert.equal( window.location.hash, '#/teams' );
} );

test( 'only who has the role for it can be made the lead', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/teams/new' );
	await screen.press( 'MayaInbox agent' );
	assert.equal( screen.all( '.uibs-members input' ).length, 2 );
	await screen.press( 'OmarInbox team lead' );
	assert.match( screen.text( '.uibs-members' ), /Omar leads the team/ );
} );

test( 'a change names the version it was made on', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/teams/31' );
	await screen.fill( 'Name', 'Money' );
	await screen.send();
	const [ call ] = service.called( 'PATCH /teams/31' );
	assert.deepEqual( call?.headers, { 'If-Match': '"1"' } );
	assert.deepEqual( call?.body, { name: 'Money', members: [ { agent_id: '2', leads: true } ] } );
} );

test( 'what somebody else saved meanwhile is shown, and can then be changed', async ( t ) => {
	const service = new FakeSettings();
	const newer = team( '31', { name: 'Bills', version: 2 } );
	service.faults.push( [ 'PATCH /teams', new Problem( 'stale', 412, { team: newer } ) ] );
	const screen = await open( t, service, '#/teams/31' );
	await screen.fill( 'Name', 'Money' );
	await screen.send();
	assert.match( screen.text(), /shown as it is now/ );
	assert.equal( ( screen.all( 'input[type=text]' )[ 0 ] as HTMLInputElement ).value, 'Bills' );
	await screen.send();
	assert.deepEqual( service.called( 'PATCH /teams' )[ 1 ]?.headers, { 'If-Match': '"2"' } );
} );

test( 'a team without a name is not sent', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/teams/31' );
	await screen.fill( 'Name', '  ' );
	await screen.send();
	assert.match( screen.text( '.uibs-field__error' ), /Give the team a name/ );
	assert.deepEqual( service.called( 'PATCH' ), [] );
} );

test( 'a name that is taken is said beside the field', async ( t ) => {
	const service = new FakeSettings();
	service.faults.push( [ 'POST /teams', new Problem( 'team_name_taken', 409, { field: 'name' } ) ] );
	const screen = await open( t, service, '#/teams/new' );
	await screen.fill( 'Name', 'Accounting' );
	await screen.send();
	assert.match( screen.text( '.uibs-field__error' ), /a team of this name already/ );
	assert.equal( ( screen.all( 'input[type=text]' )[ 0 ] as HTMLInputElement ).value, 'Accounting' );
} );

test( 'a team goes after one more click that tells what loses it', async ( t ) => {
	const service = new FakeSettings();
	service.uses = { tickets: 12, rules: 1, saved_replies: 0 };
	const screen = await open( t, service, '#/teams/31' );
	await screen.press( 'Remove this team' );
	assert.match( screen.text(), /12 tickets lose this team.*1 rule loses it/ );
	assert.equal( service.teams.length, 1 );
	await screen.press( 'Remove this team now' );
	assert.deepEqual( service.teams, [] );
	assert.match( screen.text(), /The team is removed/ );
} );

test( 'the focus goes to the question, and back to its button when it is kept', async ( t ) => {
	const screen = await open( t, new FakeSettings(), '#/teams/31' );
	await screen.press( 'Remove this team' );
	assert.match( document.activeElement?.textContent ?? '', /No ticket and no rule/ );
	await screen.press( 'Keep it' );
	assert.equal( document.activeElement?.textContent, 'Remove this team' );
} );

test( 'a team that is gone is said to be gone', async ( t ) => {
	const screen = await open( t, new FakeSettings(), '#/teams/99' );
	assert.match( screen.text(), /not here any more/ );
} );

test( 'each thing that loses a team is said only where there is one', () => {
	assert.doesNotMatch( usesInWords( { tickets: 1, rules: 0, saved_replies: 0 } ), /rule/ );
	assert.match( usesInWords( { tickets: 0, rules: 2, saved_replies: 0 } ), /^2 rules lose it too/ );
	assert.match( usesInWords( { tickets: 0, rules: 0, saved_replies: 2 } ), /^2 saved replies become your own/ );
} );

test( 'a lead is led to the routing from every address, and beside it to what is his own', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/teams/31', { canManage: false } );
	assert.deepEqual( screen.all( '.uibs-tab' ).map( ( tab ) => tab.textContent ), [ 'Routing', 'Notifications', 'Saved replies', 'Signatures' ] );
	assert.match( screen.text( 'h2' ), /Routing/ );
	assert.deepEqual( service.called( 'GET /mailboxes' ), [] );
} );

test( 'managers may open everything, leads the routing, and everybody what he is mailed', () => {
	const open = ( canManage: boolean, canRoute: boolean ) =>
		( [ 'mailboxes', 'forms', 'teams', 'routing', 'notifications', 'connection' ] as const ).filter( ( tab ) => mayOpen( { canManage, canRoute }, tab ) );
	assert.deepEqual( open( true, true ).length, 6 );
	assert.deepEqual( open( false, true ), [ 'routing', 'notifications' ] );
	assert.deepEqual( open( false, false ), [ 'notifications' ] );
} );

test( 'every refusal of rules and rights has words that say what to do', () => {
	for ( const code of [ 'rules_changed', 'too_many_rules', 'leads_only', 'managers_only', 'team_in_use' ] ) {
		const words = settingsProblem( new Problem( code, 409, { detail: 'from the service' } ) );
		assert.notEqual( words, 'from the service', code );
	}
} );
