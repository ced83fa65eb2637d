import { __, sprintf } from '@wordpress/i18n';
import { problemInWords, type Problem } from '../api/problem';

type Details = Record< string, unknown >;

const text = ( value: unknown ): string => ( typeof value === 'string' ? value : '' );

function wrongAccount( { expected, got }: Details ): string {
	return sprintf(
		/* translators: 1: the address that signed in, 2: the address of the mailbox. */
		__( 'You signed in as %1$s, but this mailbox is %2$s. Sign in again and choose that account; nothing was changed.', 'unified-inbox' ),
		text( got ),
		text( expected )
	);
}

const WORDS: Record< string, ( details: Details ) => string > = {
	oauth_denied: () =>
		__( 'Google says that consent was not given. Nothing was connected. Sign in again and choose Allow.', 'unified-inbox' ),
	oauth_state_unknown: () =>
		__( 'This answer from Google belongs to no sign-in of yours. Begin again here, in this browser.', 'unified-inbox' ),
	oauth_state_used: () =>
		__( 'This sign-in was used already. Begin again; it takes a minute.', 'unified-inbox' ),
	oauth_expired: () =>
		__( 'The sign-in took longer than ten minutes. Begin again; what you entered is kept.', 'unified-inbox' ),
	oauth_redirect_mismatch: () =>
		__( 'Google does not know the redirect address. Add it to your client in Google’s console exactly as it stands here, then sign in again.', 'unified-inbox' ),
	oauth_wrong_account: wrongAccount,
	oauth_scope_missing: () =>
		__( 'Not all boxes on Google’s page were ticked. Without them mail can be neither read nor answered. Sign in again and tick every box.', 'unified-inbox' ),
	gmail_api_off: () =>
		__( 'The Gmail API is switched off in your Google project. Switch it on, wait a minute, then sign in again.', 'unified-inbox' ),
	oauth_client_invalid: () =>
		__( 'Google does not accept this client ID and secret. Copy both again from Google’s console.', 'unified-inbox' ),
	form_in_use: () =>
		__( 'Requests came in by this form, so it is kept. Take it off your pages instead.', 'unified-inbox' ),
	stale: () =>
		__( 'Somebody else changed this while you had it open. It is shown as it is now: make your change again.', 'unified-inbox' ),
	not_your_saved_reply: () =>
		__( 'Saved replies of teams and of everybody are changed by leads and managers. Keep one of your own instead.', 'unified-inbox' ),
	team_unnamed: () => __( 'Give the team a name.', 'unified-inbox' ),
	team_name_taken: () => __( 'There is a team of this name already. Choose another.', 'unified-inbox' ),
	team_in_use: () =>
		__( 'Tickets are being given to this team at this moment. Try again.', 'unified-inbox' ),
	rules_changed: () =>
		__( 'Somebody else changed the rules meanwhile. They are shown as they are now: move the rule again.', 'unified-inbox' ),
	too_many_rules: () =>
		__( 'There are 200 rules already, and no room for more. Remove one that is no longer needed.', 'unified-inbox' ),
	leads_only: () =>
		__( 'Rules are asked about the mail of every inbox: only managers, and team leads who see every inbox, write them.', 'unified-inbox' ),
	last_manager: () => __( 'Somebody has to manage the inbox. Make somebody else a manager first.', 'unified-inbox' ),
	managers_only: () => __( 'Only managers may change this. Ask whoever manages the inbox.', 'unified-inbox' ),
	network: () => __( 'You seem to be offline. Nothing was changed; try again.', 'unified-inbox' ),
	not_found: () => __( 'This is not here any more. Somebody may have removed it.', 'unified-inbox' ),
};

/** What went wrong in the settings, what is safe and what to do. */
export function settingsProblem( problem: Problem ): string {
	const code = problem.code.endsWith( '_not_found' ) ? 'not_found' : problem.code;
	return WORDS[ code ]?.( problem.details ) ?? problemInWords( problem );
}

/** The problem's words where it is about this field, for the line under the field. */
export function fieldProblem( problem: Problem | null, field: string ): string | null {
	return problem && text( problem.details.field ) === field ? settingsProblem( problem ) : null;
}
