import { __, sprintf } from '@wordpress/i18n';
import { useDesk, useNow } from '../state/context';
import { isEmpty } from '../state/drafts';
import { useStore } from '../state/store';
import { secondsAgo } from '../text/time';

function useWords(): string {
	const { reply, boot } = useDesk();
	const { savedAt } = useStore( reply.store, ( one ) => one );
	const phase = useStore( reply.sync.store, ( one ) => one.phase );
	const now = useNow( 3_000 );
	if ( phase === 'local' ) {
		return __( 'Saved on this device; the service is not reachable', 'unified-inbox' );
	}
	if ( phase !== 'saved' ) {
		return __( 'Saving…', 'unified-inbox' );
	}
	/* translators: %s: a time, as "3 seconds ago" or "3 minutes ago". */
	return sprintf( __( 'Saved %s', 'unified-inbox' ), secondsAgo( savedAt ?? now, now, boot.locale ) );
}

/** Where the text is safe, in words. */
export function DraftWords() {
	const { reply } = useDesk();
	const state = useStore( reply.store, ( one ) => one );
	const words = useWords();
	if ( state.phase === 'sending' ) {
		return <span className="uib-quiet">{ __( 'Sending…', 'unified-inbox' ) }</span>;
	}
	if ( isEmpty( state ) || state.savedAt === null ) {
		return <span className="uib-quiet uib-composer__hint">{ __( 'Ctrl+Enter sends', 'unified-inbox' ) }</span>;
	}
	return <span className="uib-quiet">{ words }</span>;
}
