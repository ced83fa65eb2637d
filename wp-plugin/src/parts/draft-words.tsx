import { __, sprintf } from '@wordpress/i18n';
import { useDesk, useNow } from '../state/context';
import { isEmpty } from '../state/drafts';
import { useStore } from '../state/store';
import { relativeTime } from '../text/time';

/** Where the text is safe, in words. */
export function DraftWords() {
	const { reply, boot } = useDesk();
	const state = useStore( reply.store, ( one ) => one );
	const now = useNow( 10_000 );
	if ( state.phase === 'sending' ) {
		return <span className="uib-quiet">{ __( 'Sending…', 'unified-inbox' ) }</span>;
	}
	if ( isEmpty( state ) || state.savedAt === null ) {
		return <span className="uib-quiet uib-composer__hint">{ __( 'Ctrl+Enter sends', 'unified-inbox' ) }</span>;
	}
	return (
		<span className="uib-quiet">
			{ sprintf(
				/* translators: %s: a time, as "just now" or "3 minutes ago". */
				__( 'Saved here %s', 'unified-inbox' ),
				relativeTime( new Date( state.savedAt ).toISOString(), Math.max( now, state.savedAt ), boot.locale )
			) }
		</span>
	);
}
