import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { close } from '@wordpress/icons';
import { useDesk } from '../state/context';
import type { Notice } from '../state/notices';
import { useStore } from '../state/store';

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
					{ notice.action.label }
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
