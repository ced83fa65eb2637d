import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Problem } from '../../api/problem';
import { useSettings } from '../context';
import type { Mailbox } from '../model';
import { FormCard } from '../parts/form';
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
	const { api } = useSettings();
	const [ rows, setRows ] = useState( () => rowsOf( mailbox, colours ) );
	const isChanged = JSON.stringify( rows ) !== JSON.stringify( rowsOf( mailbox, colours ) );
	const save = async (): Promise< void > => {
		if ( draftFault( rows ) ) {
			const detail = __( 'Keep at least one inbox, and give every inbox a name.', 'unified-inbox' );
			throw new Problem( 'inboxes', 422, { detail } );
		}
		await api.changeMailbox( mailbox.id, { inboxes: chosenInboxes( rows ) } );
		await onSaved();
	};
	return (
		<FormCard title={ __( 'Inboxes', 'unified-inbox' ) } isOffered={ isChanged } save={ save }>
			<InboxRows rows={ rows } onChange={ setRows } />
		</FormCard>
	);
}
