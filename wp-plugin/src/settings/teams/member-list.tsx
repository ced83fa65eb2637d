import { __, sprintf } from '@wordpress/i18n';
import type { Agent, Id } from '../../model';
import { CheckBox } from '../parts/field';
import { canLead, roleInWords } from './team-words';

/** Who is in the team, and of those whether he leads it. */
export type Places = ReadonlyMap< Id, boolean >;

function without( places: Places, id: Id ): Places {
	return new Map( [ ...places ].filter( ( [ one ] ) => one !== id ) );
}

function Row( { agent, places, onChange }: { agent: Agent; places: Places; onChange: ( places: Places ) => void } ) {
	const isMember = places.has( agent.id );
	return (
		<li className="uibs-members__row">
			<CheckBox
				label={ <bdi>{ agent.name }</bdi> }
				hint={ roleInWords( agent ) }
				isChecked={ isMember }
				onChange={ ( joins ) => onChange( joins ? new Map( places ).set( agent.id, false ) : without( places, agent.id ) ) }
			/>
			{ isMember && canLead( agent ) && (
				<CheckBox
					label={
						<>
							<span aria-hidden="true">{ __( 'Leads', 'unified-inbox' ) }</span>
							<span className="screen-reader-text">
								{ /* translators: %s: name of an agent. */ sprintf( __( '%s leads the team', 'unified-inbox' ), agent.name ) }
							</span>
						</>
					}
					isChecked={ places.get( agent.id ) === true }
					onChange={ ( leads ) => onChange( new Map( places ).set( agent.id, leads ) ) }
				/>
			) }
		</li>
	);
}

/** Every agent with a box to tick; who can lead has a second one while he is in. */
export function MemberList( { agents, places, error, onChange }: { agents: readonly Agent[]; places: Places; error: string | null; onChange: ( places: Places ) => void } ) {
	return (
		<fieldset className="uibs-part">
			<legend>{ __( 'Members', 'unified-inbox' ) }</legend>
			<ul className="uibs-members">
				{ agents.map( ( agent ) => (
					<Row key={ agent.id } agent={ agent } places={ places } onChange={ onChange } />
				) ) }
			</ul>
			{ error && (
				<span className="uibs-field__error" role="alert">
					{ error }
				</span>
			) }
			<p className="uibs-quiet">
				{ __( 'Team leads and managers can lead. A role is changed under People and roles.', 'unified-inbox' ) }
			</p>
		</fieldset>
	);
}
