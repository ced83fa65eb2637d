import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { problemInWords, toProblem } from '../api/problem';
import type { Message } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { displayName, isolated } from '../text/person';
import { FOLDED } from '../text/direction';
import { MessageBody } from './message-body';
import { When } from './when';

/** What a message passed on, folded like quoted text; nothing where the original is not here any more. */
export function ForwardedMessage( { message }: { message: Message } ) {
	const { talk, notices } = useDesk();
	const original = useStore( talk.store, ( { messages } ) => messages.find( ( { id } ) => id === message.forwards_id ) );
	const hasOlder = useStore( talk.store, ( { older } ) => older !== null );
	const [ isOpen, setOpen ] = useState( false );
	if ( ! message.forwards_id || ( ! original && ! hasOlder ) ) {
		return null;
	}
	const toggle = (): void => {
		setOpen( ! isOpen );
		if ( ! original ) {
			talk.loadAll().catch( ( thrown ) => notices.warn( problemInWords( toProblem( thrown ) ) ) );
		}
	};
	return (
		<div className="uib-message__forwarded">
			<Button variant="link" aria-expanded={ isOpen } onClick={ toggle }>
				{ original
					/* translators: %s: name of whoever wrote the message that was passed on. */
					? sprintf( __( 'Forwarded message from %s', 'unified-inbox' ), isolated( displayName( original.author ) ) )
					: __( 'Forwarded message', 'unified-inbox' ) }
			</Button>
			{ isOpen && original && (
				<div className={ FOLDED }>
					<p className="uib-quiet">
						<bdi>{ original.author.email }</bdi> · <When at={ original.created_at } />
					</p>
					{ original.subject && (
						<p className="uib-quiet" dir="auto">
							{ original.subject }
						</p>
					) }
					<MessageBody message={ original } />
				</div>
			) }
		</div>
	);
}
