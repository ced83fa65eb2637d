import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import { inLanguage, ownLanguage } from '../../src/settings/forms/languages';
import { tally } from '../../src/settings/routing/dry-run-words';
import { moved } from '../../src/settings/routing/order';
import { ruleFault } from '../../src/settings/routing/rule-words';
import { parseRoute, tabOf, to } from '../../src/settings/route';
import { FakeSettings, form, rule } from './fake-settings';
import { openSettings } from './settings-screen';

async function open( t: TestContext, service: FakeSettings, hash: string ) {
	const screen = await openSettings( service, hash );
	t.after( screen.leave );
	return screen;
}

function withRules(): FakeSettings {
	const service = new FakeSettings();
	service.rules = [ rule( '1' ), rule( '2', { conditions: { sender_domain: 'acme.example', inbox: '101' }, assignee_id: '2' } ), rule( '3' ) ];
	return service;
}

const namesOf = ( service: FakeSettings ): string[] => service.rules.map( ( { name } ) => name );

test( 'every page has an address that leads back to it', () => {
	const hashes = [ to.mailbox( '7' ), to.first( '7' ), to.reconnect( '7' ), to.consent( '7' ), to.form( '7' ), to.team( '7' ), to.teams, to.routing, to.gmail, to.serviceAccount, to.connection ];
	const pages = hashes.map( ( hash ) => parseRoute( hash ).page );
	assert.deepEqual( pages, [ 'mailbox', 'first', 'reconnect', 'consent', 'form', 'team', 'teams', 'routing', 'gmail', 'service-account', 'connection' ] );
	assert.equal( parseRoute( '#/nowhere' ).page, 'mailboxes' );
	assert.equal( tabOf( parseRoute( to.form( '7' ) ) ), 'forms' );
} );

test( 'a form is listed with its inbox and its shortcode', async ( t ) => {
	const screen = await open( t, new FakeSettings(), '#/forms' );
	assert.match( screen.text(), /Goes to .*Support/ );
	await screen.press( 'Copy the shortcode' );
	assert.deepEqual( screen.browser.copied, [ '[unified_inbox_form id="201"]' ] );
} );

test( 'before there is a form the way to a mailbox is shown', async ( t ) => {
	const service = new FakeSettings();
	service.forms = [];
	const screen = await open( t, service, '#/forms' );
	assert.match( screen.text(), /comes with your first mailbox/ );
} );

test( 'a label is edited per language and shows in the preview at once', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/forms/201' );
	await screen.press( 'العربية' );
	assert.equal( screen.all( '.uibs-preview__page' )[ 0 ]?.dir, 'rtl' );
	await screen.fill( 'Message', 'اكتب لنا' );
	assert.match( screen.text( '.uibs-preview' ), /اكتب لنا/ );
	await screen.send();
	const { label } = service.forms[ 0 ]!.definition.fields.find( ( { name } ) => name === 'message' )!;
	assert.deepEqual( label, { en: 'Your message', ar: 'اكتب لنا' } );
} );

test( 'e-mail and message stay required, other fields may be either', async ( t ) => {
	const screen = await open( t, new FakeSettings(), '#/forms/201' );
	const boxes = screen.all( '.uibs-fields input[type=checkbox]' ) as HTMLInputElement[];
	assert.deepEqual( boxes.map( ( { disabled } ) => disabled ), [ false, true, false, true, false, false ] );
} );

test( 'a form moves to another inbox', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/forms/201' );
	await screen.fill( 'Inbox', '102' );
	assert.match( screen.text(), /Not saved yet/ );
	await screen.send();
	assert.equal( service.forms[ 0 ]?.inbox_id, '102' );
	assert.doesNotMatch( screen.text(), /Not saved yet/ );
} );

test( 'what the service finds wrong stands at its field, and nothing typed is lost', async ( t ) => {
	const service = new FakeSettings();
	service.faults.push( [ 'PATCH /forms', new Problem( 'invalid', 422, { field: 'name', detail: 'Too long.' } ) ] );
	const screen = await open( t, service, '#/forms/201' );
	await screen.fill( 'Inbox', '102' );
	await screen.send();
	assert.match( screen.text( '.uibs-field__error' ), /Too long/ );
	assert.match( screen.text(), /Not saved yet/ );
} );

test( 'the only form cannot be removed, one of two can', async ( t ) => {
	const service = new FakeSettings();
	assert.doesNotMatch( ( await open( t, service, '#/forms/201' ) ).text(), /Remove this form/ );
	service.forms.push( form( '202' ) );
	const screen = await open( t, service, '#/forms/202' );
	await screen.press( 'Remove this form' );
	await screen.press( 'Remove this form now' );
	assert.deepEqual( service.forms.map( ( { id } ) => id ), [ '201' ] );
} );

test( 'a new form begins as a copy and opens for editing', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/forms' );
	await screen.press( 'Add a form' );
	assert.equal( window.location.hash, '#/forms/202' );
	assert.equal( service.forms[ 1 ]?.definition.fields.length, 6 );
} );

test( 'labels fall back to English, and one’s own language comes first', () => {
	assert.equal( inLanguage( { en: 'Name', ar: '' }, 'ar' ), 'Name' );
	assert.deepEqual( [ 'ar', 'tl', 'fil_PH', 'de_DE' ].map( ownLanguage ), [ 'ar', 'tl', 'tl', 'en' ] );
} );

test( 'a rule is shown with its conditions and where it sends tickets', async ( t ) => {
	const screen = await open( t, withRules(), '#/routing' );
	const second = screen.all( '.uibs-rule' )[ 1 ]!;
	assert.deepEqual( Array.from( second.querySelectorAll( '.uibs-chip' ), ( { textContent } ) => textContent?.replace( /[\u2068\u2069]/g, '' ) ), [ 'Inbox: Support', 'Sender at acme.example' ] );
	assert.match( second.textContent!, /Omar.* in .*Accounting/ );
} );

test( 'a rule moves up, and the service keeps the order', async ( t ) => {
	const service = withRules();
	const screen = await open( t, service, '#/routing' );
	await screen.press( 'Move Rule 3 up' );
	assert.deepEqual( namesOf( service ), [ 'Rule 1', 'Rule 3', 'Rule 2' ] );
	assert.match( screen.text( '.uibs-rule__name' ), /Rule 1.*Rule 3.*Rule 2/ );
} );

test( 'the first rule cannot move up', async ( t ) => {
	const service = withRules();
	const screen = await open( t, service, '#/routing' );
	await screen.press( 'Move Rule 1 up' );
	assert.equal( service.called( 'PUT' ).length, 0 );
} );

test( 'an order the service refuses goes back to what it was, with a word', async ( t ) => {
	const service = withRules();
	service.faults.push( [ 'PUT /routing/order', new Problem( 'service_unreachable', 502 ) ] );
	const screen = await open( t, service, '#/routing' );
	await screen.press( 'Move Rule 3 up' );
	assert.match( screen.text( '.uibs-rule__name' ), /Rule 1.*Rule 2.*Rule 3/ );
	assert.match( screen.text( '.uibs-notice' ), /did not answer/ );
} );

test( 'a rule is switched off and stays in its place', async ( t ) => {
	const service = withRules();
	const screen = await open( t, service, '#/routing' );
	await screen.press( 'Use the rule Rule 1' );
	assert.equal( service.rules[ 0 ]?.enabled, false );
	assert.equal( screen.all( '.uibs-rule' )[ 0 ]?.dataset.off, '' );
} );

test( 'a removed rule comes back to its place by Undo', async ( t ) => {
	const service = withRules();
	const screen = await open( t, service, '#/routing' );
	await screen.press( 'Remove Rule 2' );
	assert.deepEqual( namesOf( service ), [ 'Rule 1', 'Rule 3' ] );
	await screen.press( 'Undo' );
	assert.deepEqual( namesOf( service ), [ 'Rule 1', 'Rule 2', 'Rule 3' ] );
} );

test( 'a new rule is written, its words split at commas of any script', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/routing' );
	await screen.press( 'Add a rule' );
	await screen.fill( 'Name', 'Invoices' );
	await screen.fill( 'One of these words', 'invoice, refund، فاتورة,' );
	await screen.fill( 'Team', '31' );
	await screen.fill( 'Put these tags on it', 'bill، late' );
	await screen.send();
	assert.deepEqual( service.called( 'POST /routing/rules' )[ 0 ]?.body, {
		name: 'Invoices',
		enabled: true,
		conditions: { words: [ 'invoice', 'refund', 'فاتورة' ] },
		team_id: '31',
		assignee_id: null,
		adds_tags: [ 'bill', 'late' ],
	} );
	assert.equal( screen.all( '.uibs-rule' ).length, 1 );
} );

test( 'a rule that only puts tags on says so, and the others can ask for its tag at once', async ( t ) => {
	const service = withRules();
	service.rules[ 0 ] = rule( '1', { team_id: null, adds_tags: [ 'bill', 'late' ] } );
	const screen = await open( t, service, '#/routing' );
	assert.match( screen.text( '.uibs-rule__target' ).replace( /[\u2068\u2069]/g, '' ), /gets the tags bill, late/ );
	await screen.press( 'Edit Rule 2' );
	await screen.fill( 'Tag', 'late' );
	await screen.send();
	assert.equal( service.rules[ 1 ]?.conditions.tag, 'late' );
} );

test( 'a form puts tags on its tickets', async ( t ) => {
	const service = new FakeSettings();
	const screen = await open( t, service, '#/forms/201' );
	await screen.fill( 'Tags', 'returns, مرتجعات' );
	await screen.send();
	assert.deepEqual( service.forms[ 0 ]?.definition.tags, [ 'returns', 'مرتجعات' ] );
} );

test( 'a rule is changed in its place', async ( t ) => {
	const service = withRules();
	const screen = await open( t, service, '#/routing' );
	await screen.press( 'Edit Rule 2' );
	await screen.fill( 'Domain of the sender', ' ana@Globex.example ' );
	await screen.send();
	assert.deepEqual( service.rules[ 1 ]?.conditions, { inbox: '101', sender_domain: 'globex.example' } );
} );

test( 'a rule without name, condition or target is not sent', () => {
	const whole = rule( '1' );
	const faults = [ whole, { ...whole, name: ' ' }, { ...whole, conditions: { words: [] } }, { ...whole, team_id: null } ];
	assert.deepEqual( faults.map( ( one ) => ruleFault( one )?.field ), [ undefined, 'name', 'conditions', 'team_id' ] );
	assert.equal( ruleFault( { ...whole, team_id: null, adds_tags: [ 'vip' ] } ), null );
} );

test( 'a dry run counts per rule and shows where each ticket would go', async ( t ) => {
	const service = withRules();
	const line = { ticket_number: 7, subject: 'Invoice', rule_id: '2', rule_name: 'Rule 2', team: 'Accounting', assignee: 'Omar', rule_ids: [ '1', '2' ], tags: [ 'bill' ] };
	service.lines = [ line, { ...line, ticket_number: 8, rule_id: null, rule_name: '', team: null, assignee: null, rule_ids: [ '3' ], tags: [] } ];
	const screen = await open( t, service, '#/routing' );
	await screen.press( 'Try on the last 100 tickets' );
	assert.match( screen.text( '.uibs-tally' ), /Rule 1.*1 ticket.*Rule 2.*1 ticket.*Rule 3.*1 ticket.*Nobody.*1 ticket/ );
	assert.match( screen.text( '.uibs-table' ), /Rule 1 · Rule 2.*Omar · Accounting · #bill.*Rule 3–/ );
} );

test( 'the count follows the rules’ order and leaves out those switched off', () => {
	const line = { ticket_number: 1, subject: '', rule_id: '2', rule_name: null, team: null, assignee: null, rule_ids: [ '2' ], tags: [] };
	const counted = tally( [ line ], [ rule( '1' ), rule( '2' ), rule( '3', { enabled: false } ) ] );
	assert.deepEqual( counted.map( ( { id, count } ) => [ id, count ] ), [ [ '1', 0 ], [ '2', 1 ], [ null, 0 ] ] );
} );

test( 'moving keeps everybody else in order', () => {
	assert.deepEqual( moved( [ 'a', 'b', 'c', 'd' ], 3, 1 ), [ 'a', 'd', 'b', 'c' ] );
} );

test( 'cards that PHP printed appear under their tab, and their forms come back to it', async ( t ) => {
	document.body.insertAdjacentHTML( 'beforeend', '<div data-unified-inbox-tab="connection"><form action="https://shop.example/settings"></form></div>' );
	const part = document.querySelector< HTMLElement >( '[data-unified-inbox-tab]' )!;
	t.after( () => part.remove() );
	const screen = await open( t, new FakeSettings(), '#/forms' );
	assert.equal( part.hidden, true );
	await screen.press( 'Connection' );
	assert.equal( part.hidden, false );
	assert.equal( part.querySelector( 'form' )?.action, 'https://shop.example/settings#/connection' );
} );
