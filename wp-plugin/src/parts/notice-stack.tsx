import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { close } from '@wordpress/icons';
import { useDesk, useNow } from '../state/context';
import type { Notice } from '../state/notices';
import { useStore } from '../state/store';

/** The name of the action, with the seconds it can still be done. */
function ActionWords( { notice }: { notice: Notice } ) {
	const now = useNow( 500 );
	const { action, until } = notice;
	if ( ! action || ! until ) {
		return <>{ action?.label }</>;
	}
	const seconds = Math.max( 0, Math.ceil( ( until - now ) / 1000 ) );
	return (
		<>
			{ action.label }
			{ /* Not read out each second: it would talk over everything else. */ }
			<span className="uib-notice__seconds" aria-hidden="true">
				{ /* translators: %d: seconds left, abbreviated. */
				sprintf( __( '%d s', 'unified-inbox' ), seconds ) }
			</span>
		</>
	);
}

function OneNotice( { notice }: { notice: Notice } ) {
	const { notices } = useDesk();
	const act = (): void => {
		notice.action?.run();
		notices.dismiss( notice.id );
	};
	return (
		<div className="uib-notice" data-problem={ notice.isProblem ? '' : undefined }>
			<span className="uib-notice__text">{ notice.text }</span>
			{ notice.action && (
				<Button className="uib-notice__action" size="compact" onClick={ act }>
					<ActionWords notice={ notice } />
				</Button>
			) }
			<Button
				className="uib-notice__close"
				size="compact"
				icon={ close }
				iconSize={ 20 }
				label={ __( 'Dismiss', 'unified-inbox' ) }
				showTooltip={ false }
				onClick={ () => notices.dismiss( notice.id ) }
			/>
		</div>
	);
}

export function NoticeStack() {
	const { notices } = useDesk();
	const items = useStore( notices.store, ( state ) => state.items );
	return (
		<div className="uib-notices" role="status" aria-live="polite">
			{ items.map( ( notice ) => (
				<OneNotice key={ notice.id } notice={ notice } />
			) ) }
		</div>
	);
}
