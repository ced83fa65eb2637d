import { useId } from '@wordpress/element';
import type { ReactNode } from 'react';

interface Labelled {
	label: ReactNode;
	hint?: ReactNode;
	error?: string | null;
}

interface Wiring {
	id: string;
	'aria-describedby': string | undefined;
	'aria-invalid': true | undefined;
}

/** Label above, hint and error below, wired up for listeners. */
export function Field( { label, hint, error, children }: Labelled & { children: ( wiring: Wiring ) => ReactNode } ) {
	const id = useId();
	const described = [ error && `${ id }-error`, hint && `${ id }-hint` ].filter( Boolean ).join( ' ' );
	const wiring: Wiring = {
		id,
		'aria-describedby': described || undefined,
		'aria-invalid': error ? true : undefined,
	};
	return (
		<div className="uibs-field">
			<label htmlFor={ id }>{ label }</label>
			{ children( wiring ) }
			{ error && (
				<span className="uibs-field__error" id={ `${ id }-error` }>
					{ error }
				</span>
			) }
			{ hint && (
				<span className="uibs-field__hint" id={ `${ id }-hint` }>
					{ hint }
				</span>
			) }
		</div>
	);
}

export function TextField( {
	value,
	onChange,
	type = 'text',
	isCode = false,
	dir,
	lang,
	placeholder,
	maxLength,
	...labelled
}: Labelled & {
	value: string;
	onChange: ( value: string ) => void;
	type?: 'text' | 'email' | 'password';
	/** An identifier or address: left to right, never corrected. */
	isCode?: boolean;
	dir?: 'ltr' | 'rtl' | 'auto';
	lang?: string;
	placeholder?: string;
	maxLength?: number;
} ) {
	return (
		<Field { ...labelled }>
			{ ( wiring ) => (
				<input
					{ ...wiring }
					type={ type }
					value={ value }
					className={ isCode ? 'is-code' : undefined }
					dir={ dir ?? ( isCode ? 'ltr' : 'auto' ) }
					lang={ lang }
					placeholder={ placeholder }
					maxLength={ maxLength }
					autoComplete="off"
					spellCheck={ isCode ? false : undefined }
					onChange={ ( event ) => onChange( event.target.value ) }
				/>
			) }
		</Field>
	);
}

export interface Option {
	value: string;
	label: string;
}

export function SelectField( {
	value,
	onChange,
	options,
	...labelled
}: Labelled & { value: string; onChange: ( value: string ) => void; options: readonly Option[] } ) {
	return (
		<Field { ...labelled }>
			{ ( wiring ) => (
				<select { ...wiring } value={ value } onChange={ ( event ) => onChange( event.target.value ) }>
					{ options.map( ( option ) => (
						<option key={ option.value } value={ option.value }>
							{ option.label }
						</option>
					) ) }
				</select>
			) }
		</Field>
	);
}

export function CheckBox( {
	label,
	hint,
	isChecked,
	isDisabled = false,
	onChange,
}: {
	label: ReactNode;
	hint?: ReactNode;
	isChecked: boolean;
	isDisabled?: boolean;
	onChange: ( isChecked: boolean ) => void;
} ) {
	return (
		<label className="uibs-check">
			<input
				type="checkbox"
				checked={ isChecked }
				disabled={ isDisabled }
				onChange={ ( event ) => onChange( event.target.checked ) }
			/>
			<span>
				{ label }
				{ hint && <span className="uibs-field__hint">{ hint }</span> }
			</span>
		</label>
	);
}

/** One of a few, each with a line that says what it means. */
export function Choices< T extends string >( {
	legend,
	value,
	options,
	onChange,
}: {
	legend: ReactNode;
	value: T | null;
	options: readonly { value: T; label: ReactNode; hint?: ReactNode }[];
	onChange: ( value: T ) => void;
} ) {
	const name = useId();
	return (
		<fieldset className="uibs-choices">
			<legend>{ legend }</legend>
			{ options.map( ( option ) => (
				<label className="uibs-check" key={ option.value }>
					<input
						type="radio"
						name={ name }
						checked={ option.value === value }
						onChange={ () => onChange( option.value ) }
					/>
					<span>
						{ option.label }
						{ option.hint && <span className="uibs-field__hint">{ option.hint }</span> }
					</span>
				</label>
			) ) }
		</fieldset>
	);
}
