import { __ } from '@wordpress/i18n';
import type { Id, Inbox } from '../../model';
import { CheckBox, Choices } from '../parts/field';
import type { ReachChange } from './model';

/** All inboxes, or a box to tick for each. */
export function InboxChoice( {
	isManager,
	inboxes,
	value,
	onChange,
}: {
	isManager: boolean;
	inboxes: readonly Inbox[];
	value: ReachChange;
	onChange: ( value: ReachChange ) => void;
} ) {
	if ( isManager ) {
		return <p>{ __( 'A manager sees every inbox.', 'unified-inbox' ) }</p>;
	}
	const { sees_all: all, inbox_ids: chosen } = value;
	const tick = ( id: Id, isTicked: boolean ): void =>
		onChange( { sees_all: all, inbox_ids: isTicked ? [ ...chosen, id ] : chosen.filter( ( one ) => one !== id ) } );
	return (
		<>
			<Choices
				legend={ __( 'Which inboxes this person sees', 'unified-inbox' ) }
				value={ all ? 'all' : 'chosen' }
				options={ [
					{ value: 'all', label: __( 'All inboxes', 'unified-inbox' ), hint: __( 'Also those that are added later.', 'unified-inbox' ) },
					{
						value: 'chosen',
						label: __( 'Only chosen ones', 'unified-inbox' ),
						hint: __( 'Nothing of other inboxes is shown, found, counted or mailed.', 'unified-inbox' ),
					},
				] }
				onChange={ ( kind ) => onChange( { sees_all: kind === 'all', inbox_ids: chosen } ) }
			/>
			{ ! all && (
				<fieldset className="uibs-part uibs-reach">
					<legend>{ __( 'Inboxes', 'unified-inbox' ) }</legend>
					{ inboxes.map( ( { id, name } ) => (
						<CheckBox key={ id } label={ <bdi>{ name }</bdi> } isChecked={ chosen.includes( id ) } onChange={ ( isTicked ) => tick( id, isTicked ) } />
					) ) }
					{ chosen.length === 0 && <p className="uibs-quiet">{ __( 'Nothing is ticked: this person sees no tickets yet.', 'unified-inbox' ) }</p> }
				</fieldset>
			) }
		</>
	);
}
