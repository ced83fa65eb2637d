import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { TextField } from '../parts/field';
import { draftRow, withRow, type DraftRow } from './inbox-drafts';

function Row( { row, onChange }: { row: DraftRow; onChange: ( row: DraftRow ) => void } ) {
	return (
		<li className="uibs-inbox" data-chosen={ row.isChosen ? '' : undefined }>
			<label className="uibs-check">
				<input
					type="checkbox"
					checked={ row.isChosen }
					onChange={ ( event ) => onChange( { ...row, isChosen: event.target.checked } ) }
				/>
				<bdi>{ row.address }</bdi>
			</label>
			{ row.isChosen && (
				<span className="uibs-inbox__look">
					<input
						type="color"
						value={ row.colour }
						/* translators: %s: e-mail address. */
						aria-label={ sprintf( __( 'Colour of %s', 'unified-inbox' ), row.address ) }
						onChange={ ( event ) => onChange( { ...row, colour: event.target.value } ) }
					/>
					<input
						type="text"
						dir="auto"
						value={ row.name }
						maxLength={ 100 }
						/* translators: %s: e-mail address. */
						aria-label={ sprintf( __( 'Name of the inbox for %s', 'unified-inbox' ), row.address ) }
						aria-invalid={ row.name.trim() ? undefined : true }
						onChange={ ( event ) => onChange( { ...row, name: event.target.value } ) }
					/>
				</span>
			) }
		</li>
	);
}

/** The way to an address Google does not list, such as that of a group. */
function OneMore( { rows, onAdd }: { rows: readonly DraftRow[]; onAdd: ( row: DraftRow ) => void } ) {
	const [ isOpen, setOpen ] = useState( false );
	const [ address, setAddress ] = useState( '' );
	const isNew = /^\S+@\S+\.\S+$/.test( address ) && ! rows.some( ( row ) => row.address === address.toLowerCase() );
	if ( ! isOpen ) {
		return (
			<Button variant="link" onClick={ () => setOpen( true ) }>
				{ __( 'Another address that arrives here', 'unified-inbox' ) }
			</Button>
		);
	}
	return (
		<div className="uibs-onemore">
			<TextField
				label={ __( 'Another address that arrives here', 'unified-inbox' ) }
				hint={ __( 'For example that of a Google group whose mail this account receives.', 'unified-inbox' ) }
				type="email"
				isCode
				value={ address }
				onChange={ setAddress }
			/>
			<Button
				variant="secondary"
				disabled={ ! isNew }
				accessibleWhenDisabled
				onClick={ () => {
					onAdd( draftRow( address.toLowerCase(), rows.length, true ) );
					setAddress( '' );
					setOpen( false );
				} }
				__next40pxDefaultSize
			>
				{ __( 'Add', 'unified-inbox' ) }
			</Button>
		</div>
	);
}

/** Addresses to tick, each with the inbox's name and colour. */
export function InboxRows( { rows, onChange }: { rows: readonly DraftRow[]; onChange: ( rows: DraftRow[] ) => void } ) {
	return (
		<fieldset className="uibs-inboxes">
			<legend className="screen-reader-text">{ __( 'Inboxes', 'unified-inbox' ) }</legend>
			<ul>
				{ rows.map( ( row ) => (
					<Row
						key={ row.address }
						row={ row }
						onChange={ ( changed ) => onChange( withRow( rows, changed ) ) }
					/>
				) ) }
			</ul>
			<OneMore rows={ rows } onAdd={ ( row ) => onChange( [ ...rows, row ] ) } />
		</fieldset>
	);
}
