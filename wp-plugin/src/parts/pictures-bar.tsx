import { Button } from '@wordpress/components';
import { useEffect, useRef } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { problemInWords, toProblem } from '../api/problem';
import type { Message } from '../model';
import { useDesk } from '../state/context';
import { isolated } from '../text/person';

interface Held {
	message: Message;
	onShow: () => void;
	/** None where it would do nothing: nobody vouches for the sender, or the reader may not say it. */
	onAlways: ( () => void ) | null;
}

function HeldPictures( { message, onShow, onAlways }: Held ) {
	const { remote_images: count, author } = message;
	return (
		<>
			<span>
				{ sprintf(
					/* translators: %d: number of images. */
					_n(
						'%d image from elsewhere is not shown, so that the sender cannot see you reading.',
						'%d images from elsewhere are not shown, so that the sender cannot see you reading.',
						count,
						'unified-inbox'
					),
					count
				) }
			</span>
			<Button variant="link" onClick={ onShow }>
				{ __( 'Show images', 'unified-inbox' ) }
			</Button>
			{ onAlways && (
				<Button variant="link" onClick={ onAlways }>
					{ /* translators: %s: an e-mail address. */
					sprintf( __( 'Always from %s', 'unified-inbox' ), isolated( author.email ) ) }
				</Button>
			) }
		</>
	);
}

function ShownPictures( { email, onHold }: { email: string; onHold: ( () => void ) | null } ) {
	return (
		<>
			<span>
				{ /* translators: %s: an e-mail address. */
				sprintf( __( 'Images from %s are always shown.', 'unified-inbox' ), isolated( email ) ) }
			</span>
			{ onHold && (
				<Button variant="link" onClick={ onHold }>
					{ __( 'Hold them back', 'unified-inbox' ) }
				</Button>
			) }
		</>
	);
}

/** Above a mail with pictures from elsewhere: whether they are shown, and what can be done about it. */
export function PicturesBar( { message, onShow, onHold }: { message: Message; onShow: () => void; onHold: () => void } ) {
	const { boot, talk, notices } = useDesk();
	const bar = useRef< HTMLParagraphElement >( null );
	const wasPressed = useRef( false );
	const { shows_images: isShown, author } = message;
	useEffect( () => {
		// The button that was pressed is gone: the keyboard goes on at the one that takes it back.
		if ( wasPressed.current ) {
			bar.current?.querySelector( 'button' )?.focus();
		}
		wasPressed.current = false;
	}, [ isShown ] );
	const choose = async ( wanted: boolean ): Promise< void > => {
		wasPressed.current = true;
		try {
			await talk.showPictures( message, wanted );
		} catch ( thrown ) {
			notices.warn( problemInWords( toProblem( thrown ) ) );
			return;
		}
		if ( ! wanted ) {
			onHold();
		}
	};
	const mayChoose = boot.canReply && message.sender_proven && author.type === 'customer';
	return (
		<p className="uib-held" ref={ bar }>
			{ isShown ? (
				<ShownPictures email={ author.email } onHold={ mayChoose ? () => void choose( false ) : null } />
			) : (
				<HeldPictures message={ message } onShow={ onShow } onAlways={ mayChoose ? () => void choose( true ) : null } />
			) }
		</p>
	);
}
