import { Button, Modal } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { problemInWords, toProblem } from '../api/problem';
import type { Id } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

/** One signature, saved by itself; `inbox` null is the reader's own. */
function SignatureForm( { inbox, label, onSaved }: { inbox: Id | null; label: string; onSaved: () => void } ) {
	const { signatures, notices } = useDesk();
	const [ text, setText ] = useState< string | null >( null );
	const [ variables, setVariables ] = useState< string[] >( [] );
	const attempt = async ( run: () => Promise< void > ): Promise< void > => {
		try {
			await run();
		} catch ( thrown ) {
			notices.warn( problemInWords( toProblem( thrown ) ) );
		}
	};
	useEffect( () => {
		void attempt( async () => {
			const found = await signatures.read( inbox );
			setText( found.text );
			setVariables( found.variables );
		} );
	}, [ inbox ] );
	const onSubmit = ( event: FormEvent ): void => {
		event.preventDefault();
		void attempt( async () => {
			await signatures.write( inbox, text ?? '' );
			onSaved();
		} );
	};
	return (
		<form className="uib-signature" onSubmit={ onSubmit }>
			<label>
				<span>{ label }</span>
				<textarea
					rows={ 4 }
					dir="auto"
					disabled={ text === null }
					value={ text ?? '' }
					onChange={ ( event ) => setText( event.target.value ) }
				/>
			</label>
			<p className="uib-signature__variables">
				{ __( 'These are filled in for each mail:', 'unified-inbox' ) }{ ' ' }
				<bdi dir="ltr">{ variables.map( ( name ) => `{${ name }}` ).join( ' ' ) }</bdi>
			</p>
			<Button type="submit" variant="primary" disabled={ text === null } accessibleWhenDisabled>
				{ __( 'Save', 'unified-inbox' ) }
			</Button>
		</form>
	);
}

function Signatures( { inbox, onClose }: { inbox: Id; onClose: () => void } ) {
	const { session, attaching, notices, boot } = useDesk();
	const { me, inboxes } = useStore( session.store, ( state ) => state );
	const name = inboxes?.find( ( { id } ) => id === inbox )?.name ?? '';
	const onSaved = (): void => {
		notices.say( __( 'The signature is saved.', 'unified-inbox' ) );
		void attaching.refresh();
	};
	return (
		<Modal title={ __( 'Signatures', 'unified-inbox' ) } onRequestClose={ onClose } size="medium">
			<SignatureForm inbox={ null } label={ __( 'Yours, below every mail you write', 'unified-inbox' ) } onSaved={ onSaved } />
			{ me?.can.manage && (
				<SignatureForm
					inbox={ inbox }
					/* translators: %s: name of an inbox. */
					label={ sprintf( __( 'Everybody’s, below mail from %s', 'unified-inbox' ), name ) }
					onSaved={ onSaved }
				/>
			) }
			<p>
				<a href={ `${ boot.settingsUrl }#/signatures` }>{ __( 'All signatures, with a preview', 'unified-inbox' ) }</a>
			</p>
		</Modal>
	);
}

/** What will stand below the mail, and the way to change it. */
export function SignatureLine( { inbox }: { inbox: Id } ) {
	const { attaching, reply } = useDesk();
	const addressing = useStore( attaching.store, ( state ) => state.addressing );
	const tab = useStore( reply.store, ( state ) => state.tab );
	const [ isOpen, setOpen ] = useState( false );
	if ( tab === 'note' || ! addressing ) {
		return null;
	}
	return (
		<div className="uib-signature-line">
			{ addressing.signature && (
				<span className="uib-signature-line__text" dir="auto">
					{ addressing.signature }
				</span>
			) }
			<Button variant="link" onClick={ () => setOpen( true ) }>
				{ addressing.signature ? __( 'Change signature', 'unified-inbox' ) : __( 'Add a signature', 'unified-inbox' ) }
			</Button>
			{ isOpen && <Signatures inbox={ inbox } onClose={ () => setOpen( false ) } /> }
		</div>
	);
}
