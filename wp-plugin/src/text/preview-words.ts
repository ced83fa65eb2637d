import { __ } from '@wordpress/i18n';
import type { PreviewRefusal } from '../preview';

const WORDS: Record< Exclude< PreviewRefusal, '' >, () => string > = {
	too_large: () => __( 'No preview: it is too large.', 'unified-inbox' ),
	too_slow: () => __( 'No preview: it would take too long.', 'unified-inbox' ),
	protected: () => __( 'No preview: it opens with a password only.', 'unified-inbox' ),
	unreadable: () => __( 'No preview: it is damaged, or not what it says it is.', 'unified-inbox' ),
};

/** Why there is no preview. */
export function refusalInWords( reason: PreviewRefusal ): string {
	return reason ? WORDS[ reason ]() : '';
}
