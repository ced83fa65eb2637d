import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

/** How far a change to many tickets is; it goes on when somebody leaves the page. */
export function BulkProgress() {
	const { bulks } = useDesk();
	const job = useStore( bulks.store, ( state ) => state.job );
	if ( ! job ) {
		return null;
	}
	const done = job.done + job.left_out;
	const words = sprintf(
		/* translators: 1: number of tickets that were changed, 2: of how many. */
		__( 'Changed %1$d of %2$d', 'unified-inbox' ),
		done,
		job.total
	);
	return (
		<div className="uib-bulk__progress">
			<progress max={ job.total } value={ done } aria-label={ words } />
			<span aria-hidden="true">{ words }</span>
			<Button size="compact" variant="tertiary" onClick={ () => void bulks.cancel() }>
				{ __( 'Stop', 'unified-inbox' ) }
			</Button>
		</div>
	);
}
