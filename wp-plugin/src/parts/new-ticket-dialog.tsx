import { Button, Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { NamedCustomer, NewTicket } from '../model';
import { CHANNELS_BY_HAND, channelLabel } from '../text/channels';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { CustomerPicker, isNamed } from './customer-picker';

type Draft = Pick< NewTicket, 'inbox_id' | 'subject' | 'channel' | 'note' > & { isMine: boolean };

interface Editing {
	draft: Draft;
	onChange: ( patch: Partial< Draft > ) => void;
}

/** How the customer came, and where the ticket belongs. */
function Where( { draft, onChange }: Editing ) {
	const { session } = useDesk();
	const inboxes = useStore( session.store, ( state ) => state.inboxes ) ?? [];
	return (
		<>
			<label>
				<span>{ __( 'How it came', 'unified-inbox' ) }</span>
				<select value={ draft.channel } onChange={ ( event ) => onChange( { channel: event.target.value as Draft[ 'channel' ] } ) }>
					{ CHANNELS_BY_HAND.map( ( channel ) => (
						<option key={ channel } value={ channel }>
							{ channel === 'mail' ? __( 'I write first, by e-mail', 'unified-inbox' ) : channelLabel( channel ) }
						</option>
					) ) }
				</select>
			</label>
			{ inboxes.length > 1 && (
				<label>
					<span>{ __( 'Inbox', 'unified-inbox' ) }</span>
					<select value={ draft.inbox_id } onChange={ ( event ) => onChange( { inbox_id: event.target.value } ) }>
						{ inboxes.map( ( { id, name } ) => (
							<option key={ id } value={ id }>
								{ name }
							</option>
						) ) }
					</select>
				</label>
			) }
		</>
	);
}

function What( { draft, onChange }: Editing ) {
	return (
		<>
			<label>
				<span>{ __( 'Subject', 'unified-inbox' ) }</span>
				<input type="text" value={ draft.subject } dir="auto" onChange={ ( event ) => onChange( { subject: event.target.value } ) } />
			</label>
			{ draft.channel !== 'mail' && (
				<label>
					<span>{ __( 'What was said (a note, only your team sees it)', 'unified-inbox' ) }</span>
					<textarea rows={ 4 } value={ draft.note } dir="auto" onChange={ ( event ) => onChange( { note: event.target.value } ) } />
				</label>
			) }
			<label className="uib-pick__check">
				<input type="checkbox" checked={ draft.isMine } onChange={ ( event ) => onChange( { isMine: event.target.checked } ) } />
				<span>{ __( 'Assign it to me', 'unified-inbox' ) }</span>
			</label>
		</>
	);
}

function NewTicketForm() {
	const { opening, session, list } = useDesk();
	const { me, inboxes } = useStore( session.store, ( state ) => state );
	const [ key ] = useState( opening.newKey );
	const [ customer, setCustomer ] = useState< NamedCustomer | null >( null );
	const [ draft, setDraft ] = useState< Draft >( {
		inbox_id: list.store.get().where?.inbox ?? '',
		subject: '',
		channel: 'phone',
		note: '',
		isMine: true,
	} );
	// The inboxes may come after the dialog was opened.
	const inbox = draft.inbox_id || inboxes?.[ 0 ]?.id || '';
	const isWrong = ! inbox || ! isNamed( customer ) || ! draft.subject.trim();
	const onChange = ( patch: Partial< Draft > ): void => setDraft( { ...draft, ...patch } );
	const onSubmit = ( event: FormEvent ): void => {
		event.preventDefault();
		const { isMine, note, ...rest } = draft;
		if ( isNamed( customer ) && ! isWrong ) {
			const said = rest.channel === 'mail' ? '' : note;
			void opening.open( { ...rest, inbox_id: inbox, note: said, customer, assignee_id: isMine ? me?.id ?? null : null }, key );
		}
	};
	return (
		<form className="uib-pick" onSubmit={ onSubmit }>
			<CustomerPicker chosen={ customer } onChoose={ setCustomer } />
			<Where draft={ draft } onChange={ onChange } />
			<What draft={ draft } onChange={ onChange } />
			<Button type="submit" variant="primary" disabled={ isWrong } accessibleWhenDisabled>
				{ __( 'Open the ticket', 'unified-inbox' ) }
			</Button>
		</form>
	);
}

/** Somebody called or came by: a ticket for it, with what was said. */
export function NewTicketDialog() {
	const { opening } = useDesk();
	const isOpen = useStore( opening.store, ( state ) => state.isOpen );
	if ( ! isOpen ) {
		return null;
	}
	return (
		<Modal
			title={ __( 'New ticket', 'unified-inbox' ) }
			onRequestClose={ () => opening.store.set( { isOpen: false } ) }
			size="medium"
			focusOnMount="firstContentElement"
		>
			<NewTicketForm />
		</Modal>
	);
}
