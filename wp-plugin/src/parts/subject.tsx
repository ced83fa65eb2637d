import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { KeyboardEvent } from 'react';
import type { Ticket } from '../model';
import { useDesk } from '../state/context';

function SubjectField( { ticket, onDone }: { ticket: Ticket; onDone: () => void } ) {
	const { change } = useDesk();
	const [ text, setText ] = useState( ticket.subject );
	const save = (): void => {
		const subject = text.trim();
		if ( subject && subject !== ticket.subject ) {
			void change( ticket, { subject } );
		}
		onDone();
	};
	const onKey = ( event: KeyboardEvent ): void => {
		if ( event.key === 'Enter' ) {
			save();
		} else if ( event.key === 'Escape' ) {
			event.stopPropagation();
			onDone();
		}
	};
	return (
		<input
			className="uib-subject__field"
			aria-label={ __( 'Subject', 'unified-inbox' ) }
			autoFocus
			dir="auto"
			maxLength={ 250 }
			value={ text }
			onChange={ ( event ) => setText( event.target.value ) }
			onKeyDown={ onKey }
			onBlur={ save }
		/>
	);
}

/** The subject; a click edits it. */
export function Subject( { ticket }: { ticket: Ticket } ) {
	const { boot } = useDesk();
	const [ isEditing, setEditing ] = useState( false );
	const words = ticket.subject || __( '(no subject)', 'unified-inbox' );
	if ( isEditing ) {
		return <SubjectField ticket={ ticket } onDone={ () => setEditing( false ) } />;
	}
	return (
		<h2 className="uib-subject" dir={ ticket.direction }>
			{ boot.canReply ? (
				<button
					type="button"
					className="uib-subject__button"
					/* translators: %s: the subject. */
					title={ sprintf( __( '%s (click to edit)', 'unified-inbox' ), words ) }
					onClick={ () => setEditing( true ) }
				>
					{ words }
				</button>
			) : (
				words
			) }
		</h2>
	);
}
