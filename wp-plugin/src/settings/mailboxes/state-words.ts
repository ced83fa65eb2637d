import { __, sprintf } from '@wordpress/i18n';
import type { Mailbox, MailboxState } from '../model';

export type Tone = 'good' | 'busy' | 'bad';

/** Google ends consents of apps in Testing after 7 days; two days are enough to act. */
const ENDS_SOON = 2 * 24 * 60 * 60 * 1000;

const STATES: Record< MailboxState, [ Tone, () => string ] > = {
	syncing: [ 'busy', () => __( 'Reading older mail', 'unified-inbox' ) ],
	healthy: [ 'good', () => __( 'Up to date', 'unified-inbox' ) ],
	degraded: [ 'busy', () => __( 'Behind, catching up by itself', 'unified-inbox' ) ],
	reauth_needed: [ 'bad', () => __( 'Needs you to sign in again', 'unified-inbox' ) ],
	stopped: [ 'bad', () => __( 'Stopped', 'unified-inbox' ) ],
};

/** A mailbox's state as a colour and words. */
export function stateOf( { state }: Pick< Mailbox, 'state' > ): { tone: Tone; words: string } {
	const [ tone, words ] = STATES[ state ] ?? [ 'busy', () => state ];
	return { tone, words: words() };
}

/** Whether Google ends the sign-in within two days. */
export function endsSoon( { consent_ends_at: end }: Pick< Mailbox, 'consent_ends_at' >, now: number ): boolean {
	return end !== null && Date.parse( end ) - now < ENDS_SOON;
}

/** "90 days", "Everything": how far back a mailbox is read. */
export function depthInWords( days: number | null ): string {
	if ( days === null ) {
		return __( 'Everything', 'unified-inbox' );
	}
	/* translators: %d: number of days. */
	return sprintf( __( 'The last %d days', 'unified-inbox' ), days );
}
