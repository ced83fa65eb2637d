import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Problem } from '../../api/problem';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { SubmitButton } from '../parts/field';
import { Card, Trouble } from '../parts/page';
import { useWork } from '../use-loaded';
import { chosenInboxes, COLOURS, draftFault, type DraftRow } from './inbox-drafts';
import { InboxRows } from './inbox-rows';
import type { Colours } from './with-colours';

function rowsOf( { inboxes }: Mailbox, colours: Colours ): DraftRow[] {
	return inboxes.map( ( { id, address, name }, place ) => ( {
		id,
		address,
		name,
		colour: colours.get( id ) || COLOURS[ place % COLOURS.length ]!,
		isChosen: true,
	} ) );
}

/** The mailbox's inboxes, to be changed. */
export function MailboxInboxes( { mailbox, colours, onSaved }: { mailbox: Mailbox; colours: Colours; onSaved: () => Promise< void > } ) {
	const { api, notices } = useSettings();
	const work = useWork();
	const [ rows, setRows ] = useState( () => rowsOf( mailbox, colours ) );
	const isChanged = JSON.stringify( rows ) !== JSON.stringify( rowsOf( mailbox, colours ) );
	const save = (): void => {
		if ( draftFault( rows ) ) {
			const detail = __( 'Keep at least one inbox, and give every inbox a name.', 'unified-inbox' );
			work.refuse( new Problem( 'inboxes', 422, { detail } ) );
			return;
		}
		void work.run( async () => {
			await api.changeMailbox( mailbox.id, { inboxes: chosenInboxes( rows ) } );
			await onSaved();
			notices.say( __( 'Saved.', 'unified-inbox' ) );
		} );
	};
	return (
		<Card title={ __( 'Inboxes', 'unified-inbox' ) }>
			<form
				noValidate
				onSubmit={ ( event ) => {
					event.preventDefault();
					save();
				} }
			>
				<InboxRows rows={ rows } onChange={ setRows } />
				<Trouble problem={ work.problem } />
				{ isChanged && (
					<div className="uibs-acts">
						<SubmitButton isBusy={ work.isBusy }>{ __( 'Save', 'unified-inbox' ) }</SubmitButton>
					</div>
				) }
			</form>
		</Card>
	);
}
