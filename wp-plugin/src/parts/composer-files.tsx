import { Button } from '@wordpress/components';
import { useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ClipboardEvent, DragEvent } from 'react';
import { problemInWords, type Problem } from '../api/problem';
import { isWhole, type OutgoingFile } from '../state/attaching';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { speaksOfFile } from '../text/attached-words';
import { isolated } from '../text/person';
import { fileSize } from '../text/size';
import { OutgoingRow } from './outgoing-row';
import { Paperclip } from './paperclip';

/** Why a file is not coming, with what to do. */
function refusalInWords( problem: Problem, file: OutgoingFile ): string {
	if ( problem.code !== 'attachments_too_large' ) {
		return problemInWords( problem );
	}
	return sprintf(
		/* translators: 1: name of a file, 2: its size, 3: size of all files together, 4: the most a mail holds; sizes such as "25 MB". */
		__( '%1$s has %2$s; with the other files it would be %3$s. One mail takes %4$s: send a smaller file, or a link to it.', 'unified-inbox' ),
		isolated( file.name ),
		isolated( fileSize( file.size ) ),
		isolated( fileSize( problem.details.total as number ) ),
		isolated( fileSize( problem.details.limit as number ) )
	);
}

function Row( { file }: { file: OutgoingFile } ) {
	const { attaching } = useDesk();
	const percent = file.size ? Math.floor( ( 100 * file.received ) / file.size ) : 100;
	return (
		<OutgoingRow
			file={ file }
			state={ file.problem ? 'refused' : isWhole( file ) ? 'ready' : 'coming' }
			/* translators: %s: name of a file. */
			removeLabel={ sprintf( __( 'Remove %s', 'unified-inbox' ), file.name ) }
			onRemove={ () => void attaching.remove( file.key ) }
			below={
				file.problem && (
					<p className="uib-outgoing__problem" role="alert">
						{ refusalInWords( file.problem, file ) }
					</p>
				)
			}
		>
			{ ! file.problem && ! isWhole( file ) && (
				<progress
					max={ 100 }
					value={ percent }
					/* translators: %s: name of a file. */
					aria-label={ sprintf( __( 'Uploading %s', 'unified-inbox' ), file.name ) }
				/>
			) }
			{ file.problem?.isUndecided && (
				<Button variant="link" onClick={ () => void attaching.retry( file.key ) }>
					{ __( 'Try again', 'unified-inbox' ) }
				</Button>
			) }
		</OutgoingRow>
	);
}

/** The files of the mail that is being written, and a word where one was promised and is not there. */
export function ComposerFiles() {
	const { attaching, reply } = useDesk();
	// A picture of the text is seen there.
	const files = useStore( attaching.store, ( state ) => state.files ).filter( ( file ) => ! file.contentId || ! isWhole( file ) );
	const { tab, reply: text, forwards } = useStore( reply.store, ( state ) => state );
	if ( tab === 'note' ) {
		return null;
	}
	return (
		<>
			{ files.length > 0 && (
				<ul className="uib-outgoing-list" aria-label={ __( 'Files to send', 'unified-inbox' ) }>
					{ files.map( ( file ) => (
						<Row key={ file.key } file={ file } />
					) ) }
				</ul>
			) }
			{ ! files.length && ! forwards && speaksOfFile( text ) && (
				<p className="uib-composer__warning" role="status">
					{ __( 'You write of an attachment, but nothing is attached yet.', 'unified-inbox' ) }
				</p>
			) }
		</>
	);
}

/** Opens the browser's own choice of files. */
export function AttachButton() {
	const { attaching } = useDesk();
	const input = useRef< HTMLInputElement >( null );
	return (
		<>
			<Button
				className="uib-attach"
				size="compact"
				label={ __( 'Attach files', 'unified-inbox' ) }
				onClick={ () => input.current?.click() }
			>
				<Paperclip />
			</Button>
			<input
				ref={ input }
				type="file"
				multiple
				hidden
				tabIndex={ -1 }
				aria-label={ __( 'Attach files', 'unified-inbox' ) }
				onChange={ ( event ) => {
					void attaching.add( Array.from( event.target.files ?? [] ) );
					// The same file may be chosen again after it was removed.
					event.target.value = '';
				} }
			/>
		</>
	);
}

/** Takes files that are dropped on the composer or pasted into it; text is left to the browser. */
export function useFileDrop() {
	const { attaching, reply } = useDesk();
	const take = ( event: DragEvent | ClipboardEvent, given: DataTransfer ): void => {
		const files = Array.from( given.files );
		// The editor has taken a picture into the text, or the words of which it is a picture.
		if ( files.length && ! event.defaultPrevented && reply.store.get().tab === 'reply' ) {
			event.preventDefault();
			void attaching.add( files );
		}
	};
	return {
		onDragOver: ( event: DragEvent ) => event.dataTransfer.types.includes( 'Files' ) && event.preventDefault(),
		onDrop: ( event: DragEvent ) => take( event, event.dataTransfer ),
		onPaste: ( event: ClipboardEvent ) => take( event, event.clipboardData ),
	};
}
