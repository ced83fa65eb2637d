import { __ } from '@wordpress/i18n';
import type { Check } from './model';

type Said = [ words: string, remedy: string ];

/**
 * The self-check in the reader's language. What we do not know, as a newer service may find
 * more, is shown in the words that came with it.
 */
const FAULTS: Record< string, () => Said > = {
	oauth_redirect_mismatch: () => [
		__( 'Google does not know this site’s redirect address.', 'unified-inbox' ),
		__( 'Add it to your client in Google’s console, letter by letter.', 'unified-inbox' ),
	],
	oauth_client_invalid: () => [
		__( 'Google does not accept the client ID and secret.', 'unified-inbox' ),
		__( 'Copy both again from Google’s console.', 'unified-inbox' ),
	],
	oauth_scope_missing: () => [
		__( 'The sign-in does not cover reading and sending mail.', 'unified-inbox' ),
		__( 'Sign in again and tick every box on Google’s page.', 'unified-inbox' ),
	],
	gmail_api_off: () => [
		__( 'The Gmail API is switched off in your Google project.', 'unified-inbox' ),
		__( 'Switch it on in Google’s console, wait a few minutes, then check again.', 'unified-inbox' ),
	],
	blocked_by_policy: () => [
		__( 'The administrators of your domain do not let this app in.', 'unified-inbox' ),
		__( 'Ask them to trust its client ID.', 'unified-inbox' ),
	],
	no_mail_service: () => [
		__( 'This account has no Gmail. It may be a group, or a user without a licence.', 'unified-inbox' ),
		__( 'Name an account that can open Gmail; a group has no mailbox of its own.', 'unified-inbox' ),
	],
	consent_ended: () => [
		__( 'The sign-in has ended: somebody withdrew it, the password was changed, or Google let it run out.', 'unified-inbox' ),
		__( 'Sign in again; nothing is lost.', 'unified-inbox' ),
	],
	reauth_needed: () => [
		__( 'Google asks for a new sign-in.', 'unified-inbox' ),
		__( 'Sign in again; nothing is lost.', 'unified-inbox' ),
	],
	unreachable: () => [
		__( 'Google does not answer just now.', 'unified-inbox' ),
		__( 'Check again in a few minutes.', 'unified-inbox' ),
	],
	no_such_account: () => [
		__( 'Google knows no such mailbox in this domain.', 'unified-inbox' ),
		__( 'Enter a user’s own address, not an alias or a group.', 'unified-inbox' ),
	],
	key_refused: () => [
		__( 'Google does not accept this key. It was deleted or replaced.', 'unified-inbox' ),
		__( 'Make a new key in Google’s console.', 'unified-inbox' ),
	],
	testing_mode: () => [
		__( 'Your Google app is in Testing: Google ends every sign-in after seven days.', 'unified-inbox' ),
		__( 'Press “Publish app” under “Audience” in Google’s console, then sign in again.', 'unified-inbox' ),
	],
	testing_mode_unknown: () => [
		__( 'Google does not say whether your app is in Testing, where a sign-in lasts only seven days.', 'unified-inbox' ),
		'',
	],
};

const IN_ORDER: Record< string, () => string > = {
	account: () => __( 'Gmail opens the mailbox.', 'unified-inbox' ),
	scopes: () => __( 'Mail may be read and sent.', 'unified-inbox' ),
	testing_mode: () => __( 'The sign-in lasts until somebody withdraws it.', 'unified-inbox' ),
};

/** What a check found and what to do about it. */
export function checkInWords( { name, ok, words, remedy, code }: Check ): Said {
	if ( ok ) {
		return [ IN_ORDER[ name ]?.() ?? words, '' ];
	}
	return FAULTS[ code ]?.() ?? [ words, remedy ];
}
