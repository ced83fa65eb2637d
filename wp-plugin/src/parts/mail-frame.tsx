import { useEffect, useMemo, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Message } from '../model';
import { useDesk } from '../state/context';
import { displayName } from '../text/person';
import { frameDocument, SANDBOX } from '../text/mail-frame';
import { PicturesBar } from './pictures-bar';

/** A mail that is higher scrolls in itself: the answer below it must stay within reach. */
const MOST_HEIGHT = 20_000;

/** Lets the side fade at which a mail goes on: many a screen shows a scroll bar only while it moves. */
function showMore( frame: HTMLIFrameElement, root: HTMLElement ): void {
	const hidden = root.scrollWidth - root.clientWidth - Math.abs( root.scrollLeft );
	const isFromRight = root.dir === 'rtl';
	frame.dataset.more = hidden < 8 ? '' : isFromRight ? 'left' : 'right';
}

/** Gives the frame the height of its content, and its keys to the page's shortcuts. */
function fit( frame: HTMLIFrameElement ): () => void {
	const inner = frame.contentDocument;
	if ( ! inner?.body ) {
		return () => undefined;
	}
	const root = inner.documentElement;
	const measure = (): void => {
		const isWide = root.scrollWidth > root.clientWidth;
		const bar = isWide ? frame.clientHeight - root.clientHeight : 0;
		const height = Math.ceil( root.getBoundingClientRect().height ) + bar;
		showMore( frame, root );
		root.style.overflowY = height > MOST_HEIGHT ? 'auto' : '';
		frame.style.blockSize = `${ Math.min( height, MOST_HEIGHT ) }px`;
	};
	const pass = ( event: KeyboardEvent ): void => {
		const { key, code, ctrlKey, metaKey, altKey } = event;
		document.dispatchEvent( new KeyboardEvent( 'keydown', { key, code, ctrlKey, metaKey, altKey } ) );
	};
	const observer = new ResizeObserver( measure );
	observer.observe( root );
	inner.addEventListener( 'keydown', pass );
	inner.addEventListener( 'scroll', () => showMore( frame, root ) );
	// On paper it is another width, and nothing is observed there any more.
	window.addEventListener( 'beforeprint', measure );
	measure();
	return () => {
		observer.disconnect();
		window.removeEventListener( 'beforeprint', measure );
	};
}

/** HTML mail in a frame without scripts or forms, under its own content policy. */
export function MailFrame( { message, html }: { message: Message; html: string } ) {
	const { boot } = useDesk();
	const [ isAskedFor, setAskedFor ] = useState( false );
	const showRemote = isAskedFor || message.shows_images;
	const frame = useRef< HTMLIFrameElement >( null );
	const stop = useRef< () => void >( () => undefined );
	const { direction, attachments } = message;
	// The attachments are left out on purpose: each answer of the service brings new tokens for the
	// same pictures, and a frame that is loaded again for them would flicker.
	const document = useMemo(
		() => frameDocument( { html, direction, attachments, filesRoot: boot.filesRoot, showRemote } ),
		[ html, direction, boot.filesRoot, showRemote ]
	);
	useEffect( () => () => stop.current(), [] );
	return (
		<>
			{ message.remote_images > 0 && ( message.shows_images || ! isAskedFor ) && (
				<PicturesBar message={ message } onShow={ () => setAskedFor( true ) } onHold={ () => setAskedFor( false ) } />
			) }
			<iframe
				ref={ frame }
				className="uib-frame"
				sandbox={ SANDBOX }
				srcDoc={ document }
				/* translators: %s: the sender's name. */
				title={ sprintf( __( 'Message from %s', 'unified-inbox' ), displayName( message.author ) ) }
				onLoad={ () => {
					stop.current();
					stop.current = frame.current ? fit( frame.current ) : stop.current;
				} }
			/>
		</>
	);
}
