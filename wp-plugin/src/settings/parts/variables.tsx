import { useId } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { variableInWords } from './variable-words';

/** What may be filled in, each with what it stands for; pressing one writes it into the text. */
export function Variables( { names, isOpen, onChoose }: { names: readonly string[]; isOpen: boolean; onChoose: ( name: string ) => void } ) {
	const id = useId();
	return (
		<details className="uibs-details uibs-variables" open={ isOpen }>
			<summary>{ __( 'What can be filled in for each mail', 'unified-inbox' ) }</summary>
			<ul>
				{ names.map( ( name ) => (
					<li key={ name }>
						<button type="button" aria-describedby={ id + name } onClick={ () => onChoose( name ) }>
							<bdi dir="ltr">{ `{${ name }}` }</bdi>
						</button>
						<span id={ id + name }>{ variableInWords( name ) }</span>
					</li>
				) ) }
			</ul>
		</details>
	);
}
