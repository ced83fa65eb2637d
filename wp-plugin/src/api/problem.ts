import { __, sprintf } from '@wordpress/i18n';

/** A request that did not succeed; `code` is stable, `details` is the whole problem document. */
export class Problem extends Error {
	readonly code: string;
	readonly status: number;
	readonly details: Record< string, unknown >;

	constructor( code: string, status: number, details: Record< string, unknown > = {} ) {
		super( typeof details.detail === 'string' ? details.detail : code );
		this.name = 'Problem';
		this.code = code;
		this.status = status;
		this.details = details;
	}

	/** Whether the service never decided about the request, so it may or may not have been done. */
	get isUndecided(): boolean {
		return this.status === 0 || this.status >= 500;
	}
}

/**
 * Brings the shapes a request can fail with (problem+json of the service, WP_Error of
 * WordPress, the browser's own) into one.
 */
export function toProblem( thrown: unknown ): Problem {
	if ( thrown instanceof Problem ) {
		return thrown;
	}
	const body = ( typeof thrown === 'object' && thrown ? thrown : {} ) as Record< string, unknown >;
	const code = typeof body.code === 'string' ? body.code : 'network';
	const data = body.data as { status?: unknown } | undefined;
	const status = [ body.status, data?.status ].find( ( value ) => typeof value === 'number' );
	const detail = body.detail ?? body.message;
	return new Problem( code, ( status as number | undefined ) ?? 0, { ...body, detail } );
}

function gone(): string {
	return __( 'This ticket is not here any more. It may have been merged or erased.', 'unified-inbox' );
}

function suppressedOf( { details }: Problem ): string {
	const named = ( details.suppressed ?? [] ) as { email: string }[];
	return named.map( ( { email } ) => email ).join( ', ' );
}

const WORDS: Record< string, ( problem: Problem ) => string > = {
	service_unreachable: () =>
		__( 'The inbox service did not answer. Nothing is lost; we keep trying.', 'unified-inbox' ),
	upload_interrupted: () =>
		__( 'This upload was interrupted. Remove it, then choose the file again.', 'unified-inbox' ),
	agent_unknown: () =>
		__(
			'The inbox service does not know you yet. Ask a manager to save your user profile once, then reload.',
			'unified-inbox'
		),
	rest_forbidden: () =>
		__( 'You may look at this inbox, but not do that. Ask a manager for the right.', 'unified-inbox' ),
	rest_cookie_invalid_nonce: () =>
		__( 'Your session has ended. Log in again in another tab, then go on here.', 'unified-inbox' ),
	not_found: gone,
	merged: () => __( 'This ticket went into another one. Do it there, or take its messages back first.', 'unified-inbox' ),
	no_such_ticket: () => __( 'There is no ticket with this number here. Look at the number once more.', 'unified-inbox' ),
	note_stale: () =>
		__( 'Somebody changed this note before you. It reads as below now; yours is still here: put both together, then save.', 'unified-inbox' ),
	no_sender: () => __( 'Nobody from outside wrote here, so there is no sender to block.', 'unified-inbox' ),
	own_address: () => __( 'This is an address of your own: it cannot be blocked.', 'unified-inbox' ),
	invalid_address: () => __( 'This is no address. Write it like name@example.com.', 'unified-inbox' ),
	not_mergeable: () =>
		__( 'Only tickets in the inbox can be merged. Move the other one back to the inbox first.', 'unified-inbox' ),
	not_in_trash: () => __( 'Only what is in the trash is deleted for good. Move it there first.', 'unified-inbox' ),
	being_sent: () => __( 'A mail of this ticket is being sent just now. Try again in a minute.', 'unified-inbox' ),
	not_sent_yet: () =>
		__( 'A mail that has not left stays where it is. Wait until it is sent, or take it back first.', 'unified-inbox' ),
	too_many: () => __( 'These are more than 10,000 tickets. Narrow the list first.', 'unified-inbox' ),
	not_snoozable: () => __( 'Only an open or pending ticket can be snoozed. Open it again first.', 'unified-inbox' ),
	address_suppressed: ( problem ) =>
		sprintf(
			/* translators: %s: e-mail addresses. */
			__( 'Mail to %s came back before. Nothing was sent: correct the address, or send it anyway.', 'unified-inbox' ),
			suppressedOf( problem )
		),
	too_late: () =>
		__( 'It was on its way already and could not be taken back.', 'unified-inbox' ),
	draft_sent: () =>
		__( 'This was sent already. Say first what becomes of what you wrote here since.', 'unified-inbox' ),
	draft_ended: () =>
		__( 'You discarded this draft in another window. Nothing was sent: send it again if you want it to go out.', 'unified-inbox' ),
	not_unsure: () =>
		__( 'Meanwhile we found out what became of it: look again.', 'unified-inbox' ),
	mention_unseen: ( { details } ) =>
		sprintf(
			/* translators: %s: names of agents and teams. */
			__( '%s cannot see this ticket, so nothing was written. Take the mention out, or ask a manager to open the inbox to them.', 'unified-inbox' ),
			( ( details.names ?? [] ) as string[] ).map( ( name ) => `\u2068${ name }\u2069` ).join( ', ' )
		),
	mention_unknown: () =>
		__( 'Somebody you mention is not here any more, so nothing was written. Take the mention out.', 'unified-inbox' ),
	saved_reply_unnamed: () => __( 'Give the saved reply a name.', 'unified-inbox' ),
	saved_reply_empty: () => __( 'Write a text in one language at least.', 'unified-inbox' ),
	shortcut_not_a_word: () => __( 'A shortcut is one word, without blanks.', 'unified-inbox' ),
	shortcut_taken: () => __( 'Another saved reply has this shortcut already. Choose another word.', 'unified-inbox' ),
	too_many_saved_replies: () =>
		__( 'There is no room for more saved replies. Remove one that is no longer used.', 'unified-inbox' ),
	unknown_variable: ( { details } ) =>
		sprintf(
			/* translators: %s: what somebody wrote in braces, such as {customer.shoe}. */
			__( '%s stands for nothing. Choose one of the variables, or take the braces away.', 'unified-inbox' ),
			`{${ String( details.variable ) }}`
		),
	saved_reply_not_found: () => __( 'This saved reply is not here any more. Somebody may have removed it.', 'unified-inbox' ),
	time_past: () => __( 'Choose a time that is still to come.', 'unified-inbox' ),
	time_too_far: () => __( 'Choose a time within a year from now.', 'unified-inbox' ),
	stale: () =>
		__( 'Somebody changed this ticket before you. This is how it is now; try again.', 'unified-inbox' ),
	site_moved: () =>
		__( 'This site has another address than the paired one. Pair it again in the settings.', 'unified-inbox' ),
};

/** What happened, what is safe and what to do, in one or two sentences. */
export function problemInWords( problem: Problem ): string {
	const words = WORDS[ problem.code ] ?? ( problem.code.endsWith( '_not_found' ) ? gone : undefined );
	if ( words ) {
		return words( problem );
	}
	if ( problem.status === 0 ) {
		return __( 'You seem to be offline. What you wrote is saved here; we keep trying.', 'unified-inbox' );
	}
	if ( problem.status >= 500 ) {
		return __( 'The inbox service had a fault. Nothing was changed; try again in a minute.', 'unified-inbox' );
	}
	return problem.message;
}
