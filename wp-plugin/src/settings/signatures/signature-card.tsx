import { useId, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { Id, Signature } from '../../model';
import { filledSignature } from '../../text/signature';
import { useSettings } from '../context';
import { Field } from '../parts/field';
import { FormCard } from '../parts/form';
import { sampleValues } from '../parts/variable-words';
import { Variables } from '../parts/variables';

function Preview( { text }: { text: string } ) {
	const id = useId();
	return (
		<figure className="uibs-signature__preview" aria-labelledby={ id }>
			<figcaption id={ id }>{ __( 'This is how it looks', 'unified-inbox' ) }</figcaption>
			{ text ? <div dir="auto">{ text }</div> : <div className="uibs-quiet">{ __( 'Nothing stands below the mail.', 'unified-inbox' ) }</div> }
		</figure>
	);
}

/** One signature, saved by itself; `inbox` null is the reader's own. */
export function SignatureCard( { inbox, title, hint, before }: { inbox: Id | null; title: string; hint: string; before: Signature } ) {
	const { api } = useSettings();
	const [ text, setText ] = useState( before.text );
	const field = useRef< HTMLTextAreaElement >( null );
	const insert = ( name: string ): void => {
		const { selectionStart: start, selectionEnd: end } = field.current ?? { selectionStart: text.length, selectionEnd: text.length };
		setText( `${ text.slice( 0, start ) }{${ name }}${ text.slice( end ) }` );
		field.current?.focus();
	};
	const save = async (): Promise< void > => setText( ( await api.saveSignature( inbox, text ) ).text );
	return (
		<FormCard title={ title } save={ save } saved={ __( 'The signature is saved.', 'unified-inbox' ) }>
			<Field label={ __( 'Text', 'unified-inbox' ) } hint={ hint }>
				{ ( wiring ) => (
					<textarea
						{ ...wiring }
						ref={ field }
						rows={ 4 }
						dir="auto"
						maxLength={ 5000 }
						value={ text }
						onChange={ ( event ) => setText( event.target.value ) }
					/>
				) }
			</Field>
			<Variables names={ before.variables } isOpen={ inbox === null } onChoose={ insert } />
			<Preview text={ filledSignature( text, { ...sampleValues(), ...before.values } ) } />
		</FormCard>
	);
}
