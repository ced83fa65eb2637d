import { __, _n, sprintf } from '@wordpress/i18n';
import type { SavedReply } from '../../api/saved-replies-api';
import { isolated } from '../../text/person';

/** Who finds a saved reply. */
export function reachInWords( { reach, team_name: team }: Pick< SavedReply, 'reach' | 'team_name' > ): string {
	if ( reach === 'team' ) {
		/* translators: %s: name of a team. */
		return sprintf( __( 'For the team %s', 'unified-inbox' ), isolated( team ) );
	}
	return reach === 'mine' ? __( 'Only for me', 'unified-inbox' ) : __( 'For everybody', 'unified-inbox' );
}

/** How often it was put into an answer. */
export function usesInWords( uses: number ): string {
	if ( ! uses ) {
		return __( 'Not used yet', 'unified-inbox' );
	}
	/* translators: %d: how often a saved reply was used. */
	return sprintf( _n( 'Used %d time', 'Used %d times', uses, 'unified-inbox' ), uses );
}
