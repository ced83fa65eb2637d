import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Message } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { OriginalDialog } from './original-dialog';

/** Passes the message on, with its files, to whom the composer then asks for. */
function ForwardButton( { message }: { message: Message } ) {
	const { reply } = useDesk();
	return (
		<Button
			className="uib-message__forward"
			size="small"
			onClick={ () => reply.write( { tab: 'reply', forwards: message.id, files: null, to: [], cc: [] } ) }
		>
			{ __( 'Forward', 'unified-inbox' ) }
		</Button>
	);
}

function OriginalButton( { message }: { message: Message } ) {
	const [ isOpen, setOpen ] = useState( false );
	return (
		<>
			<Button className="uib-message__original" size="small" aria-haspopup="dialog" onClick={ () => setOpen( true ) }>
				{ __( 'Show original', 'unified-inbox' ) }
			</Button>
			{ isOpen && <OriginalDialog message={ message } onClose={ () => setOpen( false ) } /> }
		</>
	);
}

/** What can be done with one message. */
export function MessageActs( { message }: { message: Message } ) {
	const { talk, boot } = useDesk();
	const isTicketErased = useStore( talk.store, ( { ticket } ) => ticket?.erased ?? false );
	const mayForward = message.kind !== 'note' && ! message.erased && ! isTicketErased && boot.canReply;
	if ( ! mayForward && ! message.has_original ) {
		return null;
	}
	return (
		<div className="uib-message__acts">
			{ mayForward && <ForwardButton message={ message } /> }
			{ message.has_original && <OriginalButton message={ message } /> }
		</div>
	);
}
