import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Id, Inbox } from '../../model';
import { useSettings } from '../context';
import type { Team } from '../model';
import { Choices } from '../parts/field';
import { Cancel, Form } from '../parts/form';
import { Back, Card, Page, Wait } from '../parts/page';
import { to } from '../route';
import { useLoaded, useWork } from '../use-loaded';
import { mayInWords, rankInWords, RANKS } from './access-words';
import { InboxChoice } from './inbox-choice';
import type { Person, Rank, Reach, ReachChange } from './model';

/** What stands for "as his role in WordPress says", and for no access, among the ranks. */
type Choice = Exclude< Rank, '' > | 'role' | 'none';

const choiceOf = ( own: Rank | null ): Choice => ( own === null ? 'role' : own === '' ? 'none' : own );
const rankOf = ( choice: Choice ): Rank | null => ( choice === 'role' ? null : choice === 'none' ? '' : choice );

function placesFor( { roles, own, rank }: Person ) {
	const byRole = own === null && rank ? rankInWords( rank ) : mayInWords( '' );
	return [
		{
			value: 'role' as Choice,
			label: __( 'As the role in WordPress says', 'unified-inbox' ),
			hint: own === null ? [ ...new Set( [ ...roles, byRole ] ) ].join( ': ' ) : roles.join( ', ' ),
		},
		...RANKS.map( ( one ) => ( { value: one as Choice, label: rankInWords( one ), hint: mayInWords( one ) } ) ),
		{ value: 'none' as Choice, label: rankInWords( '' ), hint: mayInWords( '' ) },
	];
}

function TeamsOf( { agent, teams }: { agent: Id; teams: readonly Team[] } ) {
	const names = teams.filter( ( { members } ) => members.some( ( { agent_id: id } ) => id === agent ) );
	return (
		<p className="uibs-quiet">
			{ names.length
				? /* translators: %s: names of teams. */
				  sprintf( __( 'In the teams: %s. A team says who is meant; it opens no inbox.', 'unified-inbox' ), names.map( ( { name } ) => `\u2068${ name }\u2069` ).join( ', ' ) )
				: __( 'In no team.', 'unified-inbox' ) }{ ' ' }
			<a href={ to.teams }>{ __( 'Teams', 'unified-inbox' ) }</a>
		</p>
	);
}

interface Known {
	person: Person;
	reach: Reach | undefined;
	inboxes: Inbox[];
	teams: Team[];
}

function Editor( { known: { person, reach, inboxes, teams } }: { known: Known } ) {
	const { access, browser, notices } = useSettings();
	const work = useWork();
	const [ choice, setChoice ] = useState( choiceOf( person.own ) );
	const [ seen, setSeen ] = useState< ReachChange >( { sees_all: reach?.sees_all ?? true, inbox_ids: reach?.inbox_ids ?? [] } );
	const own = rankOf( choice );
	// Where the role decides and did not before, what it gives shows after saving.
	const rank = own ?? ( person.own === null ? person.rank : 'agent' );
	const save = async (): Promise< void > => {
		if ( own !== person.own ) {
			await access.place( person.id, own );
		}
		// Asked again: the service knows a new agent from this moment on.
		const now = rank && ( await access.reach() ).find( ( { wp_user_id: id } ) => id === person.id );
		if ( now ) {
			await access.changeReach( now.id, seen );
		}
		notices.say( __( 'Saved. It counts at once.', 'unified-inbox' ) );
		browser.go( to.access );
	};
	return (
		<Form work={ work } save={ save } beside={ <Cancel href={ to.access } /> }>
			<Card>
				<Choices legend={ __( 'What this person may do', 'unified-inbox' ) } value={ choice } options={ placesFor( person ) } onChange={ setChoice } />
			</Card>
			{ rank !== '' && (
				<Card>
					<InboxChoice isManager={ rank === 'manager' } inboxes={ inboxes } value={ seen } onChange={ setSeen } />
					{ reach && <TeamsOf agent={ reach.id } teams={ teams } /> }
				</Card>
			) }
		</Form>
	);
}

/** One person: the place in the inbox, and which inboxes are seen from it. */
export function PersonPage( { id }: { id: Id } ) {
	const { api, access } = useSettings();
	const loaded = useLoaded( async (): Promise< Known > => {
		const [ who, reaches, inboxes, teams ] = await Promise.all( [ access.access(), access.reach(), api.inboxes(), api.teams() ] );
		const person = who.people.find( ( one ) => String( one.id ) === id ) ?? ( await access.user( Number( id ) ) );
		return { person, reach: reaches.find( ( one ) => one.wp_user_id === person.id ), inboxes, teams };
	}, id );
	const name = loaded.value?.person.name;
	return (
		<Page
			title={ name ? <bdi>{ name }</bdi> : __( 'Person', 'unified-inbox' ) }
			back={ <Back href={ to.access }>{ __( 'People and roles', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Wait loaded={ loaded }>{ ( known ) => <Editor known={ known } /> }</Wait>
		</Page>
	);
}
