import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { close } from '@wordpress/icons';
import { useStore } from '../../state/store';
import { useSettings } from '../context';

/** Words about what was just done, at the foot of the window. */
export function Notices() {
	const { notices } = useSettings();
	const items = useStore( notices.store, ( state ) => state.items );
	return (
		<div className="uibs-notices" role="status" aria-live="polite">
			{ items.map( ( { id, text, action, isProblem } ) => (
				<div className="uibs-notice" key={ id } data-problem={ isProblem ? '' : undefined }>
					<span className="uibs-notice__text">{ text }</span>
					{ action && (
						<Button
							size="compact"
							className="uibs-notice__action"
							onClick={ () => {
								action.run();
								notices.dismiss( id );
							} }
						>
							{ action.label }
						</Button>
					) }
					<Button
						size="compact"
						icon={ close }
						iconSize={ 20 }
						label={ __( 'Dismiss', 'unified-inbox' ) }
						showTooltip={ false }
						onClick={ () => notices.dismiss( id ) }
					/>
				</div>
			) ) }
		</div>
	);
}
