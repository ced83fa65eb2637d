import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Icon, moreHorizontal } from '@wordpress/icons';
import type { Message } from '../model';
import { linkify } from '../text/linkify';
import { MailFrame } from './mail-frame';

function PlainText( { text, direction }: { text: string; direction: 'ltr' | 'rtl' } ) {
	return (
		<div className="uib-text" dir={ direction }>
			{ linkify( text ).map( ( part, index ) =>
				part.href ? (
					<a key={ index } href={ part.href } target="_blank" rel="noopener noreferrer" dir="ltr">
						{ part.text }
					</a>
				) : (
					part.text
				)
			) }
		</div>
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
				<MailFrame message={ message } html={ withFolded ? `${ html }${ foldedHtml }` : html } />
			) : (
				<PlainText text={ ( withFolded ? text + foldedText : text ).trim() } direction={ direction } />
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
