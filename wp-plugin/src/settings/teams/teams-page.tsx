import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { people } from '@wordpress/icons';
import { Avatar } from '../../parts/avatar';
import { Empty } from '../../parts/empty';
import { useSettings } from '../context';
import type { Team, TeamMember } from '../model';
import { ListedCard, OpenButton } from '../parts/listed';
import { Card, Page, Wait } from '../parts/page';
import { to } from '../route';
import { useLoaded } from '../use-loaded';

function Add() {
	return (
		<Button variant="primary" href={ to.newTeam } __next40pxDefaultSize>
			{ __( 'Add a team', 'unified-inbox' ) }
		</Button>
	);
}

function Member( { member: { name, leads } }: { member: TeamMember } ) {
	const isolated = `\u2068${ name }\u2069`;
	return (
		<li className="uibs-chip uibs-person" data-leads={ leads ? '' : undefined }>
			<Avatar name={ name } size={ 20 } />
			<span>
				{ leads
					? /* translators: %s: name of an agent. */ sprintf( __( '%s, leads', 'unified-inbox' ), isolated )
					: isolated }
			</span>
		</li>
	);
}

function TeamCard( { team: { id, name, members } }: { team: Team } ) {
	return (
		<ListedCard
			title={
				<a href={ to.team( id ) } dir="auto">
					{ name }
				</a>
			}
			acts={
				<OpenButton
					href={ to.team( id ) }
					/* translators: %s: name of a team. */
					label={ sprintf( __( 'Edit %s', 'unified-inbox' ), name ) }
				>
					{ __( 'Edit', 'unified-inbox' ) }
				</OpenButton>
			}
		>
			{ members.length ? (
				<ul className="uibs-chips" aria-label={ __( 'Members', 'unified-inbox' ) }>
					{ members.map( ( member ) => (
						<Member key={ member.agent_id } member={ member } />
					) ) }
				</ul>
			) : (
				<p className="uibs-quiet">{ __( 'Nobody is in this team yet.', 'unified-inbox' ) }</p>
			) }
		</ListedCard>
	);
}

function NoTeam() {
	return (
		<Card>
			<Empty icon={ people } title={ __( 'Everybody works together so far', 'unified-inbox' ) } action={ <Add /> }>
				{ __( 'Make a team for each speciality, such as accounting or repairs. Then a ticket, or a rule of the routing, can name those who know best.', 'unified-inbox' ) }
			</Empty>
		</Card>
	);
}

/** Every team with who is in it. */
export function TeamsPage() {
	const { api } = useSettings();
	const loaded = useLoaded( api.teams );
	return (
		<Page
			title={ __( 'Teams', 'unified-inbox' ) }
			lead={ __( 'A team says who is meant, not who may look: what people see depends on their inboxes.', 'unified-inbox' ) }
			action={ loaded.value && loaded.value.length > 0 && <Add /> }
		>
			<Wait loaded={ loaded }>
				{ ( teams ) =>
					teams.length ? (
						<ul className="uibs-mailboxes">
							{ teams.map( ( team ) => (
								<TeamCard key={ team.id } team={ team } />
							) ) }
						</ul>
					) : (
						<NoTeam />
					)
				}
			</Wait>
		</Page>
	);
}
