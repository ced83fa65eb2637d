import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { EditorView } from 'prosemirror-view';
import type { FormEvent } from 'react';
import { linkAt, removeLink, setLink } from './acts';
import { linkAddress } from './schema';

/** Asks for the address of a link, in a line below the text. */
export function LinkForm( { view, onClose }: { view: EditorView; onClose: () => void } ) {
	const before = linkAt( view.state );
	const [ address, setAddress ] = useState( before );
	const [ isWrong, setWrong ] = useState( false );
	const onSubmit = ( event: FormEvent ): void => {
		event.preventDefault();
		const href = linkAddress( address );
		if ( href ) {
			setLink( href )( view.state, view.dispatch );
			onClose();
		} else {
			setWrong( true );
		}
	};
	return (
		<form
			className="uib-link-form"
			onSubmit={ onSubmit }
			onKeyDown={ ( event ) => {
				if ( event.key === 'Escape' ) {
					event.stopPropagation();
					onClose();
				}
			} }
		>
			<label>
				<span>{ __( 'Link to', 'unified-inbox' ) }</span>
				<input
					type="text"
					inputMode="url"
					dir="ltr"
					autoComplete="off"
					autoFocus
					value={ address }
					aria-invalid={ isWrong }
					aria-describedby={ isWrong ? 'uib-link-wrong' : undefined }
					onChange={ ( event ) => setAddress( event.target.value ) }
				/>
			</label>
			<Button variant="secondary" size="compact" type="submit">
				{ __( 'Set link', 'unified-inbox' ) }
			</Button>
			{ before && (
				<Button
					variant="tertiary"
					size="compact"
					onClick={ () => {
						removeLink( view.state, view.dispatch );
						onClose();
					} }
				>
					{ __( 'Remove link', 'unified-inbox' ) }
				</Button>
			) }
			{ isWrong && (
				<p id="uib-link-wrong" role="alert">
					{ __( 'This is no address of a page or of a person. Write it like example.com or name@example.com.', 'unified-inbox' ) }
				</p>
			) }
		</form>
	);
}
