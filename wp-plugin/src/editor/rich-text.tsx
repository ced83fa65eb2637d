import { Button } from '@wordpress/components';
import { useEffect, useLayoutEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { grown } from '../text/growing';
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

interface PlainFieldProps extends RichTextProps {
	/** Told when the focus comes and goes. */
	onWanted?: ( isWanted: boolean ) => void;
}

/** The same words without formatting, for a page to which the editor does not come, or not yet. */
export function PlainField( { words, onChange, label, placeholder, direction, isReadOnly, isWanted, onKey, onWanted }: PlainFieldProps ) {
	const field = useGrowing( words.text );
	useLayoutEffect( () => {
		if ( isWanted ) {
			field.current?.focus();
			field.current?.setSelectionRange( words.text.length, words.text.length );
		}
	}, [] );
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
			onFocus={ () => onWanted?.( true ) }
			onBlur={ () => onWanted?.( false ) }
			onKeyDown={ ( event ) => {
				if ( onKey?.( event.nativeEvent ) ) {
					event.preventDefault();
				}
			} }
		/>
	);
}

/**
 * `address` is that of the editor's script; without one the text is written plain. So it is until
 * the script is here: whoever begins at once goes on in the editor, behind what he typed.
 */
export function RichText( { address, ...props }: RichTextProps & { address?: string } ) {
	const [ Editor, setEditor ] = useState( loadedEditor );
	const [ isMissing, setMissing ] = useState( ! address );
	const isWanted = useRef( Boolean( props.isWanted ) );
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
	return (
		<>
			<PlainField
				{ ...props }
				onChange={ ( { text } ) => props.onChange( isMissing ? { text, html: '' } : grown( props.words, text ) ) }
				onWanted={ ( wanted ) => {
					isWanted.current = wanted;
				} }
			/>
			{ address && isMissing && (
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
