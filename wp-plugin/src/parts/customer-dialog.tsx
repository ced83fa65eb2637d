import { Button, Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { NamedCustomer, Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { CustomerPicker, isNamed } from './customer-picker';

function CustomerForm( { ticket, onDone }: { ticket: Ticket; onDone: () => void } ) {
	const { finish, talk } = useDesk();
	const [ customer, setCustomer ] = useState< NamedCustomer | null >( null );
	const onSubmit = ( event: FormEvent ): void => {
		event.preventDefault();
		if ( isNamed( customer ) ) {
			onDone();
			// The panel beside it shows the new customer's tickets.
			void finish( ticket, { customer }, __( 'The ticket has another customer.', 'unified-inbox' ) ).then( talk.refresh );
		}
	};
	return (
		<form className="uib-pick" onSubmit={ onSubmit }>
			<CustomerPicker chosen={ customer } onChoose={ setCustomer } />
			<Button type="submit" variant="primary" disabled={ ! isNamed( customer ) } accessibleWhenDisabled>
				{ __( 'Change the customer', 'unified-inbox' ) }
			</Button>
		</form>
	);
}

/** Whose ticket it is. */
export function CustomerDialog() {
	const { giving } = useDesk();
	const ticket = useStore( giving, ( state ) => state.ticket );
	if ( ! ticket ) {
		return null;
	}
	const close = (): void => giving.set( { ticket: null } );
	return (
		<Modal title={ __( 'Change the customer', 'unified-inbox' ) } onRequestClose={ close } size="small" focusOnMount="firstContentElement">
			<p className="uib-quiet">
				{ __( 'Replies go to the new customer, who sees the whole conversation on the status page.', 'unified-inbox' ) }
			</p>
			<CustomerForm ticket={ ticket } onDone={ close } />
		</Modal>
	);
}
