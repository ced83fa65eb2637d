import { useState } from '@wordpress/element';
import type { ReactNode } from 'react';
import { TextField } from './field';

/** The parts of a text between commas of any script. */
export function parts( text: string ): string[] {
	return text.split( /[,،]/ ).map( ( part ) => part.trim() ).filter( Boolean );
}

/** Several words in one field, with commas between them; what is being typed stays as it is. */
export function ListedField( { value, onChange, ...labelled }: { label: string; hint: ReactNode; error?: string | null; value: readonly string[]; onChange: ( value: string[] ) => void } ) {
	const [ text, setText ] = useState( value.join( ', ' ) );
	return (
		<TextField
			{ ...labelled }
			value={ text }
			onChange={ ( typed ) => {
				setText( typed );
				onChange( parts( typed ) );
			} }
		/>
	);
}
