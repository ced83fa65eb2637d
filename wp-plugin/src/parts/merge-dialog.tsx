import { Button, Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { TicketChoices } from './ticket-choices';

/** Puts a ticket's messages into another one, says so, and goes on there. */
export function useMerge(): ( ticket: Ticket, into: number ) => Promise< void > {
	const { finish, go } = useDesk();
	return async ( ticket, into ) => {
		/* translators: %s: the number of another ticket, like #12. */
		const words = sprintf( __( 'Merged into %s.', 'unified-inbox' ), `#${ into }` );
		if ( await finish( ticket, { merged_into: { number: into } }, words ) ) {
			go( { ticket: into } );
		}
	};
}

/** The same customer's other tickets, where most merges go. */
function Others( { others, onChoose }: { others: Ticket[]; onChoose: ( number: number ) => void } ) {
	if ( ! others.length ) {
		return null;
	}
	return (
		<>
			<h3>{ __( 'Other tickets of this customer', 'unified-inbox' ) }</h3>
			<TicketChoices tickets={ others } isNumbered onChoose={ onChoose } />
		</>
	);
}

function NumberForm( { own, onChoose }: { own: number; onChoose: ( number: number ) => void } ) {
	const [ text, setText ] = useState( '' );
	const number = Number( text.replace( /^\s*#/, '' ) );
	const isWrong = ! Number.isSafeInteger( number ) || number < 1 || number === own;
	const onSubmit = ( event: FormEvent ): void => {
		event.preventDefault();
		if ( ! isWrong ) {
			onChoose( number );
		}
	};
	return (
		<form className="uib-pick" onSubmit={ onSubmit }>
			<label>
				<span>{ __( 'Number of the other ticket', 'unified-inbox' ) }</span>
				<input type="text" inputMode="numeric" dir="ltr" value={ text } onChange={ ( event ) => setText( event.target.value ) } />
			</label>
			{ number === own && <p role="alert">{ __( 'This is the ticket itself: give the number of another one.', 'unified-inbox' ) }</p> }
			<Button type="submit" variant="primary" disabled={ isWrong } accessibleWhenDisabled>
				{ __( 'Merge', 'unified-inbox' ) }
			</Button>
		</form>
	);
}

/** Which ticket takes the messages of this one in. */
export function MergeDialog() {
	const { merging, talk } = useDesk();
	const merge = useMerge();
	const ticket = useStore( merging, ( state ) => state.ticket );
	const customer = useStore( talk.store, ( state ) => state.customer );
	if ( ! ticket ) {
		return null;
	}
	const close = (): void => merging.set( { ticket: null } );
	const choose = ( into: number ): void => {
		close();
		void merge( ticket, into );
	};
	const others = customer?.tickets.filter( ( one ) => one.number !== ticket.number && one.place === 'inbox' ) ?? [];
	return (
		<Modal title={ __( 'Merge with another ticket', 'unified-inbox' ) } onRequestClose={ close } size="small">
			<p className="uib-quiet">
				{ __( 'All messages of this ticket go into the other one, and further mail too. You can take them back at any time.', 'unified-inbox' ) }
			</p>
			<Others others={ others } onChoose={ choose } />
			<NumberForm own={ ticket.number } onChoose={ choose } />
		</Modal>
	);
}
