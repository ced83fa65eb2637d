import { useId, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ReplyLanguage, Variables as Known } from '../../api/saved-replies-api';
import { RichText } from '../../editor/rich-text';
import type { EditorHandle, Words } from '../../editor/types';
import { frameDocument, SANDBOX } from '../../text/mail-frame';
import { directionOf } from '../../text/direction';
import { languageDirection, languageInWords, LANGUAGES } from '../../text/reply-language';
import { filledHtml } from '../../text/variables';
import { useSettings } from '../context';
import { sampleValues } from '../parts/variable-words';
import { Variables } from '../parts/variables';
import { htmlOf, type Texts } from './texts';

const EMPTY: Words = { text: '', html: '' };

function Switch( { value, texts, onChange }: { value: ReplyLanguage; texts: Texts; onChange: ( language: ReplyLanguage ) => void } ) {
	return (
		<div className="uibs-switch" role="group" aria-label={ __( 'Language', 'unified-inbox' ) }>
			{ LANGUAGES.map( ( language ) => (
				<button
					key={ language }
					type="button"
					lang={ language === 'any' ? undefined : language }
					aria-pressed={ language === value }
					onClick={ () => onChange( language ) }
				>
					{ languageInWords( language ) }
					{ texts[ language ]?.text.trim() && <span aria-hidden="true">{ '\u00a0✓' }</span> }
				</button>
			) ) }
		</div>
	);
}

/** The text as its reader gets it, in the frame that shows mails: nothing in it can run. */
function Preview( { html, language, values }: { html: string; language: ReplyLanguage; values: Record< string, string > } ) {
	const id = useId();
	const shown = filledHtml( html, { ...sampleValues(), ...values } );
	const direction = languageDirection( language ) ?? directionOf( shown.replace( /<[^>]*>/g, ' ' ) );
	return (
		<figure className="uibs-saved__preview" aria-labelledby={ id }>
			<figcaption id={ id }>{ __( 'This is how it looks', 'unified-inbox' ) }</figcaption>
			{ html ? (
				<iframe
					title={ __( 'This is how it looks', 'unified-inbox' ) }
					sandbox={ SANDBOX }
					srcDoc={ frameDocument( { html: shown, direction, attachments: [], filesRoot: '', showRemote: false } ) }
				/>
			) : (
				<p className="uibs-quiet">{ __( 'Nothing is written in this language yet.', 'unified-inbox' ) }</p>
			) }
		</figure>
	);
}

/** One text per language, each written and seen in its own direction. */
export function TextEditor( { texts, known, error, onChange }: { texts: Texts; known: Known; error: string | null; onChange: ( texts: Texts ) => void } ) {
	const { boot } = useSettings();
	const [ language, setLanguage ] = useState< ReplyLanguage >( () => LANGUAGES.find( ( one ) => texts[ one ] ) ?? 'any' );
	const [ toolbar, setToolbar ] = useState< HTMLElement | null >( null );
	const editor = useRef< EditorHandle | null >( null );
	const words = texts[ language ] ?? EMPTY;
	return (
		<fieldset className="uibs-part uibs-saved">
			<legend>{ __( 'Text', 'unified-inbox' ) }</legend>
			<Switch value={ language } texts={ texts } onChange={ setLanguage } />
			<div className="uibs-saved__editor" lang={ language === 'any' ? undefined : language }>
				<RichText
					key={ language }
					address={ boot.editorUrl }
					words={ words }
					onChange={ ( written ) => onChange( { ...texts, [ language ]: written } ) }
					/* translators: %s: name of a language, such as English, or "Any language". */
					label={ sprintf( __( 'Text: %s', 'unified-inbox' ), languageInWords( language ) ) }
					placeholder={ __( 'Write what you answer again and again', 'unified-inbox' ) }
					direction={ languageDirection( language ) ?? ( boot.isRtl ? 'rtl' : 'ltr' ) }
					toolbar={ toolbar }
					onReady={ ( handle ) => {
						editor.current = handle;
					} }
				/>
				<div className="uibs-saved__tools" ref={ setToolbar } />
			</div>
			{ error && (
				<span className="uibs-field__error" role="alert">
					{ error }
				</span>
			) }
			<Variables
				names={ known.variables }
				isOpen={ false }
				onChoose={ ( name ) => editor.current?.insert( { text: `{${ name }}` } ) }
			/>
			<Preview html={ htmlOf( words ) } language={ language } values={ known.values } />
		</fieldset>
	);
}
