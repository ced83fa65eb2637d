import { Button, Dropdown } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { funnel } from '@wordpress/icons';
import type { Person } from '../model';
import { asked, narrowed, VIEWS, type Filter, type FilterName, type Where } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { filterLabel, optionsOf } from '../text/filter-words';

/** What stands in the menu, in the order of use. */
const OFFERED: readonly FilterName[] = [
	'status',
	'inbox',
	'assignee',
	'team',
	'tag',
	'priority',
	'waiting_hours',
	'active_after',
	'active_before',
	'has_attachments',
	'unread',
];

/** What a view of everybody's says by its name is not asked again. */
function offeredIn( { view, inbox, team }: Where ): readonly FilterName[] {
	const said = VIEWS[ view ].query;
	return OFFERED.filter( ( name ) => ! ( name in said ) && ! ( name === 'inbox' && inbox ) && ! ( name === 'team' && team ) );
}

function Choose( { name, value, onChange }: { name: FilterName; value: string; onChange: ( value: string ) => void } ) {
	const { session } = useDesk();
	const known = useStore( session.store, ( state ) => state );
	const id = useId();
	const options = optionsOf( name, known );
	if ( ! options.length ) {
		return null;
	}
	// One that came by an address stays, though it is not offered.
	const other = value && ! options.some( ( [ one ] ) => one === value ) ? [ [ value, value ] as const ] : [];
	return (
		<div className="uib-filter__field">
			<label htmlFor={ id }>{ filterLabel( name ) }</label>
			<select id={ id } value={ value } onChange={ ( event ) => onChange( event.target.value ) }>
				<option value="">{ __( 'Any', 'unified-inbox' ) }</option>
				{ [ ...options, ...other ].map( ( [ one, label ] ) => (
					<option key={ one } value={ one }>
						{ label }
					</option>
				) ) }
			</select>
		</div>
	);
}

/** A customer is found by a part of the name or address. */
function ChooseCustomer( { onChoose }: { onChoose: ( id: string ) => void } ) {
	const { customers } = useDesk();
	const id = useId();
	const [ found, setFound ] = useState< Person[] >( [] );
	const look = async ( words: string ): Promise< void > => {
		setFound( words.trim().length < 2 ? [] : await customers.find( words.trim() ).catch( () => [] ) );
	};
	return (
		<div className="uib-filter__field">
			<label htmlFor={ id }>{ filterLabel( 'customer' ) }</label>
			<input
				type="text"
				id={ id }
				dir="auto"
				maxLength={ 100 }
				autoComplete="off"
				onChange={ ( event ) => void look( event.target.value ) }
			/>
			<div className="uib-filter__found" role="status">
				{ found.slice( 0, 5 ).map( ( { id: one, name } ) => (
					<button key={ one } type="button" className="uib-tag uib-tag--button" dir="auto" onClick={ () => onChoose( one ) }>
						{ name || one }
					</button>
				) ) }
			</div>
		</div>
	);
}

/** Narrows the list at once with every choice; nothing has to be saved for it. */
export function FilterMenu() {
	const desk = useDesk();
	const where = useStore( desk.list.store, ( state ) => state.where );
	if ( ! where ) {
		return null;
	}
	const all = asked( where );
	const narrow = ( changes: Filter ): void => desk.go( { filter: narrowed( where, changes ) } );
	return (
		<Dropdown
			contentClassName="uib-filter__content"
			popoverProps={ { placement: 'bottom-end' } }
			renderToggle={ ( { isOpen, onToggle } ) => (
				<Button
					size="compact"
					icon={ funnel }
					label={ __( 'Filter the list', 'unified-inbox' ) }
					aria-expanded={ isOpen }
					isPressed={ Object.keys( where.filter ?? {} ).some( ( name ) => name !== 'order' ) }
					onClick={ onToggle }
				/>
			) }
			renderContent={ () => (
				<div className="uib-filter">
					{ offeredIn( where ).map( ( name ) => (
						<Choose key={ name } name={ name } value={ all[ name ] ?? '' } onChange={ ( value ) => narrow( { [ name ]: value } ) } />
					) ) }
					<ChooseCustomer onChoose={ ( customer ) => narrow( { customer } ) } />
				</div>
			) }
		/>
	);
}
