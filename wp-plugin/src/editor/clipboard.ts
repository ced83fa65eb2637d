import { Slice, Fragment } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { setLink } from './acts';
import { cleanPage } from './clean';
import { linkAddress, schema } from './schema';
import type { Pictures } from './types';
import { lineOf, textOf } from './words';

/** Puts pictures into the text one after the other, each when the service has it. */
export async function insertPictures( view: EditorView, pictures: Pictures, files: readonly File[], at?: number ): Promise< void > {
	for ( const file of files ) {
		if ( view.isDestroyed ) {
			// Another ticket may be open by now: the rest is none of its pictures.
			return;
		}
		const contentId = await pictures.add( file );
		if ( contentId && ! view.isDestroyed ) {
			const picture = schema.node( 'picture', { contentId, name: file.name } );
			const { tr, selection } = view.state;
			const place = Math.min( at ?? selection.to, view.state.doc.content.size );
			view.dispatch( tr.replaceRangeWith( place, place, picture ).scrollIntoView() );
		}
	}
}

export const isPicture = ( { type }: Pick< File, 'type' > ): boolean => /^image\/(png|jpe?g|gif|webp)$/.test( type );

/** Word and Excel put a picture of the text beside it: it is the text that was copied. */
function picturesOf( data: DataTransfer | null ): File[] {
	const files = Array.from( data?.files ?? [] );
	const html = data?.getData( 'text/html' ) ?? '';
	const hasText = html !== '' && cleanPage( html ).body.textContent?.trim() !== '';
	return ! hasText && files.length && files.every( isPicture ) ? files : [];
}

/** What the view asks when something is pasted, dropped or copied. */
export function clipboardProps( pictures: () => Pictures | undefined ) {
	const take = ( view: EditorView, data: DataTransfer | null, at?: number ): boolean => {
		const files = picturesOf( data );
		const given = pictures();
		if ( ! files.length || ! given ) {
			return false;
		}
		void insertPictures( view, given, files, at );
		return true;
	};
	return {
		transformPastedHTML: ( html: string ) => cleanPage( html ).body.innerHTML,
		clipboardTextParser: ( text: string ) => {
			const lines = text.replace( /\r\n?/g, '\n' ).split( '\n' ).map( lineOf );
			return new Slice( Fragment.from( lines ), 1, 1 );
		},
		clipboardTextSerializer: ( { content }: Slice ) => textOf( { content } ),
		handlePaste: ( view: EditorView, { clipboardData }: ClipboardEvent ) => {
			const href = linkAddress( clipboardData?.getData( 'text/plain' ) ?? '' );
			const isLink = href !== null && ! view.state.selection.empty && setLink( href )( view.state, view.dispatch );
			return isLink || take( view, clipboardData );
		},
		handleDrop: ( view: EditorView, event: DragEvent ) =>
			take( view, event.dataTransfer, view.posAtCoords( { left: event.clientX, top: event.clientY } )?.pos ),
	};
}
