import { Button, Modal } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Original } from '../api/files-api';
import { problemInWords, toProblem } from '../api/problem';
import type { Message } from '../model';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { fileSize } from '../text/size';
import { saveFile } from './save-file';
import { SkeletonRows } from './skeleton';

type Loaded = { original: Original } | { problem: string } | null;

/** Read anew each time it is opened: the token in it lives for minutes only. */
function useOriginal( message: Message ): Loaded {
	const { files, talk } = useDesk();
	const number = useStore( talk.store, ( state ) => state.number );
	const [ loaded, setLoaded ] = useState< Loaded >( null );
	useEffect( () => {
		let isOpen = true;
		const show = ( found: Loaded ): void => {
			if ( isOpen ) {
				setLoaded( found );
			}
		};
		if ( number !== null ) {
			files.original( number, message.id ).then(
				( original ) => show( { original } ),
				( thrown ) => show( { problem: problemInWords( toProblem( thrown ) ) } )
			);
		}
		return () => {
			isOpen = false;
		};
	}, [ files, number, message.id ] );
	return loaded;
}

function Checks( { original }: { original: Original } ) {
	return (
		<tr>
			<th scope="row">{ __( 'Checked by the provider', 'unified-inbox' ) }</th>
			<td>
				{ original.checks.length === 0 && __( 'Nothing is known of it.', 'unified-inbox' ) }
				{ original.checks.map( ( { method, verdict, domain }, index ) => (
					<span className="uib-check" data-verdict={ verdict } key={ index } dir="ltr">
						<b>{ method.toUpperCase() }</b> { verdict } { domain && `(${ domain })` }
					</span>
				) ) }
			</td>
		</tr>
	);
}

function OriginalText( { original }: { original: Original } ) {
	return (
		<>
			{ original.is_cut && (
				<p className="uib-quiet">
					{ /* translators: %s: size of a file. */
					sprintf( __( 'This is its beginning; saved, it has %s.', 'unified-inbox' ), fileSize( original.size ) ) }
				</p>
			) }
			<pre className="uib-original__text" dir="ltr" tabIndex={ 0 } role="region" aria-label={ __( 'Text of the mail', 'unified-inbox' ) }>
				{ original.text }
			</pre>
		</>
	);
}

function Shown( { original, name }: { original: Original; name: string } ) {
	const { boot } = useDesk();
	return (
		<>
			<table className="uib-original__headers">
				<tbody>
					{ original.headers.map( ( header, index ) => (
						<tr key={ index }>
							<th scope="row" dir="ltr">{ header.name }</th>
							<td dir="auto">{ header.value }</td>
						</tr>
					) ) }
					<Checks original={ original } />
				</tbody>
			</table>
			<Button variant="secondary" onClick={ () => saveFile( boot, original.file_token, name ) }>
				{ __( 'Save as a file', 'unified-inbox' ) }
			</Button>
			<OriginalText original={ original } />
		</>
	);
}

/** A mail before we made anything of it: what it says of itself, what its provider found out, its text. */
export function OriginalDialog( { message, onClose }: { message: Message; onClose: () => void } ) {
	const loaded = useOriginal( message );
	return (
		<Modal className="uib-original" title={ __( 'The original mail', 'unified-inbox' ) } onRequestClose={ onClose } size="large">
			{ ! loaded && <SkeletonRows rows={ 4 } /> }
			{ loaded && 'problem' in loaded && <p role="alert">{ loaded.problem }</p> }
			{ loaded && 'original' in loaded && <Shown original={ loaded.original } name={ `message-${ message.id }.eml` } /> }
		</Modal>
	);
}
