import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Message, Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { addressesOf } from '../text/addresses';
import { displayName, isolated } from '../text/person';

/** Whom the service would answer: who wrote last from outside, or else the customer. */
export function answerTo( ticket: Ticket, messages: readonly Message[] ): { name: string; email: string } {
	const last = [ ...messages ].reverse().find( ( { kind, automatic } ) => kind === 'in' && ! automatic );
	return last && ! last.new_person ? last.author : ticket.customer;
}

function AddressField( {
	label,
	value,
	onChange,
}: {
	label: string;
	value: string;
	onChange: ( addresses: string[] ) => void;
} ) {
	const [ text, setText ] = useState( value );
	return (
		<label className="uib-to__field">
			<span>{ label }</span>
			<input
				type="text"
				dir="ltr"
				autoComplete="off"
				value={ text }
				onChange={ ( event ) => {
					setText( event.target.value );
					onChange( addressesOf( event.target.value ) );
				} }
			/>
		</label>
	);
}

/** To and Cc, folded into one line until somebody wants to change them. */
export function Recipients( { ticket }: { ticket: Ticket } ) {
	const { reply, talk } = useDesk();
	const { to, cc } = useStore( reply.store, ( state ) => state );
	const messages = useStore( talk.store, ( state ) => state.messages );
	const [ isOpen, setOpen ] = useState( false );
	const usual = answerTo( ticket, messages );
	const words = to ? [ ...to, ...( cc ?? [] ) ].join( ', ' ) : displayName( usual );
	if ( ! isOpen ) {
		return (
			<Button className="uib-to" size="compact" onClick={ () => setOpen( true ) } aria-expanded={ false }>
				{ /* translators: %s: names of the recipients. */
				sprintf( __( 'To %s', 'unified-inbox' ), isolated( words ) ) }
			</Button>
		);
	}
	return (
		<div className="uib-to__fields">
			<AddressField
				label={ __( 'To', 'unified-inbox' ) }
				value={ ( to ?? [ usual.email ] ).join( ', ' ) }
				onChange={ ( addresses ) => reply.write( { to: addresses } ) }
			/>
			<AddressField
				label={ __( 'Cc', 'unified-inbox' ) }
				value={ ( cc ?? [] ).join( ', ' ) }
				onChange={ ( addresses ) => reply.write( { cc: addresses } ) }
			/>
		</div>
	);
}
