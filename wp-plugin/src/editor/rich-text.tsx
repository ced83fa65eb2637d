import { Button } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { loadedEditor, loadEditor } from './load';
import type { RichTextProps } from './types';

/** The field grows with the text, up to the height its style allows. */
function useGrowing( text: string ) {
	const field = useRef< HTMLTextAreaElement >( null );
	useEffect( () => {
		if ( field.current ) {
			field.current.style.blockSize = 'auto';
			field.current.style.blockSize = `${ field.current.scrollHeight + 2 }px`;
		}
	}, [ text ] );
	return field;
}

/** The same words without formatting, for a page to which the editor does not come. */
export function PlainField( { words, onChange, label, placeholder, direction, isReadOnly, onKey }: RichTextProps ) {
	const field = useGrowing( words.text );
	return (
		<textarea
			ref={ field }
			className="uib-composer__field"
			// An empty field would take the direction of English, and its placeholder with it.
			dir={ words.text ? 'auto' : direction }
			rows={ 3 }
			aria-label={ label }
			placeholder={ placeholder }
			readOnly={ isReadOnly }
			value={ words.text }
			onChange={ ( event ) => onChange( { text: event.target.value, html: '' } ) }
			onKeyDown={ ( event ) => {
				if ( onKey?.( event.nativeEvent ) ) {
					event.preventDefault();
				}
			} }
		/>
	);
}

/** `address` is that of the editor's script; without one the text is written plain. */
export function RichText( { address, ...props }: RichTextProps & { address?: string } ) {
	const [ Editor, setEditor ] = useState( loadedEditor );
	const [ isMissing, setMissing ] = useState( ! address );
	/** Somebody went to the field before it could be written in. */
	const isWanted = useRef( false );
	useEffect( () => {
		if ( ! Editor && address && ! isMissing ) {
			loadEditor( address ).then(
				( found ) => setEditor( () => found ),
				() => setMissing( true )
			);
		}
	}, [ Editor, address, isMissing ] );
	if ( Editor ) {
		return (
			<Editor
				{ ...props }
				onReady={ ( handle ) => {
					if ( isWanted.current ) {
						handle?.focus();
					}
					props.onReady?.( handle );
				} }
			/>
		);
	}
	if ( ! isMissing ) {
		return (
			<div
				className="uib-composer__field uib-rich is-empty"
				tabIndex={ -1 }
				aria-busy="true"
				data-placeholder={ props.placeholder }
				onFocus={ () => {
					isWanted.current = true;
				} }
				onBlur={ () => {
					isWanted.current = false;
				} }
			/>
		);
	}
	return (
		<>
			<PlainField { ...props } />
			{ address && (
				<p className="uib-composer__warning" role="status">
					{ __( 'Formatting could not be loaded: what you change now is sent as plain text.', 'unified-inbox' ) }{ ' ' }
					<Button variant="link" onClick={ () => setMissing( false ) }>
						{ __( 'Try again', 'unified-inbox' ) }
					</Button>
				</p>
			) }
		</>
	);
}
