import { Button } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { closeSmall, Icon } from '@wordpress/icons';
import { asked, FILTER_NAMES, narrowed, type Filter, type FilterName } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { filterLabel, valueInWords } from '../text/filter-words';
import { SaveView } from './save-view';

/** A customer's name, of a row that is here or else from the service; the id until it is known. */
function useCustomerName( id: string ): string {
	const { list, customers } = useDesk();
	const here = useStore( list.store, ( { rows } ) => rows.find( ( { customer } ) => customer.id === id )?.customer );
	const [ name, setName ] = useState( '' );
	const known = here?.name || here?.email;
	useEffect( () => {
		if ( ! known ) {
			customers.name( id ).then( setName, () => undefined );
		}
	}, [ customers, id, known ] );
	return known || name || id;
}

function CustomerValue( { id }: { id: string } ) {
	return <bdi>{ useCustomerName( id ) }</bdi>;
}

function Chip( { name, value, onRemove }: { name: FilterName; value: string; onRemove: () => void } ) {
	const { session } = useDesk();
	const known = useStore( session.store, ( state ) => state );
	const label = filterLabel( name );
	return (
		<li className="uib-filters__chip">
			<span>
				{ label }: { name === 'customer' ? <CustomerValue id={ value } /> : <bdi>{ valueInWords( name, value, known ) }</bdi> }
			</span>
			<button
				type="button"
				className="uib-filters__remove"
				/* translators: %s: what the list is narrowed by, like Priority. */
				aria-label={ sprintf( __( 'Remove the filter %s', 'unified-inbox' ), label ) }
				onClick={ onRemove }
			>
				<Icon icon={ closeSmall } size={ 20 } />
			</button>
		</li>
	);
}

/** What the list is narrowed by, each to be taken away, and how to keep it. */
export function FilterBar() {
	const desk = useDesk();
	const where = useStore( desk.list.store, ( state ) => state.where );
	if ( ! where || ! ( where.filter || where.saved ) ) {
		return null;
	}
	// Of a view of everybody's the name says the rest.
	const said: Filter = where.saved ? asked( where ) : where.filter ?? {};
	const shown = FILTER_NAMES.flatMap( ( name ) => ( said[ name ] ? [ { name, value: said[ name ] } ] : [] ) );
	const narrow = ( name: FilterName ): void => desk.go( { filter: narrowed( where, { [ name ]: '' } ) } );
	return (
		<div className="uib-filters" role="group" aria-label={ __( 'Filters', 'unified-inbox' ) }>
			<ul className="uib-filters__chips">
				{ shown.map( ( { name, value } ) => (
					<Chip key={ name } name={ name } value={ value } onRemove={ () => narrow( name ) } />
				) ) }
			</ul>
			{ where.filter && (
				<div className="uib-filters__acts">
					{ desk.boot.canReply && <SaveView where={ where } /> }
					<Button size="compact" variant="tertiary" onClick={ () => desk.go( { filter: undefined } ) }>
						{ where.saved ? __( 'Undo the changes', 'unified-inbox' ) : __( 'Remove all filters', 'unified-inbox' ) }
					</Button>
				</div>
			) }
		</div>
	);
}
