import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { toProblem } from '../../api/problem';
import type { Reach, SavedReply, Variables } from '../../api/saved-replies-api';
import type { Id } from '../../model';
import { useSettings } from '../context';
import type { Team } from '../model';
import { SelectField, TextField } from '../parts/field';
import { Cancel, Form } from '../parts/form';
import { Back, Card, Page, Wait } from '../parts/page';
import { fieldProblem } from '../problem-words';
import { to } from '../route';
import { useLoaded, useWork } from '../use-loaded';
import { TextEditor } from './text-editor';
import { keptOf, textsOf, type Texts } from './texts';

/** What the address of one that is not kept yet says in place of an id. */
export const NEW = 'new';

interface Before {
	reply: SavedReply | null;
	teams: Team[];
	known: Variables;
}

/** Whom a saved reply may be for; a team by its own id. */
function reaches( teams: readonly Team[] ): { value: string; label: string }[] {
	return [
		{ value: 'mine', label: __( 'Only for me', 'unified-inbox' ) },
		{ value: 'everybody', label: __( 'For everybody', 'unified-inbox' ) },
		...teams.map( ( { id, name } ) => ( { value: id, label: name } ) ),
	];
}

function ReachField( { value, teams, error, onChange }: { value: string; teams: readonly Team[]; error: string | null; onChange: ( value: string ) => void } ) {
	return (
		<SelectField
			label={ __( 'Who finds it', 'unified-inbox' ) }
			hint={ __( 'Everybody, one of the teams, or you alone.', 'unified-inbox' ) }
			error={ error }
			value={ value }
			options={ reaches( teams ) }
			onChange={ onChange }
		/>
	);
}

function SavedReplyForm( { reply: before, teams, known }: Before ) {
	const { replies, boot, browser, notices } = useSettings();
	const work = useWork();
	const [ kept, setKept ] = useState( before );
	const [ name, setName ] = useState( before?.name ?? '' );
	const [ shortcut, setShortcut ] = useState( before?.shortcut ?? '' );
	const [ whose, setWhose ] = useState( before?.team_id ?? before?.reach ?? 'mine' );
	const [ texts, setTexts ] = useState< Texts >( () => ( before ? textsOf( before ) : {} ) );
	const save = async (): Promise< void > => {
		const isTeam = whose !== 'mine' && whose !== 'everybody';
		const reach = isTeam ? { reach: 'team' as const, team_id: whose } : { reach: whose as Reach, team_id: null };
		const wording = { name: name.trim(), shortcut: shortcut.trim(), texts: keptOf( texts ), ...reach };
		try {
			await ( kept ? replies.change( kept, wording ) : replies.add( wording ) );
		} catch ( thrown ) {
			const { saved_reply: newer } = toProblem( thrown ).details;
			// Somebody else was faster: his words are shown, and saved over only by who has seen them.
			if ( newer ) {
				const other = newer as SavedReply;
				setKept( other );
				setName( other.name );
				setShortcut( other.shortcut );
				setTexts( textsOf( other ) );
			}
			throw thrown;
		}
		notices.say( __( 'The saved reply is kept.', 'unified-inbox' ) );
		browser.go( to.savedReplies );
	};
	const wrong = ( field: string ): string | null => fieldProblem( work.problem, field );
	const isAtField = [ 'name', 'shortcut', 'texts', 'team_id' ].some( ( field ) => wrong( field ) );
	return (
		<Card>
			<Form
				work={ work }
				problem={ isAtField ? null : work.problem }
				words={ __( 'Save the reply', 'unified-inbox' ) }
				save={ save }
				beside={ <Cancel href={ to.savedReplies } /> }
			>
				<TextField label={ __( 'Name', 'unified-inbox' ) } error={ wrong( 'name' ) } maxLength={ 200 } value={ name } onChange={ setName } />
				<TextField
					label={ __( 'Shortcut', 'unified-inbox' ) }
					hint={ __( 'One word that finds it first: type / and this word in an answer.', 'unified-inbox' ) }
					error={ wrong( 'shortcut' ) }
					maxLength={ 40 }
					value={ shortcut }
					onChange={ setShortcut }
				/>
				{ boot.canRoute && <ReachField value={ whose } teams={ teams } error={ wrong( 'team_id' ) } onChange={ setWhose } /> }
				<TextEditor key={ kept?.version ?? 0 } texts={ texts } known={ known } error={ wrong( 'texts' ) } onChange={ setTexts } />
			</Form>
		</Card>
	);
}

/** One saved reply, or the one that is to be. */
export function SavedReplyPage( { id }: { id: Id } ) {
	const { api, replies } = useSettings();
	const loaded = useLoaded( async (): Promise< Before > => {
		const [ reply, teams, known ] = await Promise.all( [ id === NEW ? null : replies.one( id ), api.teams(), replies.variables() ] );
		return { reply, teams, known };
	}, id );
	const name = loaded.value?.reply?.name;
	return (
		<Page
			title={ name ? <bdi>{ name }</bdi> : id === NEW ? __( 'New saved reply', 'unified-inbox' ) : __( 'Saved reply', 'unified-inbox' ) }
			back={ <Back href={ to.savedReplies }>{ __( 'Saved replies', 'unified-inbox' ) }</Back> }
			isNarrow
		>
			<Wait loaded={ loaded }>{ ( before ) => <SavedReplyForm { ...before } /> }</Wait>
		</Page>
	);
}
