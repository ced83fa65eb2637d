import { __ } from '@wordpress/i18n';
import { download, file as fileIcon, Icon, image as imageIcon } from '@wordpress/icons';
import type { MouseEvent } from 'react';
import { problemInWords, toProblem } from '../api/problem';
import { fileUrl } from '../boot';
import type { Attachment } from '../model';
import { useDesk } from '../state/context';
import { fileSize } from '../text/size';

function Chip( { file }: { file: Attachment } ) {
	const { boot, talk, notices } = useDesk();
	const isImage = file.content_type.startsWith( 'image/' );
	const size = fileSize( file.size );
	const get = async ( event: MouseEvent ): Promise< void > => {
		event.preventDefault();
		try {
			// A link that downloads leaves this page alone even where the answer is an error.
			const link = document.createElement( 'a' );
			link.href = fileUrl( boot, await talk.fileToken( file ) );
			link.download = file.name;
			link.click();
		} catch ( thrown ) {
			notices.warn( problemInWords( toProblem( thrown ) ) );
		}
	};
	return (
		<li>
			<a
				className="uib-chip"
				href={ fileUrl( boot, file.file_token ) }
				download={ file.name }
				onClick={ get }
			>
				<span className="screen-reader-text">{ __( 'Download', 'unified-inbox' ) } </span>
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
