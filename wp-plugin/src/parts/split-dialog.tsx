import { Button, Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { Id, Message, Ticket } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { useWholeTalk } from './use-whole-talk';
import { When } from './when';

/** Enough of a message to know it again. */
const SHOWN = 140;

function Choice( { message, isChosen, onToggle }: { message: Message; isChosen: boolean; onToggle: () => void } ) {
	const text = ( message.text || message.folded_text ).slice( 0, SHOWN );
	return (
		<li>
			<label className="uib-split__message">
				<input type="checkbox" checked={ isChosen } onChange={ onToggle } />
				<span>
					<span className="uib-split__who" dir="auto">
						{ message.author.name || message.author.email }
					</span>{ ' ' }
					<span className="uib-quiet">
						<When at={ message.created_at } />
					</span>
					<span className="uib-split__text" dir={ message.direction }>
						{ text }
					</span>
				</span>
			</label>
		</li>
	);
}

function SplitForm( { ticket, messages, onDone }: { ticket: Ticket; messages: readonly Message[]; onDone: () => void } ) {
	const { split } = useDesk();
	const [ chosen, setChosen ] = useState< readonly Id[] >( [] );
	const [ subject, setSubject ] = useState( '' );
	const { isWhole, trouble, bring } = useWholeTalk();
	const isWrong = ! chosen.length || ( isWhole && chosen.length === messages.length );
	const toggle = ( id: Id ): void =>
		setChosen( chosen.includes( id ) ? chosen.filter( ( one ) => one !== id ) : [ ...chosen, id ] );
	const onSubmit = async ( event: FormEvent ): Promise< void > => {
		event.preventDefault();
		if ( ! isWrong && ( await split( ticket, chosen, subject ) ) ) {
			onDone();
		}
	};
	return (
		<form className="uib-pick" onSubmit={ ( event ) => void onSubmit( event ) }>
			{ ! isWhole && (
				<p className="uib-quiet" role="status">
					{ trouble || __( 'Loading…', 'unified-inbox' ) }{ ' ' }
					{ trouble && (
						<Button variant="link" onClick={ bring }>
							{ __( 'Try again', 'unified-inbox' ) }
						</Button>
					) }
				</p>
			) }
			<ul className="uib-split">
				{ messages.map( ( message ) => (
					<Choice
						key={ message.id }
						message={ message }
						isChosen={ chosen.includes( message.id ) }
						onToggle={ () => toggle( message.id ) }
					/>
				) ) }
			</ul>
			<label>
				<span>{ __( 'Subject of the new ticket', 'unified-inbox' ) }</span>
				<input type="text" value={ subject } dir="auto" onChange={ ( event ) => setSubject( event.target.value ) } />
			</label>
			<p className="uib-quiet uib-split__hint">{ __( 'Left empty, it is the subject of its first message.', 'unified-inbox' ) }</p>
			<Button type="submit" variant="primary" disabled={ isWrong } accessibleWhenDisabled>
				{ chosen.length
					? sprintf(
							/* translators: %d: number of messages. */
							_n( 'Split %d message off', 'Split %d messages off', chosen.length, 'unified-inbox' ),
							chosen.length
					  )
					: __( 'Choose messages', 'unified-inbox' ) }
			</Button>
		</form>
	);
}

/** Which messages of a ticket are another matter. */
export function SplitDialog() {
	const { splitting, talk } = useDesk();
	const ticket = useStore( splitting, ( state ) => state.ticket );
	const messages = useStore( talk.store, ( state ) => state.messages );
	if ( ! ticket ) {
		return null;
	}
	const close = (): void => splitting.set( { ticket: null } );
	return (
		<Modal title={ __( 'Split into a new ticket', 'unified-inbox' ) } onRequestClose={ close } size="medium">
			<p className="uib-quiet">
				{ __( 'What you choose goes into a ticket of its own, and so does mail that answers it.', 'unified-inbox' ) }
			</p>
			<SplitForm ticket={ ticket } messages={ messages ?? [] } onDone={ close } />
		</Modal>
	);
}
