import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { createPortal, useEffect, useLayoutEffect, useRef, useState } from '@wordpress/element';
import { formatsAt } from './acts';
import { insertPictures } from './clipboard';
import { insertPiece } from './insert';
import { LinkForm } from './link-form';
import { Toolbar } from './toolbar';
import type { RichTextProps } from './types';
import { createView, isSame, showPictures, stateOf } from './view';

/** The view for as long as the component is there, following what it is given. */
function useView( props: RichTextProps, openLink: () => void ) {
	const place = useRef< HTMLDivElement >( null );
	const given = useRef( props );
	given.current = props;
	const told = useRef( props.words );
	const [ view, setView ] = useState< EditorView | null >( null );
	const [ state, setState ] = useState< EditorState | null >( null );
	// Before anything is drawn: a key between the plain field and this one would be lost.
	useLayoutEffect( () => {
		const made = createView( place.current!, { given, told, onState: setState, openLink } );
		setView( made );
		setState( made.state );
		given.current.onReady?.( { focus: () => made.focus(), insert: ( piece ) => insertPiece( made, piece ) } );
		return () => {
			made.destroy();
			given.current.onReady?.( null );
		};
	}, [] );
	useEffect( () => {
		if ( view && ! isSame( props.words, told.current ) ) {
			// Taken from another screen, sent, or discarded: what was typed here before is not to be undone into it.
			told.current = props.words;
			view.updateState( stateOf( props.words, given, openLink ) );
			setState( view.state );
		} else {
			// The label, the list over it and whether one may write are asked for anew.
			view?.setProps( {} );
		}
		if ( view ) {
			showPictures( view, props.pictures );
		}
	} );
	return { place, view, state };
}

/** The field, its buttons and, while a link is put in, the form for its address. */
export function RichEditor( props: RichTextProps ) {
	const [ isLinking, setLinking ] = useState( false );
	const { place, view, state } = useView( props, () => setLinking( true ) );
	const { toolbar, pictures, isReadOnly } = props;
	const closeLink = (): void => {
		setLinking( false );
		view?.focus();
	};
	return (
		<>
			<div ref={ place } className="uib-rich-place" />
			{ view && isLinking && <LinkForm view={ view } onClose={ closeLink } /> }
			{ view &&
				state &&
				toolbar &&
				createPortal(
					<Toolbar
						view={ view }
						active={ formatsAt( state ) }
						isDisabled={ Boolean( isReadOnly ) }
						onLink={ () => setLinking( ! isLinking ) }
						onPictures={ pictures && ( ( files ) => void insertPictures( view, pictures, files ) ) }
					/>,
					toolbar
				) }
		</>
	);
}

declare global {
	interface Window {
		unifiedInboxEditor?: { RichEditor: typeof RichEditor };
	}
}

window.unifiedInboxEditor = { RichEditor };
