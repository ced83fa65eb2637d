import { Button, Modal } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { chevronLeft, chevronRight, download, plus, reset } from '@wordpress/icons';
import type { KeyboardEvent } from 'react';
import { fileUrl } from '../boot';
import type { Attachment } from '../model';
import { largeOf, type Preview } from '../preview';
import { useDesk } from '../state/context';
import { refusalInWords } from '../text/preview-words';
import { usePreview } from './attachment-tile';

/** The widths of a picture: of the window, and times that. */
const ZOOMS = [ 1, 1.5, 2, 3 ];

function Pages( { preview, name, zoom }: { preview: Preview; name: string; zoom: number } ) {
	const { boot } = useDesk();
	const pictures = largeOf( preview );
	return (
		<>
			{ pictures.map( ( { page, width, height, file_token: token } ) => (
				<img
					key={ page }
					className="uib-lightbox__page"
					src={ fileUrl( boot, token ) }
					width={ width }
					height={ height }
					style={ zoom === 1 ? undefined : { inlineSize: `${ zoom * 100 }%`, maxInlineSize: 'none' } }
					/* translators: %d: number of a page. */
					alt={ preview.pages > 1 ? sprintf( __( 'Page %d', 'unified-inbox' ), page ) : name }
				/>
			) ) }
			{ preview.pages > pictures.length && (
				<p>
					{ sprintf(
						/* translators: 1: number of pages that are shown, 2: number of all pages. */
						__( 'The first %1$d of %2$d pages. Download the file to see all of them.', 'unified-inbox' ),
						pictures.length,
						preview.pages
					) }
				</p>
			) }
		</>
	);
}

function Shown( { file, zoom }: { file: Attachment; zoom: number } ) {
	const preview = usePreview( file );
	if ( preview?.state === 'ready' ) {
		return <Pages preview={ preview } name={ file.name } zoom={ zoom } />;
	}
	return (
		<p role="status">
			{ preview?.state === 'waiting' ? __( 'The preview is being prepared…', 'unified-inbox' ) : refusalInWords( preview?.reason ?? '' ) }
		</p>
	);
}

interface Walk {
	place: number;
	count: number;
	zoom: number;
	onGo: ( by: 1 | -1 ) => void;
	onZoom: ( by: 1 | -1 ) => void;
	onSave: () => void;
}

function Tools( { place, count, zoom, onGo, onZoom, onSave }: Walk ) {
	const { isRtl } = useDesk().boot;
	const [ back, forth ] = isRtl ? [ chevronRight, chevronLeft ] : [ chevronLeft, chevronRight ];
	return (
		<div className="uib-lightbox__tools" role="toolbar" aria-label={ __( 'Preview', 'unified-inbox' ) }>
			{ count > 1 && (
				<>
					<Button icon={ back } label={ __( 'Previous file', 'unified-inbox' ) } disabled={ place === 0 } accessibleWhenDisabled onClick={ () => onGo( -1 ) } />
					<span>
						{ /* translators: 1: place of a file, 2: number of files. */
						sprintf( __( '%1$d of %2$d', 'unified-inbox' ), place + 1, count ) }
					</span>
					<Button icon={ forth } label={ __( 'Next file', 'unified-inbox' ) } disabled={ place === count - 1 } accessibleWhenDisabled onClick={ () => onGo( 1 ) } />
				</>
			) }
			<Button icon={ reset } label={ __( 'Smaller', 'unified-inbox' ) } disabled={ zoom === 0 } accessibleWhenDisabled onClick={ () => onZoom( -1 ) } />
			<Button icon={ plus } label={ __( 'Larger', 'unified-inbox' ) } disabled={ zoom === ZOOMS.length - 1 } accessibleWhenDisabled onClick={ () => onZoom( 1 ) } />
			<Button variant="secondary" icon={ download } text={ __( 'Download', 'unified-inbox' ) } onClick={ onSave } />
		</div>
	);
}

const within = ( place: number, count: number ): number => Math.min( count - 1, Math.max( 0, place ) );

/** Looks at the files of a message one after another: arrows go on, + and - make larger and smaller. */
export function Lightbox( props: { files: readonly Attachment[]; start: number; onClose: () => void; onSave: ( file: Attachment ) => void } ) {
	const { files, onClose, onSave } = props;
	const { isRtl } = useDesk().boot;
	const [ place, setPlace ] = useState( props.start );
	const [ zoom, setZoom ] = useState( 0 );
	const all = useRef< HTMLDivElement >( null );
	// Inside, so that the arrows are heard at once: the dialog itself is around what hears them.
	useEffect( () => all.current?.querySelector< HTMLElement >( '.uib-lightbox__pages' )?.focus(), [] );
	const file = files[ place ];
	if ( ! file ) {
		return null;
	}
	const onGo = ( by: 1 | -1 ): void => {
		setPlace( within( place + by, files.length ) );
		setZoom( 0 );
	};
	const onZoom = ( by: 1 | -1 ): void => setZoom( within( zoom + by, ZOOMS.length ) );
	const onKey = ( event: KeyboardEvent ): void => {
		const forth = isRtl ? 'ArrowLeft' : 'ArrowRight';
		const acts: Record< string, () => void > = {
			ArrowLeft: () => onGo( forth === 'ArrowLeft' ? 1 : -1 ),
			ArrowRight: () => onGo( forth === 'ArrowRight' ? 1 : -1 ),
			'+': () => onZoom( 1 ),
			'-': () => onZoom( -1 ),
		};
		const act = acts[ event.key ];
		if ( act && ! event.ctrlKey && ! event.metaKey && ! event.altKey ) {
			event.preventDefault();
			act();
		}
	};
	return (
		<Modal className="uib-lightbox" title={ file.name } onRequestClose={ onClose } isFullScreen>
			<div className="uib-lightbox__all" ref={ all } onKeyDown={ onKey }>
				<Tools place={ place } count={ files.length } zoom={ zoom } onGo={ onGo } onZoom={ onZoom } onSave={ () => onSave( file ) } />
				<div className="uib-lightbox__pages" tabIndex={ 0 } role="region" aria-label={ file.name } key={ file.id }>
					<Shown file={ file } zoom={ ZOOMS[ zoom ] ?? 1 } />
				</div>
			</div>
		</Modal>
	);
}
