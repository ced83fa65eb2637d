import { Button, Dropdown } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { comment } from '@wordpress/icons';
import type { KeyboardEvent } from 'react';
import type { OfferedReply } from '../api/saved-replies-api';
import type { Piece } from '../editor/types';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';
import { htmlOfLines } from '../text/variables';
import { OptionList, optionId } from './option-list';
import { KeepReply } from './keep-reply';
import { noSavedReply, offerKey, Offered, useSavedReplies } from './saved-reply-list';
import { useOptions } from './use-options';

/** What is written in the composer, as HTML; empty where nothing is. */
function useWritten(): string {
	const { reply } = useDesk();
	const { tab, html, ...draft } = useStore( reply.store, ( state ) => state );
	return html[ tab ] || ( draft[ tab ].trim() ? htmlOfLines( draft[ tab ].trim() ) : '' );
}

/** A box to search in, the texts that fit below it. */
function Finder( { onChoose }: { onChoose: ( offer: OfferedReply ) => void } ) {
	const { search } = useSavedReplies();
	const id = useId();
	const [ words, setWords ] = useState( '' );
	const options = useOptions( search, words );
	const { items, marked, move } = options;
	const onKeyDown = ( event: KeyboardEvent ): void => {
		const item = items[ marked ];
		const acts: Record< string, () => void > = {
			ArrowDown: () => move( 1 ),
			ArrowUp: () => move( -1 ),
			Enter: () => item && onChoose( item ),
		};
		const act = acts[ event.key ];
		if ( act ) {
			event.preventDefault();
			act();
		}
	};
	return (
		<>
			<input
				type="text"
				role="combobox"
				className="uib-options__search"
				aria-label={ __( 'Search saved replies', 'unified-inbox' ) }
				aria-expanded={ items.length > 0 }
				aria-controls={ id }
				aria-autocomplete="list"
				aria-activedescendant={ items.length ? optionId( id, marked ) : undefined }
				autoComplete="off"
				dir="auto"
				maxLength={ 200 }
				placeholder={ __( 'Search saved replies', 'unified-inbox' ) }
				value={ words }
				onChange={ ( event ) => setWords( event.target.value ) }
				onKeyDown={ onKeyDown }
			/>
			<OptionList
				id={ id }
				label={ __( 'Saved replies', 'unified-inbox' ) }
				options={ options }
				nothing={ noSavedReply( words ) }
				keyOf={ offerKey }
				draw={ ( offer ) => <Offered { ...offer } /> }
				onChoose={ onChoose }
			/>
		</>
	);
}

/** Saved replies for the mouse, and the way to keep what is written. */
export function SavedReplyButton( { insert }: { insert: ( piece: Piece ) => void } ) {
	const { boot } = useDesk();
	const { insert: use } = useSavedReplies();
	const written = useWritten();
	const [ isKeeping, setKeeping ] = useState( false );
	return (
		<>
			<Dropdown
				contentClassName="uib-options-popover"
				popoverProps={ { placement: 'top-start', shift: true } }
				focusOnMount="firstElement"
				renderToggle={ ( { isOpen, onToggle } ) => (
					<Button
						className="uib-tool"
						size="compact"
						icon={ comment }
						label={ __( 'Saved replies', 'unified-inbox' ) }
						aria-expanded={ isOpen }
						aria-haspopup="dialog"
						onClick={ onToggle }
					/>
				) }
				renderContent={ ( { onClose } ) => (
					<>
						<Finder
							onChoose={ ( offer ) => {
								onClose();
								void use( offer, insert );
							} }
						/>
						<div className="uib-options__foot">
							<Button
								variant="link"
								disabled={ ! written }
								accessibleWhenDisabled
								onClick={ () => {
									onClose();
									setKeeping( true );
								} }
							>
								{ __( 'Keep this text as a saved reply', 'unified-inbox' ) }
							</Button>
							<Button variant="link" href={ `${ boot.settingsUrl }#/saved-replies` }>
								{ __( 'Manage saved replies', 'unified-inbox' ) }
							</Button>
						</div>
					</>
				) }
			/>
			{ isKeeping && <KeepReply html={ written } onClose={ () => setKeeping( false ) } /> }
		</>
	);
}
