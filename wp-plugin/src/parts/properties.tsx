import { __ } from '@wordpress/i18n';
import type { Id, Priority, Status, Ticket } from '../model';
import { statusLabel, VIEWS } from '../places';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { Avatar } from './avatar';
import { ChoiceMenu } from './choice-menu';
import { TagsMenu } from './tags-menu';

const STATUSES: Status[] = [ 'open', 'pending', 'solved' ];

const PRIORITIES: Record< Priority, () => string > = {
	low: () => __( 'Low priority', 'unified-inbox' ),
	normal: () => __( 'Normal priority', 'unified-inbox' ),
	high: () => __( 'High priority', 'unified-inbox' ),
	urgent: () => __( 'Urgent priority', 'unified-inbox' ),
};

function StatusMark( { status }: { status: Status } ) {
	return <span className="uib-status" data-status={ status } aria-hidden="true" />;
}

function StatusMenu( { ticket }: { ticket: Ticket } ) {
	const { change, finish, boot } = useDesk();
	const choose = ( status: Status ): void => {
		if ( status === 'solved' ) {
			void finish( ticket, { status }, __( 'Solved.', 'unified-inbox' ) );
		} else {
			void change( ticket, { status } );
		}
	};
	if ( ticket.place !== 'inbox' ) {
		// "Open" would say that somebody still has to answer it.
		return <span className="uib-property">{ VIEWS[ ticket.place ].label() }</span>;
	}
	return (
		<ChoiceMenu
			label={ __( 'Status', 'unified-inbox' ) }
			value={ ticket.status }
			choices={ STATUSES.map( ( value ) => ( {
				value,
				label: statusLabel( value ),
				mark: <StatusMark status={ value } />,
			} ) ) }
			onChoose={ choose }
			isDisabled={ ! boot.canReply }
		>
			<StatusMark status={ ticket.status } />
			{ statusLabel( ticket.status ) }
		</ChoiceMenu>
	);
}

function AssigneeMenu( { ticket }: { ticket: Ticket } ) {
	const { session, change, boot } = useDesk();
	const agents = useStore( session.store, ( state ) => state.agents );
	const me = useStore( session.store, ( state ) => state.me );
	const mineFirst = [ ...agents ].sort( ( a, b ) => Number( b.id === me?.id ) - Number( a.id === me?.id ) );
	const choices = mineFirst
		.filter( ( { role } ) => role !== 'viewer' )
		.map( ( { id, name } ) => ( {
			value: id as Id | null,
			label: id === me?.id ? __( 'Me', 'unified-inbox' ) : name,
			mark: <Avatar name={ name } size={ 20 } />,
		} ) );
	return (
		<ChoiceMenu
			label={ __( 'Assignee', 'unified-inbox' ) }
			value={ ticket.assignee?.id ?? null }
			choices={ [ ...choices, { value: null, label: __( 'Nobody', 'unified-inbox' ) } ] }
			onChoose={ ( assignee_id ) => void change( ticket, { assignee_id } ) }
			isDisabled={ ! boot.canReply }
		>
			{ ticket.assignee && <Avatar name={ ticket.assignee.name } size={ 20 } /> }
			{ ticket.assignee?.name ?? __( 'Unassigned', 'unified-inbox' ) }
		</ChoiceMenu>
	);
}

/** Only where there are teams at all. */
function TeamMenu( { ticket }: { ticket: Ticket } ) {
	const { session, change, boot } = useDesk();
	const teams = useStore( session.store, ( state ) => state.teams );
	if ( ! teams.length ) {
		return null;
	}
	const none = { value: null, label: __( 'No team', 'unified-inbox' ) };
	return (
		<ChoiceMenu
			label={ __( 'Team', 'unified-inbox' ) }
			value={ ticket.team_id }
			choices={ [ ...teams.map( ( { id, name } ) => ( { value: id as Id | null, label: name } ) ), none ] }
			onChoose={ ( team_id ) => void change( ticket, { team_id } ) }
			isDisabled={ ! boot.canReply }
		>
			{ teams.find( ( { id } ) => id === ticket.team_id )?.name ?? none.label }
		</ChoiceMenu>
	);
}

function PriorityMenu( { ticket }: { ticket: Ticket } ) {
	const { change, boot } = useDesk();
	return (
		<ChoiceMenu
			label={ __( 'Priority', 'unified-inbox' ) }
			value={ ticket.priority }
			choices={ ( Object.keys( PRIORITIES ) as Priority[] ).map( ( value ) => ( {
				value,
				label: PRIORITIES[ value ](),
			} ) ) }
			onChoose={ ( priority ) => void change( ticket, { priority } ) }
			isDisabled={ ! boot.canReply }
		>
			<span className="uib-property__value" data-priority={ ticket.priority }>
				{ PRIORITIES[ ticket.priority ]() }
			</span>
		</ChoiceMenu>
	);
}

/** Status, assignee, team, priority and tags in one line of quiet buttons. */
export function Properties( { ticket }: { ticket: Ticket } ) {
	return (
		<>
			<StatusMenu ticket={ ticket } />
			<AssigneeMenu ticket={ ticket } />
			<TeamMenu ticket={ ticket } />
			<PriorityMenu ticket={ ticket } />
			<TagsMenu ticket={ ticket } />
		</>
	);
}
