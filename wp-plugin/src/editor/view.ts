import type { Node } from 'prosemirror-model';
import { EditorState, Selection } from 'prosemirror-state';
import { EditorView, type NodeViewConstructor } from 'prosemirror-view';
import { clipboardProps } from './clipboard';
import { pluginsOf } from './plugins';
import type { Pictures, RichTextProps, Words } from './types';
import { docOf, sideOf, wordsOf } from './words';

export const isSame = ( a: Words, b: Words ): boolean => a.text === b.text && a.html === b.html;

/** Shows a picture that is not to be seen yet where there is an address for it now; until then it is its name. */
function showPicture( image: HTMLImageElement, pictures: Pictures | undefined ): void {
	const address = pictures?.addressOf( image.dataset.contentId ?? '' );
	const isSeen = image.complete && image.naturalWidth > 0;
	if ( address && ! isSeen && image.getAttribute( 'src' ) !== address ) {
		image.src = address;
	}
}

/** The text may be here before the list of its pictures, and each list has new addresses of them. */
export function showPictures( view: EditorView, pictures: Pictures | undefined ): void {
	view.dom.querySelectorAll< HTMLImageElement >( 'img[data-content-id]' ).forEach( ( image ) => showPicture( image, pictures ) );
}

const pictureView = ( pictures: () => Pictures | undefined ): NodeViewConstructor => ( { attrs } ) => {
	const dom = document.createElement( 'img' );
	dom.alt = attrs.name;
	dom.dataset.contentId = attrs.contentId;
	dom.onerror = () => pictures()?.onLost?.();
	showPicture( dom, pictures() );
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

export function stateOf( words: Words, given: { current: RichTextProps }, openLink: () => void ): EditorState {
	const doc = docOf( words );
	// Whoever comes back to a text goes on writing it.
	return EditorState.create( { doc, selection: Selection.atEnd( doc ), plugins: pluginsOf( openLink, () => given.current.triggers ?? [] ) } );
}

export interface Around {
	given: { current: RichTextProps };
	/** What the app knows of the text, so that it is told only what is new. */
	told: { current: Words };
	onState: ( state: EditorState ) => void;
	openLink: () => void;
}

/** The text on the page: tells the app what changes in it. */
export function createView( place: HTMLElement, { given, told, onState, openLink }: Around ): EditorView {
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
