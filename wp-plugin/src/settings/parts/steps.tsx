import { __ } from '@wordpress/i18n';
import { check, Icon } from '@wordpress/icons';

/** Where in connecting a mailbox somebody is. */
export function Steps( { current }: { current: 1 | 2 | 3 | 4 } ) {
	const names = [
		__( 'Google app', 'unified-inbox' ),
		__( 'Sign in', 'unified-inbox' ),
		__( 'Inboxes', 'unified-inbox' ),
		__( 'First messages', 'unified-inbox' ),
	];
	return (
		<ol className="uibs-steps" aria-label={ __( 'Steps', 'unified-inbox' ) }>
			{ names.map( ( name, index ) => (
				<li
					key={ name }
					data-done={ index + 1 < current ? '' : undefined }
					aria-current={ index + 1 === current ? 'step' : undefined }
				>
					<span className="uibs-steps__mark">
						{ index + 1 < current ? <Icon icon={ check } size={ 20 } /> : index + 1 }
					</span>
					<span className="uibs-steps__name">{ name }</span>
				</li>
			) ) }
		</ol>
	);
}
