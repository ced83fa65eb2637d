import { __ } from '@wordpress/i18n';

/** What the box may offer: the names behind the operators that take one. */
export interface Known {
	inboxes: readonly string[];
	agents: readonly string[];
	tags: readonly string[];
}

/** A search that can be chosen in place of what is typed, and what it is about. */
export interface Suggestion {
	/** The whole text of the box once it is chosen. */
	text: string;
	/** What of it is new. */
	part: string;
	about: string;
	/** Something still has to be typed behind it. */
	isBegun: boolean;
}

const MOST = 6;
const STATES = [ 'open', 'pending', 'solved', 'unassigned', 'mine', 'unread', 'snoozed', 'spam', 'trash' ];

/** The operators, in the order in which they are taught. */
export const OPERATORS: [ string, () => string ][] = [
	[ 'from:', () => __( 'who wrote it', 'unified-inbox' ) ],
	[ 'to:', () => __( 'who got it', 'unified-inbox' ) ],
	[ 'subject:', () => __( 'words of the subject', 'unified-inbox' ) ],
	[ 'is:', () => __( 'open, pending, solved, unassigned, mine, unread, snoozed, spam or trash', 'unified-inbox' ) ],
	[ 'tag:', () => __( 'a tag', 'unified-inbox' ) ],
	[ 'has:attachment', () => __( 'with a file', 'unified-inbox' ) ],
	[ 'assignee:', () => __( 'an agent, me or none', 'unified-inbox' ) ],
	[ 'inbox:', () => __( 'an inbox', 'unified-inbox' ) ],
	[ 'after:', () => __( 'since a day: 2026-03-01, 2026-03, yesterday or 7d', 'unified-inbox' ) ],
	[ 'before:', () => __( 'before a day', 'unified-inbox' ) ],
];

/** What is not an operator and has to be known all the same. */
export const SIGNS: [ string, () => string ][] = [
	[ '#…', () => __( 'the ticket of this number; Enter opens it', 'unified-inbox' ) ],
	[ '"…"', () => __( 'these words, one after the other', 'unified-inbox' ) ],
	[ '-…', () => __( 'without this word', 'unified-inbox' ) ],
];

const LAST = /(^|\s)(-?)(?:([a-z]+):)?("[^"]*|[^\s":]*)$/i;

function quoted( value: string ): string {
	return /\s/.test( value ) ? `"${ value }"` : value;
}

function valuesOf( operator: string, known: Known ): readonly string[] {
	switch ( operator ) {
		case 'is':
			return STATES;
		case 'has':
			return [ 'attachment' ];
		case 'inbox':
			return known.inboxes;
		case 'assignee':
			return [ 'me', 'none', ...known.agents ];
		case 'tag':
			return known.tags;
		case 'before':
		case 'after':
			return [ 'today', 'yesterday', '7d', '30d' ];
	}
	return [];
}

function startsWith( text: string, beginning: string ): boolean {
	return text.toLocaleLowerCase().startsWith( beginning.toLocaleLowerCase() );
}

/** What may be meant by the last part of a text, which is being typed. */
export function suggestionsFor( text: string, known: Known ): Suggestion[] {
	const last = text.match( LAST );
	if ( ! last ) {
		return [];
	}
	const [ whole, blank = '', minus = '', operator, typed = '' ] = last;
	const before = text.slice( 0, text.length - whole.length ) + blank;
	if ( operator ) {
		const beginning = typed.replace( '"', '' );
		return valuesOf( operator.toLowerCase(), known )
			.filter( ( value ) => startsWith( value, beginning ) && value !== beginning )
			.slice( 0, MOST )
			.map( ( value ) => {
				const part = `${ minus }${ operator.toLowerCase() }:${ quoted( value ) }`;
				return { text: `${ before }${ part } `, part, about: '', isBegun: false };
			} );
	}
	return OPERATORS.filter( ( [ name ] ) => typed !== '' && startsWith( name, typed ) ).map( ( [ name, about ] ) => {
		const isBegun = name.endsWith( ':' );
		return { text: `${ before }${ minus }${ name }${ isBegun ? '' : ' ' }`, part: minus + name, about: about(), isBegun };
	} );
}

/** Whether the text ends in an operator without its value: then there is nothing to find yet. */
export function isUnfinished( text: string ): boolean {
	const last = text.match( LAST );
	return Boolean( last?.[ 3 ] && ! last[ 4 ] && OPERATORS.some( ( [ name ] ) => name.startsWith( `${ last[ 3 ]!.toLowerCase() }:` ) ) );
}
