import { __, sprintf } from '@wordpress/i18n';
import type { Person } from '../../model';
import type { Form, RuleDraft } from '../model';

/** Everything rules can name, for words and menus. */
export interface Known {
	forms: readonly Person[];
	inboxes: readonly Person[];
	teams: readonly Person[];
	agents: readonly Person[];
	tags: readonly string[];
}

const quoted = ( name: string ): string => `\u2068${ name }\u2069`;

function named( list: readonly Person[], id: string ): string {
	const found = list.find( ( one ) => one.id === id );
	return found ? quoted( found.name ) : __( '(no longer there)', 'unified-inbox' );
}

/** What has to be true for the rule, one short text each. */
export function conditionsInWords( { conditions }: Pick< RuleDraft, 'conditions' >, known: Known ): string[] {
	const { form, inbox, tag, sender_domain: domain, words } = conditions;
	const list = new Intl.ListFormat( undefined, { type: 'disjunction' } );
	return [
		/* translators: %s: name of a form. */
		form && sprintf( __( 'Form: %s', 'unified-inbox' ), named( known.forms, form ) ),
		/* translators: %s: name of an inbox. */
		inbox && sprintf( __( 'Inbox: %s', 'unified-inbox' ), named( known.inboxes, inbox ) ),
		/* translators: %s: name of a tag. */
		tag && sprintf( __( 'Tag: %s', 'unified-inbox' ), quoted( tag ) ),
		/* translators: %s: a domain such as example.com. */
		domain && sprintf( __( 'Sender at %s', 'unified-inbox' ), quoted( domain ) ),
		words?.length &&
			/* translators: %s: words joined by "or". */
			sprintf( __( 'Contains %s', 'unified-inbox' ), list.format( words.map( quoted ) ) ),
	].filter( ( text ): text is string => Boolean( text ) );
}

/** To whom the rule gives a ticket: a team, an agent, or both; nobody, where it only puts tags on. */
function targetOf( { team_id: team, assignee_id: assignee }: RuleDraft, known: Known ): string | null {
	if ( team && assignee ) {
		return sprintf(
			/* translators: 1: name of an agent, 2: name of a team. */
			__( '%1$s in %2$s', 'unified-inbox' ),
			named( known.agents, assignee ),
			named( known.teams, team )
		);
	}
	return assignee ? named( known.agents, assignee ) : team ? named( known.teams, team ) : null;
}

/** What the rule does with a ticket, one short text each. */
export function actsInWords( rule: RuleDraft, known: Known ): string[] {
	const list = new Intl.ListFormat( undefined, { type: 'unit' } );
	const target = targetOf( rule, known );
	return [
		target,
		rule.adds_tags.length &&
			/* translators: %s: names of tags. */
			sprintf( __( 'gets the tags %s', 'unified-inbox' ), list.format( rule.adds_tags.map( quoted ) ) ),
	].filter( ( text ): text is string => Boolean( text ) );
}

/** Every tag that a rule can ask for: those in use, and those that forms and rules put on. */
export function tagNames( tags: readonly Person[], rules: readonly RuleDraft[], forms: readonly Form[] ): string[] {
	const put = [ ...rules.map( ( rule ) => rule.adds_tags ), ...forms.map( ( { definition } ) => definition.tags ?? [] ) ].flat();
	return [ ...new Set( [ ...tags.map( ( { name } ) => name ), ...put ] ) ].sort( ( a, b ) => a.localeCompare( b ) );
}

/** What keeps a rule from being saved, by field. */
export function ruleFault( rule: RuleDraft ): { field: string; words: string } | null {
	if ( ! rule.name.trim() ) {
		return { field: 'name', words: __( 'Give the rule a name.', 'unified-inbox' ) };
	}
	if ( ! Object.values( rule.conditions ).some( ( value ) => value?.length ) ) {
		return { field: 'conditions', words: __( 'Fill in at least one condition; otherwise the rule would take everything.', 'unified-inbox' ) };
	}
	if ( ! rule.team_id && ! rule.assignee_id && ! rule.adds_tags.length ) {
		return { field: 'team_id', words: __( 'Choose a team or a person, or tags to put on the ticket.', 'unified-inbox' ) };
	}
	return null;
}
