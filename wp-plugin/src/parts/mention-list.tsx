import { __ } from '@wordpress/i18n';
import { Icon, people } from '@wordpress/icons';
import type { Mentionable } from '../api/saved-replies-api';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { Avatar } from './avatar';
import { useTriggerList, type TriggerList } from './use-trigger-list';

function Somebody( { kind, name }: Mentionable ) {
	return (
		<span className="uib-option__line">
			{ kind === 'team' ? <Icon icon={ people } size={ 20 } /> : <Avatar name={ name } size={ 20 } /> }
			<bdi>{ name }</bdi>
			{ kind === 'team' && <span className="uib-option__mark">{ __( 'Team', 'unified-inbox' ) }</span> }
		</span>
	);
}

/** Colleagues and teams who see the ticket, behind an @ in a note. */
export function useMentionList(): TriggerList {
	const { reply, replies } = useDesk();
	const number = useStore( reply.store, ( state ) => state.number );
	return useTriggerList< Mentionable >( {
		sign: '@',
		where: 'word',
		label: __( 'Colleagues to mention', 'unified-inbox' ),
		nothing: () => __( 'Nobody who sees this ticket has this name.', 'unified-inbox' ),
		search: async ( words ) => ( number === null ? [] : replies.mentionable( number, words ) ),
		keyOf: ( { kind, id } ) => `${ kind } ${ id }`,
		draw: ( one ) => <Somebody { ...one } />,
		onChoose: ( { kind, id, name }, { replace } ) => replace( { mention: { kind, id, name } } ),
	} );
}
