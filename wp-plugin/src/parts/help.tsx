import { Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

const KEYS: [ string, () => string ][] = [
	[ 'J', () => __( 'Next ticket', 'unified-inbox' ) ],
	[ 'K', () => __( 'Previous ticket', 'unified-inbox' ) ],
	[ 'O', () => __( 'Open the ticket', 'unified-inbox' ) ],
	[ 'R', () => __( 'Reply', 'unified-inbox' ) ],
	[ 'N', () => __( 'Add a note', 'unified-inbox' ) ],
	[ 'A', () => __( 'Assign to me', 'unified-inbox' ) ],
	[ 'E', () => __( 'Solve', 'unified-inbox' ) ],
	[ 'S', () => __( 'Snooze', 'unified-inbox' ) ],
	[ '#', () => __( 'Move to the trash', 'unified-inbox' ) ],
	[ '/', () => __( 'Search', 'unified-inbox' ) ],
	[ 'Z', () => __( 'Undo what you did just now', 'unified-inbox' ) ],
	[ 'Esc', () => __( 'Back to the list', 'unified-inbox' ) ],
	[ 'Ctrl Enter', () => __( 'Send what you have written', 'unified-inbox' ) ],
	[ '?', () => __( 'This help', 'unified-inbox' ) ],
];

export function Help( { onClose }: { onClose: () => void } ) {
	return (
		<Modal title={ __( 'Keyboard shortcuts', 'unified-inbox' ) } onRequestClose={ onClose } size="small">
			<dl className="uib-keys">
				{ KEYS.map( ( [ key, label ] ) => (
					<div key={ key }>
						<dt>{ label() }</dt>
						<dd dir="ltr">
							{ key.split( ' ' ).map( ( part ) => (
								<kbd key={ part }>{ part }</kbd>
							) ) }
						</dd>
					</div>
				) ) }
			</dl>
		</Modal>
	);
}
