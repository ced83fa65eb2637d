import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Problem, toProblem } from '../../api/problem';
import type { Agent, Id } from '../../model';
import { useSettings } from '../context';
import type { Team } from '../model';
import { AskFirst } from '../parts/ask-first';
import { TextField } from '../parts/field';
import { Cancel, Form } from '../parts/form';
import { Back, Card, Page, Wait } from '../parts/page';
import { fieldProblem } from '../problem-words';
import { to } from '../route';
import { useLoaded, useWork } from '../use-loaded';
import { MemberList, type Places } from './member-list';
import { usesInWords } from './team-words';

/** What the address of a team that is not made yet says in place of an id. */
export const NEW = 'new';

const EMPTY: Team = { id: NEW, name: '', version: 0, members: [] };

const placesOf = ( { members }: Team ): Places => new Map( members.map( ( { agent_id: id, leads } ) => [ id, leads ] ) );

function RemoveTeam( { team }: { team: Team } ) {
	const { api, browser, notices } = useSettings();
	return (
		<AskFirst
			label={ __( 'Remove this team', 'unified-inbox' ) }
			confirm={ __( 'Remove this team now', 'unified-inbox' ) }
			question={ async () => usesInWords( await api.teamUses( team.id ) ) }
			run={ async () => {
				await api.removeTeam( team.id );
				notices.say( __( 'The team is removed.', 'unified-inbox' ) );
				browser.go( to.teams );
			} }
		/>
	);
}

function TeamEditor( { team, agents }: { team: Team; agents: readonly Agent[] } ) {
	const { api, browser, notices } = useSettings();
	const work = useWork();
	const [ known, setKnown ] = useState( team );
	const [ name, setName ] = useState( team.name );
	const [ places, setPlaces ] = useState( () => placesOf( team ) );
	const isNew = known.id === NEW;
	const show = ( other: Team ): void => {
		setKnown( other );
		setName( other.name );
		setPlaces( placesOf( other ) );
	};
	const save = async (): Promise< void > => {
		if ( ! name.trim() ) {
			throw new Problem( 'team_unnamed', 422, { field: 'name' } );
		}
		const members = [ ...places ].map( ( [ agent_id, leads ] ) => ( { agent_id, leads } ) );
		const draft = { name: name.trim(), members };
		try {
			await ( isNew ? api.addTeam( draft ) : api.changeTeam( known, draft ) );
		} catch ( thrown ) {
			const { team: newer } = toProblem( thrown ).details;
			// Somebody else was faster: saving over what nobody has seen would undo his work.
			if ( newer ) {
				show( newer as Team );
			}
			throw thrown;
		}
		notices.say( __( 'The team is saved.', 'unified-inbox' ) );
		browser.go( to.teams );
	};
	const nameProblem = fieldProblem( work.problem, 'name' );
	const memberProblem = fieldProblem( work.problem, 'members' );
	return (
		<>
			<Card>
				<Form
					work={ work }
					problem={ nameProblem || memberProblem ? null : work.problem }
					words={ __( 'Save the team', 'unified-inbox' ) }
					save={ save }
					beside={ <Cancel href={ to.teams } /> }
				>
					<TextField label={ __( 'Name', 'unified-inbox' ) } error={ nameProblem } maxLength={ 200 } value={ name } onChange={ setName } />
					<MemberList agents={ agents } places={ places } error={ memberProblem } onChange={ setPlaces } />
				</Form>
			</Card>
			{ ! isNew && <RemoveTeam team={ known } /> }
		</>
	);
}

/** One team, or the one that is to be: its name, its members, who leads, and its end. */
export function TeamPage( { id }: { id: Id } ) {
	const { api } = useSettings();
	const loaded = useLoaded( async () => {
		const [ teams, agents ] = await Promise.all( [ api.teams(), api.agents() ] );
		return { team: id === NEW ? EMPTY : teams.find( ( one ) => one.id === id ), agents };
	}, id );
	const name = loaded.value?.team?.name;
	return (
		<Page
			title={ id === NEW ? __( 'New team', 'unified-inbox' ) : name ? <bdi>{ name }</bdi> : __( 'Team', 'unified-inbox' ) }
			back={ <Back href={ to.teams }>{ __( 'Teams', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Wait loaded={ loaded }>
				{ ( { team, agents } ) =>
					team ? (
						<TeamEditor team={ team } agents={ agents } />
					) : (
						<p>{ __( 'This team is not here any more.', 'unified-inbox' ) }</p>
					)
				}
			</Wait>
		</Page>
	);
}
