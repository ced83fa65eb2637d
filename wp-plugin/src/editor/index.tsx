import type { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { EditorView, type NodeViewConstructor } from 'prosemirror-view';
import { createPortal, useEffect, useRef, useState } from '@wordpress/element';
import { formatsAt } from './acts';
import { clipboardProps, insertPictures } from './clipboard';
import { insertPiece } from './insert';
import { LinkForm } from './link-form';
import { pluginsOf } from './plugins';
import { Toolbar } from './toolbar';
import type { Pictures, RichTextProps, Words } from './types';
import { docOf, sideOf, wordsOf } from './words';

const isSame = ( a: Words, b: Words ): boolean => a.text === b.text && a.html === b.html;

/** A picture of this page is shown; of one that was put in on another screen its name. */
const pictureView = ( pictures: () => Pictures | undefined ): NodeViewConstructor => ( { attrs } ) => {
	const address = pictures()?.addressOf( attrs.contentId );
	const dom = document.createElement( address ? 'img' : 'span' );
	if ( address ) {
		dom.setAttribute( 'src', address );
		dom.setAttribute( 'alt', attrs.name );
	} else {
		dom.className = 'uib-rich__picture';
		dom.textContent = attrs.name;
	}
	return { dom };
};

/** Lists and quotes have their signs on the side on which their words begin, whatever the page's is. */
const sidedView =
	( tag: 'ul' | 'ol' | 'blockquote' ): NodeViewConstructor =>
	( node ) => {
		const dom = document.createElement( tag );
		const follow = ( one: Node ): boolean => {
			dom.dir = sideOf( one );
			return one.type === node.type;
		};
		follow( node );
		return { dom, contentDOM: dom, update: follow };
	};

const sidedViews = { bullet_list: sidedView( 'ul' ), ordered_list: sidedView( 'ol' ), quote: sidedView( 'blockquote' ) };

/** The attributes of the text: what it is called, and which list is open over it. */
function attributesOf( { current: given }: { current: RichTextProps }, { doc }: EditorState ): Record< string, string > {
	const { label, placeholder, direction, isReadOnly, popup } = given;
	const isEmpty = doc.childCount === 1 && doc.firstChild?.type.name === 'line' && ! doc.firstChild.childCount;
	return {
		class: `uib-composer__field uib-rich${ isEmpty ? ' is-empty' : '' }`,
		role: 'textbox',
		// Keeps the focus where it is while the text is on its way and cannot be changed.
		tabindex: '0',
		dir: direction,
		'aria-multiline': 'true',
		'aria-label': label,
		'aria-placeholder': placeholder,
		'aria-readonly': String( Boolean( isReadOnly ) ),
		'data-placeholder': placeholder,
		...( popup
			? {
					'aria-haspopup': 'listbox',
					'aria-autocomplete': 'list',
					'aria-controls': popup.listId,
					...( popup.activeId ? { 'aria-activedescendant': popup.activeId } : {} ),
			  }
			: {} ),
	};
}

function stateOf( words: Words, given: { current: RichTextProps }, openLink: () => void ): EditorState {
	return EditorState.create( { doc: docOf( words ), plugins: pluginsOf( openLink, () => given.current.triggers ?? [] ) } );
}

interface Around {
	given: { current: RichTextProps };
	/** What the app knows of the text, so that it is told only what is new. */
	told: { current: Words };
	onState: ( state: EditorState ) => void;
	openLink: () => void;
}

function createView( place: HTMLElement, { given, told, onState, openLink }: Around ): EditorView {
	const pictures = (): Pictures | undefined => given.current.pictures;
	const view: EditorView = new EditorView( place, {
		state: stateOf( given.current.words, given, openLink ),
		attributes: ( state ) => attributesOf( given, state ),
		editable: () => ! given.current.isReadOnly,
		nodeViews: { ...sidedViews, picture: pictureView( pictures ) },
		handleKeyDown: ( _view, event ) => given.current.onKey?.( event ) ?? false,
		dispatchTransaction: ( change ) => {
			view.updateState( view.state.apply( change ) );
			onState( view.state );
			const words = wordsOf( view.state.doc );
			if ( change.docChanged && ! isSame( words, told.current ) ) {
				told.current = words;
				given.current.onChange( words );
			}
		},
		...clipboardProps( pictures ),
	} );
	return view;
}

/** The view for as long as the component is there, following what it is given. */
function useView( props: RichTextProps, openLink: () => void ) {
	const place = useRef< HTMLDivElement >( null );
	const given = useRef( props );
	given.current = props;
	const told = useRef( props.words );
	const [ view, setView ] = useState< EditorView | null >( null );
	const [ state, setState ] = useState< EditorState | null >( null );
	useEffect( () => {
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
