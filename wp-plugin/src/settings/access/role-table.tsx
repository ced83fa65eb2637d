import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useSettings } from '../context';
import { FormCard } from '../parts/form';
import { rankInWords, RANKS } from './access-words';
import type { Rank, WordPressRole } from './model';

function Row( { role, rank, onChange }: { role: WordPressRole; rank: Rank; onChange: ( rank: Rank ) => void } ) {
	return (
		<tr>
			<th scope="row" dir="auto">
				{ role.label }
			</th>
			<td>
				<select
					/* translators: %s: name of a role in WordPress. */
					aria-label={ sprintf( __( 'Place of the role %s in the inbox', 'unified-inbox' ), role.label ) }
					value={ rank }
					onChange={ ( event ) => onChange( event.target.value as Rank ) }
				>
					{ [ '' as Rank, ...[ ...RANKS ].reverse() ].map( ( one ) => (
						<option key={ one } value={ one }>
							{ rankInWords( one ) }
						</option>
					) ) }
				</select>
			</td>
		</tr>
	);
}

/** Which place each role of WordPress gives to everybody who has it. */
export function RoleTable( { roles, onSaved }: { roles: readonly WordPressRole[]; onSaved: () => Promise< void > } ) {
	const { access } = useSettings();
	const [ chosen, setChosen ] = useState< Record< string, Rank > >( {} );
	const save = async (): Promise< void > => {
		await access.mapRoles( chosen );
		setChosen( {} );
		await onSaved();
	};
	return (
		<FormCard
			title={ __( 'Roles in WordPress', 'unified-inbox' ) }
			lead={
				<p className="uibs-quiet">
					{ __( 'Everybody who has a role in WordPress gets the place beside it, unless one was chosen for that person alone.', 'unified-inbox' ) }
				</p>
			}
			words={ __( 'Save the roles', 'unified-inbox' ) }
			save={ save }
		>
			<table className="uibs-table uibs-roles">
				<thead>
					<tr>
						<th scope="col">{ __( 'Role in WordPress', 'unified-inbox' ) }</th>
						<th scope="col">{ __( 'In the inbox', 'unified-inbox' ) }</th>
					</tr>
				</thead>
				<tbody>
					{ roles.map( ( role ) => (
						<Row
							key={ role.name }
							role={ role }
							rank={ chosen[ role.name ] ?? role.rank }
							onChange={ ( rank ) => setChosen( { ...chosen, [ role.name ]: rank } ) }
						/>
					) ) }
				</tbody>
			</table>
		</FormCard>
	);
}
