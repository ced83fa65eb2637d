import { __, sprintf } from '@wordpress/i18n';
import { Field } from '../parts/field';

/** The number that was typed; null for what is none, or none between these. */
export function wholeNumber( typed: string, least: number, most: number ): number | null {
	const value = /^\d{1,6}$/.test( typed.trim() ) ? Number( typed ) : NaN;
	return value >= least && value <= most ? value : null;
}

/** A field for a number between two others; what is wrong stands below it. */
export function NumberField( {
	label,
	hint,
	value,
	least,
	most,
	placeholder,
	isWrong,
	onChange,
}: {
	label: string;
	hint: string;
	value: string;
	least: number;
	most: number;
	placeholder?: string;
	isWrong: boolean;
	onChange: ( typed: string ) => void;
} ) {
	const error = isWrong
		? /* translators: 1: the smallest number allowed, 2: the largest. */
		  sprintf( __( 'Enter a whole number from %1$d to %2$d.', 'unified-inbox' ), least, most )
		: null;
	return (
		<Field label={ label } hint={ hint } error={ error }>
			{ ( wiring ) => (
				<input
					{ ...wiring }
					type="text"
					inputMode="numeric"
					className="uibs-number"
					autoComplete="off"
					placeholder={ placeholder }
					value={ value }
					onChange={ ( event ) => onChange( event.target.value ) }
				/>
			) }
		</Field>
	);
}
