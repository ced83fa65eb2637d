import { __ } from '@wordpress/i18n';

/** Gmail's own labels that can hold mail of customers; others may be set from the command line. */
export const OFFERED_LABELS: readonly string[] = [ 'INBOX', 'SENT', 'STARRED', 'IMPORTANT' ];

/** A label as Gmail shows it. */
export function labelInWords( label: string ): string {
	const known: Record< string, string > = {
		INBOX: __( 'Inbox', 'unified-inbox' ),
		SENT: __( 'Sent, so that answers from Gmail or the phone count', 'unified-inbox' ),
		STARRED: __( 'Starred, also when archived', 'unified-inbox' ),
		IMPORTANT: __( 'Important, also when archived', 'unified-inbox' ),
	};
	return known[ label ] ?? label;
}
