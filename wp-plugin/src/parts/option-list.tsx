import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import type { Options } from './use-options';

export const optionId = ( listId: string, place: number ): string => `${ listId }-${ place }`;

/** A list of which the field above keeps the focus (WAI-ARIA, pattern "combobox"). */
export function OptionList< T >( {
	id,
	label,
	options: { items, state, marked },
	nothing,
	keyOf,
	draw,
	onChoose,
}: {
	id: string;
	label: string;
	options: Options< T >;
	/** Said where nothing fits. */
	nothing: ReactNode;
	keyOf: ( item: T ) => string;
	draw: ( item: T ) => ReactNode;
	onChoose: ( item: T ) => void;
} ) {
	const list = useRef< HTMLUListElement >( null );
	useEffect( () => {
		list.current?.querySelector( '[aria-selected="true"]' )?.scrollIntoView?.( { block: 'nearest' } );
	}, [ marked, items ] );
	return (
		<>
			<ul
				ref={ list }
				id={ id }
				role="listbox"
				aria-label={ label }
				className="uib-options"
				hidden={ ! items.length }
				// The focus stays where it is: choosing, and scrolling before, is part of typing.
				onMouseDown={ ( event ) => event.preventDefault() }
			>
				{ items.map( ( item, place ) => (
					<li
						key={ keyOf( item ) }
						id={ optionId( id, place ) }
						role="option"
						aria-selected={ place === marked }
						// No stop of the Tab key, but part of a list that scrolls.
						tabIndex={ -1 }
						className="uib-option"
						onClick={ () => onChoose( item ) }
					>
						{ draw( item ) }
					</li>
				) ) }
			</ul>
			<div role="status">
				{ state === 'failed' && (
					<p className="uib-options__word">{ __( 'The inbox service does not answer. Type on: we ask again.', 'unified-inbox' ) }</p>
				) }
				{ state === 'found' && ! items.length && <p className="uib-options__word">{ nothing }</p> }
			</div>
		</>
	);
}
