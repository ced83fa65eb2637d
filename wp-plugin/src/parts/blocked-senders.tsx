import { Button, Modal } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { problemInWords, toProblem } from '../api/problem';
import type { BlockedSender } from '../model';
import { useDesk } from '../state/context';
import { isolated } from '../text/person';
import { SkeletonRows } from './skeleton';
import { When } from './when';

function Row( { sender, onUnblock }: { sender: BlockedSender; onUnblock: () => void } ) {
	const { email, agent_name: who, blocked_at: at } = sender;
	return (
		<li>
			<span className="uib-blocked__who">
				<bdi dir="ltr">{ email }</bdi>
				<span className="uib-quiet">
					{ who &&
						/* translators: %s: name of an agent. */
						sprintf( __( 'Blocked by %s', 'unified-inbox' ), isolated( who ) ) }{ ' ' }
					<When at={ at } />
				</span>
			</span>
			<Button
				size="compact"
				variant="secondary"
				/* translators: %s: an e-mail address. */
				aria-description={ sprintf( __( 'Let mail from %s come in again', 'unified-inbox' ), email ) }
				onClick={ onUnblock }
			>
				{ __( 'Unblock', 'unified-inbox' ) }
			</Button>
		</li>
	);
}

function AddForm( { onAdd }: { onAdd: ( email: string ) => void } ) {
	const [ email, setEmail ] = useState( '' );
	const onSubmit = ( event: FormEvent ): void => {
		event.preventDefault();
		onAdd( email.trim() );
		setEmail( '' );
	};
	return (
		<form className="uib-pick" onSubmit={ onSubmit }>
			<label>
				<span>{ __( 'Address to block', 'unified-inbox' ) }</span>
				<input type="email" dir="ltr" required value={ email } onChange={ ( event ) => setEmail( event.target.value ) } />
			</label>
			<Button type="submit" variant="secondary">
				{ __( 'Block', 'unified-inbox' ) }
			</Button>
		</form>
	);
}

function Dialog( { onClose }: { onClose: () => void } ) {
	const { blocked, notices } = useDesk();
	const [ senders, setSenders ] = useState< BlockedSender[] | null >( null );
	const warn = ( thrown: unknown ): void => notices.warn( problemInWords( toProblem( thrown ) ) );
	const load = (): Promise< void > => blocked.list().then( setSenders, warn );
	const add = ( email: string ): Promise< void > => blocked.add( email ).then( load, warn );
	const unblock = async ( { id, email }: BlockedSender ): Promise< void > => {
		try {
			await blocked.remove( id );
			/* translators: %s: an e-mail address. */
			notices.say( sprintf( __( 'Mail from %s comes in again.', 'unified-inbox' ), email ), {
				label: __( 'Undo', 'unified-inbox' ),
				run: () => void add( email ),
			} );
			await load();
		} catch ( thrown ) {
			warn( thrown );
		}
	};
	useEffect( () => void load(), [] );
	return (
		<Modal title={ __( 'Blocked senders', 'unified-inbox' ) } onRequestClose={ onClose } size="medium">
			<p className="uib-quiet">
				{ __( 'Their mail comes into the view Spam, and nobody is told. What they write into a ticket that is being worked on waits on the parked shelf.', 'unified-inbox' ) }
			</p>
			{ senders === null && <SkeletonRows rows={ 2 } /> }
			{ senders?.length === 0 && <p>{ __( 'Nobody is blocked. Block a sender from the menu of a ticket, or here.', 'unified-inbox' ) }</p> }
			<ul className="uib-blocked">
				{ senders?.map( ( sender ) => (
					<Row key={ sender.id } sender={ sender } onUnblock={ () => void unblock( sender ) } />
				) ) }
			</ul>
			<AddForm onAdd={ ( email ) => void add( email ) } />
		</Modal>
	);
}

/** Whose mail is spam without being asked about, beside the list of spam. */
export function BlockedSenders() {
	const [ isOpen, setOpen ] = useState( false );
	return (
		<>
			<Button size="compact" variant="link" onClick={ () => setOpen( true ) }>
				{ __( 'Blocked senders', 'unified-inbox' ) }
			</Button>
			{ isOpen && <Dialog onClose={ () => setOpen( false ) } /> }
		</>
	);
}
