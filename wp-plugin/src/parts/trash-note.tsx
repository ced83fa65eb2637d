import { useEffect, useState } from '@wordpress/element';
import { _n, sprintf } from '@wordpress/i18n';
import { useDesk } from '../state/context';

const DAYS = 30;

function inWords( days: number, canManage: boolean ): string {
	return sprintf(
		canManage
			? /* translators: %d: number of days. */
			  _n( 'Delete for good what has been here for %d day', 'Delete for good what has been here for %d days', days, 'unified-inbox' )
			: /* translators: %d: number of days. */
			  _n( 'What has been here for %d day is deleted for good.', 'What has been here for %d days is deleted for good.', days, 'unified-inbox' ),
		days
	);
}

/** Above the trash: how long things stay there, which managers may change. */
export function TrashNote() {
	const { deleting, boot } = useDesk();
	const [ days, setDays ] = useState< number | null | undefined >();
	useEffect( () => {
		deleting.trash().then( ( { empty_after_days: after } ) => setDays( after ), () => undefined );
	}, [ deleting ] );
	if ( days === undefined ) {
		return null;
	}
	const change = async ( wanted: number | null ): Promise< void > => {
		setDays( wanted );
		if ( ! ( await deleting.changeTrash( wanted ) ) ) {
			setDays( days );
		}
	};
	return (
		<p className="uib-trash">
			{ boot.canManage ? (
				<label>
					<input type="checkbox" checked={ days !== null } onChange={ ( event ) => void change( event.target.checked ? DAYS : null ) } />
					{ inWords( days ?? DAYS, true ) }
				</label>
			) : (
				days !== null && inWords( days, false )
			) }
		</p>
	);
}
