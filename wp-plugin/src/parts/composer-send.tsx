import { Button, Dropdown, MenuGroup, MenuItem, NavigableMenu } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { chevronDown } from '@wordpress/icons';
import type { Status } from '../model';
import { isBusy, isSent, isWhole } from '../state/attaching';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { LaterChoices, PickTime } from './send-later';

const REST: [ Status, () => string, () => string ][] = [
	[ 'solved', () => __( 'Send and solve', 'unified-inbox' ), () => __( 'Add note and solve', 'unified-inbox' ) ],
	[ 'pending', () => __( 'Send and set pending', 'unified-inbox' ), () => __( 'Add note and set pending', 'unified-inbox' ) ],
];

function SendMenu( { isNote, isDisabled, onPick }: { isNote: boolean; isDisabled: boolean; onPick: () => void } ) {
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
					<MenuGroup>
						{ REST.map( ( [ status, reply, note ] ) => (
							<MenuItem
								key={ status }
								onClick={ () => {
									onClose();
									void send( { setStatus: status } );
								} }
							>
								{ isNote ? note() : reply() }
							</MenuItem>
						) ) }
					</MenuGroup>
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
	const isComing = isBusy( files );
	const hasMore = tab === 'reply' && ( draft.forwards !== null || files.some( ( file ) => isWhole( file ) && isSent( file, draft.html.reply ) ) );
	const isEmpty = ! draft[ tab ].trim() && ! hasMore;
	const isDisabled = isEmpty || phase === 'sending' || ( tab === 'reply' && isComing );
	const words = tab === 'note' ? __( 'Add note', 'unified-inbox' ) : __( 'Send', 'unified-inbox' );
	const [ isPicking, setPicking ] = useState( false );
	const again = tab === 'note' ? __( 'Add note again', 'unified-inbox' ) : __( 'Try again', 'unified-inbox' );
	return (
		<div className="uib-send">
			<Button
				variant="primary"
				disabled={ isDisabled }
				accessibleWhenDisabled
				isBusy={ phase === 'sending' }
				onClick={ () => void desk.send() }
			>
				{ phase === 'failed' && ! draft.unseen.length ? again : words }
			</Button>
			<SendMenu isNote={ tab === 'note' } isDisabled={ isDisabled } onPick={ () => setPicking( true ) } />
			{ isPicking && (
				<PickTime onChoose={ ( sendAt ) => void desk.send( { sendAt } ) } onClose={ () => setPicking( false ) } />
			) }
		</div>
	);
}
