import { Modal } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { PLACES } from '../keyboard';
import { VIEWS } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

type Line = [ string, () => string ];

/** Of what only those do who may answer. */
const ANSWERING: readonly string[] = [ 'X', 'R', 'N', 'A', 'E', 'S', '#', 'Z' ];

const KEYS: Line[] = [
	[ 'J', () => __( 'Next ticket', 'unified-inbox' ) ],
	[ 'K', () => __( 'Previous ticket', 'unified-inbox' ) ],
	[ 'O', () => __( 'Open the ticket', 'unified-inbox' ) ],
	[ 'X', () => __( 'Choose the ticket, to do something to several', 'unified-inbox' ) ],
	[ 'R', () => __( 'Reply', 'unified-inbox' ) ],
	[ 'N', () => __( 'Add a note', 'unified-inbox' ) ],
	[ 'A', () => __( 'Assign to me', 'unified-inbox' ) ],
	[ 'E', () => __( 'Solve', 'unified-inbox' ) ],
	[ 'S', () => __( 'Snooze', 'unified-inbox' ) ],
	[ '#', () => __( 'Move to the trash', 'unified-inbox' ) ],
	[ 'U', () => __( 'Mark as unread', 'unified-inbox' ) ],
	...Object.entries( PLACES ).map( ( [ key, view ] ): Line => [
		`G ${ key.toUpperCase() }`,
		/* translators: %s: the name of a view, like Unassigned. */
		() => sprintf( __( 'Go to %s', 'unified-inbox' ), VIEWS[ view ].label() ),
	] ),
	[ '/', () => __( 'Search', 'unified-inbox' ) ],
	[ 'Z', () => __( 'Undo what you did just now', 'unified-inbox' ) ],
	[ 'Esc', () => __( 'Back to the list', 'unified-inbox' ) ],
	[ 'Ctrl Enter', () => __( 'Send what you have written', 'unified-inbox' ) ],
	[ 'Ctrl Shift Enter', () => __( 'Send and solve', 'unified-inbox' ) ],
	[ 'Ctrl Alt Enter', () => __( 'Send and set pending', 'unified-inbox' ) ],
	[ '?', () => __( 'This help', 'unified-inbox' ) ],
];

/** For whoever dictates, or whose hand slips: single keys must not do anything then (WCAG 2.1.4). */
function SingleKeys() {
	const { preferences } = useDesk();
	const isOn = useStore( preferences.store, ( { keys } ) => keys );
	return (
		<label className="uib-keys__on">
			<input type="checkbox" checked={ isOn } onChange={ () => preferences.choose( { keys: ! isOn } ) } />
			{ __( 'Single keys are shortcuts', 'unified-inbox' ) }
		</label>
	);
}

export function Help( { onClose }: { onClose: () => void } ) {
	const { boot } = useDesk();
	const isOfUse = ( [ key ]: Line ): boolean => boot.canReply || ! ( ANSWERING.includes( key ) || key.endsWith( 'Enter' ) );
	return (
		<Modal title={ __( 'Keyboard shortcuts', 'unified-inbox' ) } onRequestClose={ onClose } size="large">
			<dl className="uib-keys">
				{ KEYS.filter( isOfUse ).map( ( [ key, label ] ) => (
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
			<SingleKeys />
		</Modal>
	);
}
