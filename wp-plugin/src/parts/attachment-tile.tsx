import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { fileUrl } from '../boot';
import type { Attachment } from '../model';
import { smallOf, type Preview } from '../preview';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { isolated } from '../text/person';
import { refusalInWords } from '../text/preview-words';

/** The preview of a file, asked for when its message stands open. */
export function usePreview( file: Attachment ): Preview | null {
	const { previews } = useDesk();
	useStore( previews.store, ( { byFile } ) => byFile[ file.id ] );
	useEffect( () => void previews.want( file ), [ previews, file.id ] );
	return previews.of( file );
}

function Thumbnail( { address, isTiny }: { address: string; isTiny: boolean } ) {
	// Each answer of the service brings a new address of the same picture: it stays while it can be had.
	const [ shown, setShown ] = useState( address );
	return <img className="uib-tile__picture" data-tiny={ isTiny } src={ shown } alt="" loading="lazy" onError={ () => setShown( address ) } />;
}

/** A small picture of a file that opens the large one; nothing where there cannot be one. */
export function AttachmentTile( { file, onOpen }: { file: Attachment; onOpen: () => void } ) {
	const { boot } = useDesk();
	const preview = usePreview( file );
	const small = preview && smallOf( preview );
	if ( preview?.state === 'refused' ) {
		return <p className="uib-tile__refusal">{ refusalInWords( preview.reason ) }</p>;
	}
	if ( preview?.state === 'waiting' ) {
		return <p className="uib-tile__look uib-tile__look--waiting">{ __( 'The preview is being prepared…', 'unified-inbox' ) }</p>;
	}
	return small ? (
		<button
			type="button"
			className="uib-tile__look"
			aria-haspopup="dialog"
			/* translators: %s: name of a file. */
			aria-label={ sprintf( __( 'Look at %s', 'unified-inbox' ), isolated( file.name ) ) }
			onClick={ onOpen }
		>
			<Thumbnail address={ fileUrl( boot, small.file_token ) } isTiny={ small.width < 200 && small.height < 132 } />
		</button>
	) : null;
}
