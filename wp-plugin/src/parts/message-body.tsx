import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Icon, moreHorizontal } from '@wordpress/icons';
import type { Direction, Message } from '../model';
import { FOLDED, partsOf } from '../text/direction';
import { linkify } from '../text/linkify';
import { MailFrame } from './mail-frame';

function PlainText( { text, direction }: { text: string; direction?: Direction } ) {
	return (
		<>
			{ partsOf( text, direction ).map( ( part, number ) => (
				<div key={ number } className="uib-text" dir={ part.direction }>
					{ linkify( part.text ).map( ( piece, index ) =>
						piece.href ? (
							<a key={ index } href={ piece.href } target="_blank" rel="noopener noreferrer" dir="ltr">
								{ piece.text }
							</a>
						) : (
							piece.text
						)
					) }
				</div>
			) ) }
		</>
	);
}

/** The words of a message, with quotes and signatures folded behind a button. */
export function MessageBody( { message }: { message: Message } ) {
	const [ isUnfolded, setUnfolded ] = useState( false );
	const { html, folded_html: foldedHtml, text, folded_text: foldedText, direction } = message;
	const hasFolded = Boolean( html ? foldedHtml : foldedText );
	const withFolded = isUnfolded && hasFolded;
	if ( message.erased ) {
		return (
			<div className="uib-message__body">
				<em>{ __( 'Erased, because the person who wrote it asked for that.', 'unified-inbox' ) }</em>
			</div>
		);
	}
	return (
		<div className="uib-message__body">
			{ html ? (
				<MailFrame message={ message } html={ withFolded ? `${ html }<div class="${ FOLDED }">${ foldedHtml }</div>` : html } />
			) : (
				<PlainText text={ text.trim() } direction={ direction } />
			) }
			{ withFolded && ! html && (
				<div className={ FOLDED }>
					<PlainText text={ foldedText.trim() } />
				</div>
			) }
			{ hasFolded && (
				<button
					type="button"
					className="uib-unfold"
					aria-expanded={ isUnfolded }
					aria-label={ isUnfolded ? __( 'Hide quoted text', 'unified-inbox' ) : __( 'Show quoted text', 'unified-inbox' ) }
					title={ isUnfolded ? __( 'Hide quoted text', 'unified-inbox' ) : __( 'Show quoted text', 'unified-inbox' ) }
					onClick={ () => setUnfolded( ! isUnfolded ) }
				>
					<Icon icon={ moreHorizontal } size={ 20 } />
				</button>
			) }
		</div>
	);
}
