import { Button, Modal } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import type { SavedView } from '../model';
import { asked, type Where } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { ActsMenu } from './acts-menu';

const LONGEST = 80;

/** A name, and for leads whether everybody has the view. */
function ViewForm( {
	title,
	view,
	onSave,
	onClose,
}: {
	title: string;
	view?: SavedView;
	onSave: ( name: string, isShared: boolean ) => Promise< unknown >;
	onClose: () => void;
} ) {
	const { boot } = useDesk();
	const id = useId();
	const [ name, setName ] = useState( view?.name ?? '' );
	const [ isShared, setShared ] = useState( view?.shared ?? false );
	const onSubmit = async ( event: FormEvent ): Promise< void > => {
		event.preventDefault();
		if ( name.trim() && ( await onSave( name, isShared ) ) ) {
			onClose();
		}
	};
	return (
		<Modal title={ title } onRequestClose={ onClose } size="small" focusOnMount="firstContentElement">
			<form className="uib-viewform" onSubmit={ ( event ) => void onSubmit( event ) }>
				<label htmlFor={ id }>{ __( 'Name of the view', 'unified-inbox' ) }</label>
				<input type="text" id={ id } dir="auto" required maxLength={ LONGEST } value={ name } onChange={ ( event ) => setName( event.target.value ) } />
				{ boot.canRoute && (
					<label className="uib-viewform__shared">
						<input type="checkbox" checked={ isShared } onChange={ ( event ) => setShared( event.target.checked ) } />
						{ __( 'Share it with everybody', 'unified-inbox' ) }
					</label>
				) }
				<Button type="submit" variant="primary" __next40pxDefaultSize>
					{ __( 'Save', 'unified-inbox' ) }
				</Button>
			</form>
		</Modal>
	);
}

/** Keeps what the list is narrowed to: as a new view, or in the one that was changed. */
export function SaveView( { where }: { where: Where } ) {
	const { saved, go } = useDesk();
	const view = useStore( saved.store, ( { items } ) => items?.find( ( { id } ) => id === where.saved ) );
	const [ isOpen, setOpen ] = useState( false );
	const save = async ( name: string, isShared: boolean ): Promise< unknown > => {
		const made = await saved.save( name, asked( where ), isShared );
		if ( made ) {
			go( { view: 'saved', saved: made.id, inbox: null } );
		}
		return made;
	};
	const keep = async ( changed: SavedView ): Promise< void > => {
		if ( await saved.change( changed, { filter: asked( where ) as SavedView[ 'filter' ] } ) ) {
			go( { filter: undefined } );
		}
	};
	return (
		<>
			{ view?.may_change && (
				<Button size="compact" variant="tertiary" onClick={ () => void keep( view ) }>
					{ __( 'Save the changes', 'unified-inbox' ) }
				</Button>
			) }
			<Button size="compact" variant="tertiary" onClick={ () => setOpen( true ) }>
				{ view ? __( 'Save as a new view', 'unified-inbox' ) : __( 'Save this view', 'unified-inbox' ) }
			</Button>
			{ isOpen && <ViewForm title={ __( 'Save this view', 'unified-inbox' ) } onSave={ save } onClose={ () => setOpen( false ) } /> }
		</>
	);
}

/** What can be done with the saved view that is shown. */
export function SavedViewMenu( { view }: { view: SavedView } ) {
	const { saved, go } = useDesk();
	const [ isEditing, setEditing ] = useState( false );
	const remove = async (): Promise< void > => {
		if ( await saved.remove( view ) ) {
			go( { view: 'open', inbox: null } );
		}
	};
	const words = __( 'Change this view', 'unified-inbox' );
	return (
		<>
			<ActsMenu
				label={ words }
				heading={ words }
				acts={ [
					{ label: __( 'Rename or share', 'unified-inbox' ), run: () => setEditing( true ) },
					{ label: __( 'Move up', 'unified-inbox' ), run: () => saved.move( view, -1 ) },
					{ label: __( 'Move down', 'unified-inbox' ), run: () => saved.move( view, 1 ) },
					{ label: __( 'Remove the view', 'unified-inbox' ), run: remove },
				] }
			/>
			{ isEditing && (
				<ViewForm
					title={ __( 'Rename or share', 'unified-inbox' ) }
					view={ view }
					onSave={ ( name, shared ) => saved.change( view, { name, shared } ) }
					onClose={ () => setEditing( false ) }
				/>
			) }
		</>
	);
}
