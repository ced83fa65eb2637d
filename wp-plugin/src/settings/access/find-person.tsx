import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useSettings } from '../context';
import { TextField } from '../parts/field';
import { Form } from '../parts/form';
import { OpenButton } from '../parts/listed';
import { Card } from '../parts/page';
import { to } from '../route';
import { useWork } from '../use-loaded';
import type { Person } from './model';

function Found( { people }: { people: readonly Person[] } ) {
	if ( people.length === 0 ) {
		return <p className="uibs-quiet">{ __( 'Nobody on this site is called that. New users are made in WordPress, under Users.', 'unified-inbox' ) }</p>;
	}
	return (
		<ul className="uibs-members">
			{ people.map( ( { id, name } ) => (
				<li className="uibs-members__row" key={ id }>
					<bdi>{ name }</bdi>
					<OpenButton
						href={ to.person( id ) }
						/* translators: %s: name of a person. */
						label={ sprintf( __( 'Choose a role for %s', 'unified-inbox' ), name ) }
					>
						{ __( 'Choose a role', 'unified-inbox' ) }
					</OpenButton>
				</li>
			) ) }
		</ul>
	);
}

/** Looks for a user of WordPress, to give him a place here whatever his role. */
export function FindPerson() {
	const { access } = useSettings();
	const work = useWork();
	const [ words, setWords ] = useState( '' );
	const [ people, setPeople ] = useState< Person[] | null >( null );
	return (
		<Card title={ __( 'Let somebody else in', 'unified-inbox' ) }>
			<Form
				work={ work }
				words={ __( 'Find', 'unified-inbox' ) }
				isRight={ () => words.trim() !== '' }
				save={ async () => setPeople( await access.find( words.trim() ) ) }
			>
				<TextField
					label={ __( 'Name or e-mail address', 'unified-inbox' ) }
					hint={ __( 'Of somebody who has an account on this site.', 'unified-inbox' ) }
					value={ words }
					onChange={ setWords }
				/>
			</Form>
			<div role="status">{ people && <Found people={ people } /> }</div>
		</Card>
	);
}
