import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Message } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { displayName, isolated } from '../text/person';
import { FOLDED } from '../text/direction';
import { MessageBody } from './message-body';
import { When } from './when';

/** What a message passed on, folded like quoted text; nothing where the original is not here any more. */
export function ForwardedMessage( { message }: { message: Message } ) {
	const { talk } = useDesk();
	const original = useStore( talk.store, ( { messages } ) => messages.find( ( { id } ) => id === message.forwards_id ) );
	const [ isOpen, setOpen ] = useState( false );
	if ( ! message.forwards_id || ! original ) {
		return null;
	}
	return (
		<div className="uib-message__forwarded">
			<Button variant="link" aria-expanded={ isOpen } onClick={ () => setOpen( ! isOpen ) }>
				{ /* translators: %s: name of whoever wrote the message that was passed on. */
				sprintf( __( 'Forwarded message from %s', 'unified-inbox' ), isolated( displayName( original.author ) ) ) }
			</Button>
			{ isOpen && (
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
