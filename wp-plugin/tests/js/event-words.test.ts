import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventInWords } from '../../src/text/event-words';
import { event } from './samples';

const NAMES = {
	agents: [ { id: '2', name: 'Omar' }, { id: '3', name: 'Layla' } ],
	inboxes: [ { id: '102', name: 'Billing' } ],
	teams: [ { id: '31', name: 'Repairs' } ],
	clock: { locale: 'en_US', timeZone: 'Europe/Berlin' },
};

/** The sentence without the marks that isolate names. */
const say = ( ...given: Parameters< typeof event > ): string =>
	eventInWords( event( ...given ), NAMES ).replace( /[\u2068\u2069]/g, '' );

test( 'a change is said by who made it, from before and after', () => {
	assert.equal( say( 1, { status: [ 'open', 'solved' ] } ), 'Omar solved this' );
	assert.equal( say( 1, { status: [ 'solved', 'open' ] } ), 'Omar opened this again' );
	assert.equal( say( 1, { place: [ 'inbox', 'spam' ] } ), 'Omar marked this as spam' );
} );

test( 'a status that changed with a message is said too', () => {
	assert.equal( say( 1, { status: [ 'open', 'pending' ] } ), 'Omar set this to pending' );
} );

test( 'an assignment names who has it now', () => {
	assert.equal( say( 1, { assignee_id: [ null, '3' ] } ), 'Omar assigned this to Layla' );
	assert.equal( say( 1, { assignee_id: [ '3', '2' ] } ), 'Omar took this' );
	assert.equal( say( 1, { assignee_id: '2' } ), 'Omar took this' );
	assert.equal( say( 1, { assignee_id: [ '3', null ] } ), 'Omar unassigned this' );
	assert.equal( say( 1, { assignee_id: [ null, '99' ] } ), 'Omar assigned this to somebody' );
} );

test( 'a ticket that goes to a team names it, and one that leaves it says so', () => {
	assert.equal( say( 1, { team_id: [ null, '31' ] } ), 'Omar gave this to the team Repairs' );
	assert.equal( say( 1, { team_id: [ null, '99' ] } ), 'Omar gave this to a team' );
	assert.equal( say( 1, { team_id: [ '31', null ] } ), 'Omar took this out of its team' );
} );

test( 'a move names the inbox', () => {
	assert.equal( say( 1, { inbox_id: [ '101', '102' ] } ), 'Omar moved this to Billing' );
} );

test( 'tags, priority and subject are said without their values', () => {
	assert.equal( say( 1, { tags: [ 'a', 'b' ] } ), 'Omar changed the tags' );
	assert.equal( say( 1, { priority: [ 'normal', 'high' ] } ), 'Omar changed the priority' );
	assert.equal( say( 1, { subject: [ true ] } ), 'Omar changed the subject' );
} );

test( 'what nobody did was done by Unified Inbox', () => {
	const actor = { type: 'system' as const, id: null, name: '' };
	assert.equal( say( 1, { status: [ 'open', 'solved' ] }, { actor } ), 'Unified Inbox solved this' );
} );

test( 'a fact that means nothing to an agent has no words', () => {
	assert.equal( say( 1, { history: true }, { kind: 'something_new' } ), '' );
} );

test( 'an erasure is said without a name, for there is none any more', () => {
	assert.equal( eventInWords( { ...event( 1, {} ), kind: 'customer_erased' }, NAMES ), 'A person asked to be erased: what they wrote is gone' );
} );

test( 'a snooze names its time by the clock of the site, and its end the reason', () => {
	const until = { until: '2026-11-23T07:00:00.000Z' };
	assert.match( say( 1, until, { kind: 'ticket_snoozed' } ), /^Omar snoozed this until Mon, Nov 23,? (at )?8:00/ );
	assert.match( say( 1, { by: 'time' }, { kind: 'ticket_returned' } ), /its time is over/ );
	assert.match( say( 1, { by: 'reply' }, { kind: 'ticket_returned' } ), /the customer wrote/ );
	assert.equal( say( 1, { by: 'agent' }, { kind: 'ticket_returned' } ), 'Omar brought this back' );
} );

test( 'a merge by hand and its end are said in both tickets', () => {
	const other = { other: '7', other_number: 12 };
	assert.equal( say( 1, other, { kind: 'ticket_merged' } ), 'Omar merged this into #12' );
	assert.equal( say( 1, other, { kind: 'messages_merged' } ), 'Omar merged #12 into this' );
	assert.equal( say( 1, other, { kind: 'ticket_unmerged' } ), 'Omar took the messages of this back from #12' );
	assert.equal( say( 1, other, { kind: 'messages_unmerged' } ), 'Omar gave the messages of #12 back' );
} );

test( 'messages that went to another ticket by themselves are said, and why', () => {
	const actor = { type: 'system' as const, id: null, name: '' };
	assert.match( say( 1, { into: '7' }, { kind: 'ticket_merged', actor } ), /belongs to another ticket/ );
	assert.match( say( 1, {}, { kind: 'messages_moved' } ), /some were moved/ );
} );

test( 'a mention names whom the note names, people and teams', () => {
	const data = { agent_ids: [ '3', '9' ], named: [ 'agent:3', 'team:31' ] };
	assert.equal( say( 1, data, { kind: 'agents_mentioned' } ), 'Omar mentioned Layla, Repairs' );
	assert.equal( say( 1, { named: [ 'agent:99' ] }, { kind: 'agents_mentioned' } ), 'Omar mentioned somebody' );
} );
