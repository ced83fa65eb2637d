import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { download, file as fileIcon, Icon, image as imageIcon } from '@wordpress/icons';
import type { MouseEvent } from 'react';
import { problemInWords, toProblem } from '../api/problem';
import { fileUrl } from '../boot';
import type { Attachment } from '../model';
import { useDesk } from '../state/context';
import { fileSize } from '../text/size';
import { AttachmentTile } from './attachment-tile';
import { Lightbox } from './lightbox';
import { saveFile } from './save-file';

function Chip( { file, onSave }: { file: Attachment; onSave: () => void } ) {
	const { boot } = useDesk();
	const isImage = file.content_type.startsWith( 'image/' );
	const save = ( event: MouseEvent ): void => {
		event.preventDefault();
		onSave();
	};
	return (
		<a className="uib-chip" href={ fileUrl( boot, file.file_token ) } download={ file.name } onClick={ save }>
			<span className="screen-reader-text">{ __( 'Download', 'unified-inbox' ) } </span>
			<Icon icon={ isImage ? imageIcon : fileIcon } size={ 20 } />
			<span className="uib-chip__name" dir="auto">
				{ file.name }
			</span>
			<span className="uib-chip__size">{ fileSize( file.size ) }</span>
			<Icon className="uib-chip__get" icon={ download } size={ 20 } />
		</a>
	);
}

/** The files of a message: what can be pictured shows itself, everything can be saved. */
export function Attachments( { files }: { files: readonly Attachment[] } ) {
	const { boot, talk, notices } = useDesk();
	const [ opened, setOpened ] = useState< number | null >( null );
	const pictured = files.filter( ( { preview } ) => preview );
	if ( ! files.length ) {
		return null;
	}
	const warn = ( thrown: unknown ): void => notices.warn( problemInWords( toProblem( thrown ) ) );
	const save = ( file: Attachment ): void => {
		talk.fileToken( file ).then( ( token ) => saveFile( boot, token, file.name ), warn );
	};
	const look = ( file: Attachment ): void => {
		// Its pictures' addresses are renewed with that of the file.
		talk.fileToken( file ).then( () => setOpened( pictured.findIndex( ( { id } ) => id === file.id ) ), warn );
	};
	return (
		<>
			<ul className="uib-chips" aria-label={ __( 'Attachments', 'unified-inbox' ) }>
				{ files.map( ( file ) => (
					<li key={ file.id }>
						{ file.preview && <AttachmentTile file={ file } onOpen={ () => look( file ) } /> }
						<Chip file={ file } onSave={ () => save( file ) } />
					</li>
				) ) }
			</ul>
			{ opened !== null && <Lightbox files={ pictured } start={ opened } onClose={ () => setOpened( null ) } onSave={ save } /> }
		</>
	);
}
