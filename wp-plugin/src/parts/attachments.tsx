import { __, sprintf } from '@wordpress/i18n';
import { download, file as fileIcon, Icon, image as imageIcon } from '@wordpress/icons';
import { fileUrl } from '../boot';
import type { Attachment } from '../model';
import { useDesk } from '../state/context';
import { fileSize } from '../text/size';

function Chip( { file }: { file: Attachment } ) {
	const { boot } = useDesk();
	const isImage = file.content_type.startsWith( 'image/' );
	const size = fileSize( file.size );
	return (
		<li>
			<a
				className="uib-chip"
				href={ fileUrl( boot, file.file_token ) }
				download={ file.name }
				/* translators: 1: file name, 2: its size. */
				aria-label={ sprintf( __( 'Download %1$s, %2$s', 'unified-inbox' ), file.name, size ) }
			>
				<Icon icon={ isImage ? imageIcon : fileIcon } size={ 20 } />
				<span className="uib-chip__name" dir="auto">
					{ file.name }
				</span>
				<span className="uib-chip__size">{ size }</span>
				<Icon className="uib-chip__get" icon={ download } size={ 20 } />
			</a>
		</li>
	);
}

export function Attachments( { files }: { files: readonly Attachment[] } ) {
	if ( ! files.length ) {
		return null;
	}
	return (
		<ul className="uib-chips" aria-label={ __( 'Attachments', 'unified-inbox' ) }>
			{ files.map( ( file ) => (
				<Chip key={ file.id } file={ file } />
			) ) }
		</ul>
	);
}
