import { Button, Modal } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { problemInWords, toProblem } from '../api/problem';
import type { Contents, Ticket } from '../model';
import { useDesk } from '../state/context';
import { neighbour } from '../state/rows';
import { useStore } from '../state/store';
import { focusRowIfLost } from './focus-row';

/** What is gone, each kind that there is. */
function inWords( { messages, notes, files, drafts }: Contents ): string[] {
	const parts: [ number, string ][] = [
		/* translators: %d: number of messages. */
		[ messages, _n( '%d message', '%d messages', messages, 'unified-inbox' ) ],
		/* translators: %d: number of notes. */
		[ notes, _n( '%d note', '%d notes', notes, 'unified-inbox' ) ],
		/* translators: %d: number of files. */
		[ files, _n( '%d file', '%d files', files, 'unified-inbox' ) ],
		/* translators: %d: number of drafts. */
		[ drafts, _n( '%d draft', '%d drafts', drafts, 'unified-inbox' ) ],
	];
	return parts.filter( ( [ count ] ) => count > 0 ).map( ( [ count, words ] ) => sprintf( words, count ) );
}

function Gone( { ticket }: { ticket: Ticket } ) {
	const desk = useDesk();
	const { deleting } = desk;
	const [ contents, setContents ] = useState< Contents | null >( null );
	const [ trouble, setTrouble ] = useState( '' );
	useEffect( () => {
		deleting.contents( ticket.number ).then( setContents, ( thrown ) => setTrouble( problemInWords( toProblem( thrown ) ) ) );
	}, [ deleting, ticket.number ] );
	const remove = async (): Promise< void > => {
		const next = neighbour( desk.rows(), ticket.number );
		if ( await deleting.remove( ticket, next ) ) {
			// Once the pane, with the button that opened the dialog, shows the next one.
			setTimeout( () => focusRowIfLost( desk, next ) );
		}
	};
	return (
		<>
			<p>
				<strong>
					<bdi>{ ticket.subject || __( '(no subject)', 'unified-inbox' ) }</bdi>
				</strong>
			</p>
			<ul className="uib-gone" aria-live="polite">
				{ trouble && <li>{ trouble }</li> }
				{ contents && inWords( contents ).map( ( words ) => <li key={ words }>{ words }</li> ) }
			</ul>
			<Button variant="primary" isDestructive disabled={ ! contents } accessibleWhenDisabled onClick={ () => void remove() }>
				{ __( 'Delete for good', 'unified-inbox' ) }
			</Button>
		</>
	);
}

/** Says exactly what will be gone; one deliberate click does it. */
export function DeleteDialog() {
	const { deleting } = useDesk();
	const ticket = useStore( deleting.store, ( state ) => state.ticket );
	if ( ! ticket ) {
		return null;
	}
	return (
		<Modal title={ __( 'Delete for good', 'unified-inbox' ) } onRequestClose={ () => deleting.store.set( { ticket: null } ) } size="small">
			<p>{ __( 'This is gone then, for everybody, and cannot be brought back. The copies at your mail provider stay.', 'unified-inbox' ) }</p>
			<Gone ticket={ ticket } />
		</Modal>
	);
}
