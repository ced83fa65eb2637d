import { Button, Dropdown, MenuGroup, MenuItem, NavigableMenu } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { check, chevronDown } from '@wordpress/icons';
import { coming, isSent, isWhole } from '../state/attaching';
import { useDesk } from '../state/context';
import { howOf, type SendWay } from '../state/send-ways';
import { useStore } from '../state/store';
import { LaterChoices, PickTime } from './send-later';

interface Way {
	way: SendWay;
	reply: () => string;
	note: () => string;
	keys?: string;
}

const WAYS: Way[] = [
	{ way: 'send', reply: () => __( 'Send', 'unified-inbox' ), note: () => __( 'Add note', 'unified-inbox' ) },
	{
		way: 'solved',
		reply: () => __( 'Send and solve', 'unified-inbox' ),
		note: () => __( 'Add note and solve', 'unified-inbox' ),
		keys: 'Ctrl+Shift+Enter',
	},
	{
		way: 'pending',
		reply: () => __( 'Send and set pending', 'unified-inbox' ),
		note: () => __( 'Add note and set pending', 'unified-inbox' ),
		keys: 'Ctrl+Alt+Enter',
	},
];

/** What the button does: what its agent did last, and a note is but a note. */
export function useUsualWay(): SendWay {
	const { preferences, reply } = useDesk();
	const last = useStore( preferences.store, ( { sends } ) => sends );
	const tab = useStore( reply.store, ( state ) => state.tab );
	return tab === 'note' ? 'send' : last;
}

interface MenuProps {
	isNote: boolean;
	usual: SendWay;
	isDisabled: boolean;
	onPick: () => void;
}

function OtherWays( { isNote, usual, onClose }: Pick< MenuProps, 'isNote' | 'usual' > & { onClose: () => void } ) {
	const { send, preferences } = useDesk();
	return (
		<MenuGroup>
			{ WAYS.filter( ( { way } ) => way !== usual ).map( ( { way, reply, note, keys } ) => (
				<MenuItem
					key={ way }
					shortcut={ keys }
					onClick={ () => {
						onClose();
						if ( ! isNote ) {
							preferences.choose( { sends: way } );
						}
						void send( howOf( way ) );
					} }
				>
					{ isNote ? note() : reply() }
				</MenuItem>
			) ) }
		</MenuGroup>
	);
}

function GoOnChoice() {
	const { preferences } = useDesk();
	const goesOn = useStore( preferences.store, ( state ) => state.goesOn );
	return (
		<MenuGroup>
			<MenuItem
				role="menuitemcheckbox"
				icon={ goesOn ? check : undefined }
				isSelected={ goesOn }
				onClick={ () => preferences.choose( { goesOn: ! goesOn } ) }
			>
				{ __( 'Go on to the next ticket after sending', 'unified-inbox' ) }
			</MenuItem>
		</MenuGroup>
	);
}

function SendMenu( { isNote, usual, isDisabled, onPick }: MenuProps ) {
	const { send } = useDesk();
	return (
		<Dropdown
			popoverProps={ { placement: 'top-end' } }
			renderToggle={ ( { isOpen, onToggle } ) => (
				<Button
					className="uib-send__more"
					variant="primary"
					icon={ chevronDown }
					label={ __( 'More ways to send', 'unified-inbox' ) }
					showTooltip={ false }
					disabled={ isDisabled }
					accessibleWhenDisabled
					aria-expanded={ isOpen }
					aria-haspopup="menu"
					onClick={ onToggle }
				/>
			) }
			renderContent={ ( { onClose } ) => (
				<NavigableMenu role="menu">
					<OtherWays isNote={ isNote } usual={ usual } onClose={ onClose } />
					{ ! isNote && (
						<LaterChoices
							onChoose={ ( sendAt ) => {
								onClose();
								void send( { sendAt } );
							} }
							onPick={ () => {
								onClose();
								onPick();
							} }
						/>
					) }
					{ ! isNote && <GoOnChoice /> }
				</NavigableMenu>
			) }
		/>
	);
}

/** The common act, and behind its caret the rest. */
export function SendButtons() {
	const desk = useDesk();
	const { tab, phase, ...draft } = useStore( desk.reply.store, ( state ) => state );
	const files = useStore( desk.attaching.store, ( state ) => state.files );
	const isComing = coming( files ).length > 0;
	const hasMore = tab === 'reply' && ( draft.forwards !== null || files.some( ( file ) => isWhole( file ) && isSent( file, draft.html.reply ) ) );
	const isEmpty = ! draft[ tab ].trim() && ! hasMore;
	const isDisabled = isEmpty || phase === 'sending' || ( tab === 'reply' && isComing );
	const usual = useUsualWay();
	const words = WAYS.find( ( { way } ) => way === usual )?.[ tab ]();
	const [ isPicking, setPicking ] = useState( false );
	const again = tab === 'note' ? __( 'Add note again', 'unified-inbox' ) : __( 'Try again', 'unified-inbox' );
	return (
		<div className="uib-send">
			<Button
				variant="primary"
				disabled={ isDisabled }
				accessibleWhenDisabled
				isBusy={ phase === 'sending' }
				onClick={ () => void desk.send( howOf( usual ) ) }
			>
				{ phase === 'failed' && ! draft.unseen.length ? again : words }
			</Button>
			<SendMenu isNote={ tab === 'note' } usual={ usual } isDisabled={ isDisabled } onPick={ () => setPicking( true ) } />
			{ isPicking && (
				<PickTime onChoose={ ( sendAt ) => void desk.send( { sendAt } ) } onClose={ () => setPicking( false ) } />
			) }
		</div>
	);
}
