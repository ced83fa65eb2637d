import { Button } from '@wordpress/components';
import { useId, useMemo, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { closeSmall, search as searchIcon, Icon } from '@wordpress/icons';
import type { FocusEvent, KeyboardEvent } from 'react';
import { useDesk } from '../state/context';
import type { Desk } from '../state/desk';
import { useStore } from '../state/store';
import { OPERATORS, suggestionsFor, type Known, type Suggestion } from '../text/search-suggestions';
import { SearchSuggestions } from './search-suggestions';

function useKnown(): Known {
	const { session } = useDesk();
	const { inboxes, agents, tags } = useStore( session.store, ( state ) => state );
	return useMemo(
		() => ( {
			inboxes: inboxes?.map( ( { name } ) => name ) ?? [],
			agents: agents.map( ( { name } ) => name ),
			tags: tags.map( ( { name } ) => name ),
		} ),
		[ inboxes, agents, tags ]
	);
}

/** In an empty box: what was searched for before, then every operator. */
function firstSuggestions( recent: readonly string[] ): Suggestion[] {
	const before = recent.map( ( text ) => ( { text, part: text, about: '', isBegun: false } ) );
	const taught = OPERATORS.map( ( [ part, about ] ) => ( { text: part, part, about: about(), isBegun: part.endsWith( ':' ) } ) );
	return [ ...before, ...taught ];
}

function focusFirstResult(): void {
	document.querySelector< HTMLElement >( '.uib-results .uib-row__open' )?.focus();
}

/** Back to the list and the ticket that were there before. */
export function leaveSearch( desk: Desk ): void {
	const { from } = desk.search.store.get();
	desk.search.clear();
	desk.go( { ticket: from ?? null } );
}

/** Finds what stands in the box; whoever named a ticket by its number goes there. */
async function find( desk: Desk ): Promise< void > {
	const { text } = desk.search.store.get();
	const named = Number( text.match( /^\s*#(\d+)\s*$/ )?.[ 1 ] );
	await desk.search.submit();
	if ( desk.search.store.get().found.some( ( { ticket } ) => ticket.number === named ) ) {
		desk.go( { ticket: named } );
	}
}

/** What stands in the box, what it offers, and which of that is marked. */
function useBox() {
	const desk = useDesk();
	const { text, recent } = useStore( desk.search.store, ( state ) => state );
	const known = useKnown();
	const [ isOpen, setOpen ] = useState( false );
	const [ marked, setMarked ] = useState( -1 );
	const options = useMemo(
		() => ( text.trim() ? suggestionsFor( text, known ) : firstSuggestions( recent ) ),
		[ text, known, recent ]
	);
	const show = ( open: boolean ): void => {
		setOpen( open );
		setMarked( -1 );
	};
	return { desk, text, options, isOpen: isOpen && options.length > 0, show, marked, setMarked };
}

type Box = ReturnType< typeof useBox >;

function choose( { desk, show }: Box, { text, isBegun }: Suggestion ): void {
	if ( isBegun ) {
		desk.search.type( text );
		show( true );
	} else {
		void desk.search.submit( text );
		show( false );
	}
}

function onKey( box: Box, event: KeyboardEvent ): void {
	const { desk, options, isOpen, marked } = box;
	const last = options.length - 1;
	const keys: Record< string, () => void > = {
		ArrowDown: () => ( isOpen ? box.setMarked( marked < last ? marked + 1 : -1 ) : focusFirstResult() ),
		ArrowUp: () => box.setMarked( marked < 0 ? last : marked - 1 ),
		Enter: () => {
			const option = isOpen ? options[ marked ] : undefined;
			if ( option ) {
				choose( box, option );
				return;
			}
			box.show( false );
			void find( desk );
		},
		Escape: () => {
			box.show( false );
			leaveSearch( desk );
			( event.target as HTMLElement ).blur();
		},
	};
	// While a syllable is being put together, Enter and the arrows are the keyboard's own.
	const act = event.nativeEvent.isComposing ? undefined : keys[ event.key ];
	if ( act ) {
		event.preventDefault();
		act();
	}
}

function Field( { box, listId }: { box: Box; listId: string } ) {
	const { desk, text, isOpen, marked, show } = box;
	return (
		<input
			type="search"
			className="uib-search__field"
			role="combobox"
			dir="auto"
			autoComplete="off"
			spellCheck={ false }
			maxLength={ 500 }
			aria-label={ __( 'Search tickets', 'unified-inbox' ) }
			aria-expanded={ isOpen }
			aria-controls={ listId }
			aria-autocomplete="list"
			aria-activedescendant={ isOpen && marked >= 0 ? `${ listId }-${ marked }` : undefined }
			placeholder={ __( 'Search', 'unified-inbox' ) }
			value={ text }
			onChange={ ( event ) => {
				desk.search.type( event.target.value );
				show( true );
			} }
			onFocus={ () => {
				desk.search.begin( desk.route.get().ticket );
				show( true );
			} }
			onClick={ () => show( true ) }
			onKeyDown={ ( event ) => onKey( box, event ) }
		/>
	);
}

export function SearchBox() {
	const box = useBox();
	const frame = useRef< HTMLDivElement >( null );
	const listId = useId();
	const onBlur = ( event: FocusEvent ): void => {
		if ( ! frame.current?.contains( event.relatedTarget ) ) {
			box.show( false );
			if ( ! box.text ) {
				box.desk.search.clear();
			}
		}
	};
	return (
		<div className="uib-search" role="search" ref={ frame } onBlur={ onBlur }>
			<span className="uib-search__icon" aria-hidden="true">
				<Icon icon={ searchIcon } size={ 20 } />
			</span>
			<Field box={ box } listId={ listId } />
			{ box.text ? (
				<Button
					className="uib-search__clear"
					size="small"
					icon={ closeSmall }
					label={ __( 'End the search', 'unified-inbox' ) }
					onClick={ () => leaveSearch( box.desk ) }
				/>
			) : (
				<kbd className="uib-search__key" aria-hidden="true">
					/
				</kbd>
			) }
			<SearchSuggestions
				id={ listId }
				options={ box.isOpen ? box.options : [] }
				marked={ box.marked }
				teaches={ ! box.text.trim() }
				onChoose={ ( option ) => choose( box, option ) }
			/>
		</div>
	);
}
