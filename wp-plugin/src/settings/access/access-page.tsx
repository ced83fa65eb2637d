import { __, sprintf } from '@wordpress/i18n';
import type { Inbox } from '../../model';
import { Avatar } from '../../parts/avatar';
import { useSettings } from '../context';
import { ListedCard, OpenButton } from '../parts/listed';
import { Card, Page, Wait } from '../parts/page';
import { to } from '../route';
import { useLoaded } from '../use-loaded';
import { elsewhereInWords, mayInWords, originInWords, rankInWords, RANKS, seenBy } from './access-words';
import { FindPerson } from './find-person';
import type { Person, Reach } from './model';
import { RoleTable } from './role-table';

/** What somebody sees, as chips. */
function Seen( { reach, inboxes }: { reach: Reach; inboxes: readonly Inbox[] } ) {
	const seen = seenBy( reach, inboxes );
	const names = seen === null ? [ __( 'All inboxes', 'unified-inbox' ) ] : seen.map( ( { name } ) => name );
	return (
		<ul className="uibs-chips" aria-label={ __( 'Inboxes', 'unified-inbox' ) }>
			{ names.map( ( name, place ) => (
				<li key={ place } className="uibs-chip">
					<bdi>{ name }</bdi>
				</li>
			) ) }
			{ names.length === 0 && <li className="uibs-chip">{ __( 'No inbox yet', 'unified-inbox' ) }</li> }
		</ul>
	);
}

function PersonCard( { person, reach, inboxes }: { person: Person; reach: Reach | undefined; inboxes: readonly Inbox[] } ) {
	const origin = originInWords( person );
	return (
		<ListedCard
			title={
				<span className="uibs-who">
					<Avatar name={ person.name } size={ 32 } />
					<a href={ to.person( person.id ) } dir="auto">
						{ person.name }
					</a>
				</span>
			}
			acts={
				<OpenButton
					href={ to.person( person.id ) }
					/* translators: %s: name of a person. */
					label={ sprintf( __( 'Change %s', 'unified-inbox' ), person.name ) }
				>
					{ __( 'Change', 'unified-inbox' ) }
				</OpenButton>
			}
		>
			<p>
				{ rankInWords( person.rank ) } { origin && <span className="uibs-quiet">({ origin })</span> }
			</p>
			{ person.rank && reach && <Seen reach={ reach } inboxes={ inboxes } /> }
			{ reach && reach.open_elsewhere > 0 && <p className="uibs-trouble">{ elsewhereInWords( reach ) }</p> }
		</ListedCard>
	);
}

function Meanings() {
	return (
		<Card title={ __( 'What each may do', 'unified-inbox' ) }>
			<dl className="uibs-meanings">
				{ RANKS.map( ( rank ) => (
					<div key={ rank }>
						<dt>{ rankInWords( rank ) }</dt>
						<dd>{ mayInWords( rank ) }</dd>
					</div>
				) ) }
			</dl>
		</Card>
	);
}

/** Everybody who may work here, and which roles of WordPress let people in. */
export function AccessPage() {
	const { api, access } = useSettings();
	const loaded = useLoaded( async () => {
		const [ who, reaches, inboxes ] = await Promise.all( [ access.access(), access.reach(), api.inboxes() ] );
		return { who, reaches, inboxes };
	} );
	return (
		<Page
			title={ __( 'People and roles', 'unified-inbox' ) }
			lead={ __( 'Who works in the inbox, what each may do there, and which inboxes each sees. A change counts at once, also on screens that are open.', 'unified-inbox' ) }
		>
			<Wait loaded={ loaded }>
				{ ( { who, reaches, inboxes } ) => (
					<>
						<ul className="uibs-mailboxes">
							{ who.people.map( ( person ) => (
								<PersonCard
									key={ person.id }
									person={ person }
									reach={ reaches.find( ( { wp_user_id: id } ) => id === person.id ) }
									inboxes={ inboxes }
								/>
							) ) }
						</ul>
						{ who.may_find && <FindPerson /> }
						<RoleTable roles={ who.roles } onSaved={ loaded.reload } />
						<Meanings />
					</>
				) }
			</Wait>
		</Page>
	);
}
