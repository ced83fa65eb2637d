import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Attachment } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { displayName, isolated } from '../text/person';
import { OutgoingRow } from './outgoing-row';
import { useWholeTalk } from './use-whole-talk';

/** The files of the message that is passed on; any of them can be left out. */
function Files( { attached }: { attached: readonly Attachment[] } ) {
	const { reply } = useDesk();
	const files = useStore( reply.store, ( state ) => state.files );
	const going = attached.filter( ( { id } ) => files === null || files.includes( id ) );
	const leaveOut = ( id: string ): void =>
		reply.write( { files: going.map( ( one ) => one.id ).filter( ( one ) => one !== id ) } );
	return (
		<>
			{ going.length > 0 && (
				<ul className="uib-outgoing-list" aria-label={ __( 'Files that are passed on', 'unified-inbox' ) }>
					{ going.map( ( file ) => (
						<OutgoingRow
							key={ file.id }
							file={ file }
							state="ready"
							/* translators: %s: name of a file. */
							removeLabel={ sprintf( __( 'Leave out %s', 'unified-inbox' ), file.name ) }
							onRemove={ () => leaveOut( file.id ) }
						/>
					) ) }
				</ul>
			) }
			{ going.length < attached.length && (
				<Button variant="link" onClick={ () => reply.write( { files: null } ) }>
					{ __( 'Pass all its files on', 'unified-inbox' ) }
				</Button>
			) }
		</>
	);
}

/** That a message is being passed on: whose, with which files, and the way back. */
export function Forwarding() {
	const { reply, talk } = useDesk();
	const forwards = useStore( reply.store, ( state ) => state.forwards );
	const original = useStore( talk.store, ( { messages } ) => messages.find( ( { id } ) => id === forwards ) );
	// A draft may pass on what is not here yet: its files are seen before they go.
	useWholeTalk( ! original );
	return (
		<div className="uib-to__forward">
			<p>
				{ original
					? /* translators: %s: name of whoever wrote the message. */
					  sprintf( __( 'This passes on the message from %s.', 'unified-inbox' ), isolated( displayName( original.author ) ) )
					: __( 'It passes a message on.', 'unified-inbox' ) }{ ' ' }
				<Button variant="link" onClick={ () => reply.write( { forwards: null, files: null, to: null, cc: null } ) }>
					{ __( 'Reply instead', 'unified-inbox' ) }
				</Button>
			</p>
			{ original && <Files attached={ original.attachments.filter( ( { inline } ) => ! inline ) } /> }
		</div>
	);
}
