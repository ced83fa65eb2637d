import { Button } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { problemInWords, toProblem } from '../api/problem';
import type { Customer } from '../model';
import { useDesk } from '../state/context';

interface Writing {
	customer: Customer;
	text: string;
	onText: ( text: string ) => void;
	onEnd: () => void;
}

function NoteForm( { customer, text, onText, onEnd }: Writing ) {
	const { talk } = useDesk();
	const [ trouble, setTrouble ] = useState( '' );
	const field = useRef< HTMLTextAreaElement >( null );
	useEffect( () => field.current?.focus(), [] );
	const save = async ( event: FormEvent ): Promise< void > => {
		event.preventDefault();
		try {
			await talk.saveNote( customer, text );
			onEnd();
		} catch ( thrown ) {
			setTrouble( problemInWords( toProblem( thrown ) ) );
		}
	};
	return (
		<form className="uib-note-form" onSubmit={ ( event ) => void save( event ) }>
			{ trouble && <p role="alert">{ trouble }</p> }
			{ trouble && customer.note.text && <p className="uib-customer-note" dir="auto">{ customer.note.text }</p> }
			<textarea
				ref={ field }
				dir="auto"
				rows={ 4 }
				maxLength={ 10_000 }
				aria-label={ __( 'Note on this customer', 'unified-inbox' ) }
				value={ text }
				onChange={ ( event ) => onText( event.target.value ) }
			/>
			<div className="uib-note-form__acts">
				<Button size="compact" variant="primary" type="submit">
					{ __( 'Save', 'unified-inbox' ) }
				</Button>
				<Button size="compact" variant="tertiary" onClick={ onEnd }>
					{ __( 'Cancel', 'unified-inbox' ) }
				</Button>
			</div>
		</form>
	);
}

/** What the team knows of a customer, whichever ticket it is learnt in; the customer never sees it. */
export function CustomerNoteSection( { customer }: { customer: Customer } ) {
	const { boot } = useDesk();
	const [ text, setText ] = useState< string | null >( null );
	const section = useRef< HTMLElement >( null );
	const { note } = customer;
	const end = (): void => {
		setText( null );
		// The form is gone: the keyboard goes on where it came from.
		requestAnimationFrame( () => section.current?.querySelector( 'button' )?.focus() );
	};
	if ( ! note.text && ! boot.canReply ) {
		return null;
	}
	return (
		<section className="uib-side__section" ref={ section }>
			<h3>{ __( 'Note on this customer', 'unified-inbox' ) }</h3>
			{ text !== null ? (
				<NoteForm customer={ customer } text={ text } onText={ setText } onEnd={ end } />
			) : (
				<>
					{ note.text && <p className="uib-customer-note" dir="auto">{ note.text }</p> }
					{ boot.canReply && (
						<Button size="compact" variant="secondary" onClick={ () => setText( note.text ) }>
							{ note.text ? __( 'Change the note', 'unified-inbox' ) : __( 'Write a note', 'unified-inbox' ) }
						</Button>
					) }
				</>
			) }
		</section>
	);
}
