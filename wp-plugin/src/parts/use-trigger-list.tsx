import { Popover } from '@wordpress/components';
import { useId, useMemo, useRef, useState } from '@wordpress/element';
import type { ReactNode } from 'react';
import type { Popup, Trigger, TriggerMatch } from '../editor/types';
import { OptionList, optionId } from './option-list';
import { useOptions, type Options } from './use-options';

/** What a sign in the text offers. */
export interface Source< T > extends Pick< Trigger, 'sign' | 'where' > {
	label: string;
	nothing: ( words: string ) => ReactNode;
	search: ( words: string ) => Promise< readonly T[] >;
	keyOf: ( item: T ) => string;
	draw: ( item: T ) => ReactNode;
	onChoose: ( item: T, match: TriggerMatch ) => void;
}

export interface TriggerList {
	trigger: Trigger;
	popup: Popup | null;
	popover: ReactNode;
}

/** The place of the sign, as a popover asks for it. */
function anchorOf( { rect: { left, right, top, bottom } }: TriggerMatch ) {
	return {
		ownerDocument: document,
		getBoundingClientRect: () => new DOMRect( left, top, Math.max( right - left, 1 ), bottom - top ),
	};
}

/** Arrows mark, Enter and Tab choose; with nothing to choose from the text has its keys. */
function takesKey< T >( { key }: KeyboardEvent, { items, marked, move }: Options< T >, choose: ( item: T ) => void ): boolean {
	const item = items[ marked ];
	if ( ! item ) {
		return false;
	}
	const acts: Record< string, () => void > = {
		ArrowDown: () => move( 1 ),
		ArrowUp: () => move( -1 ),
		Enter: () => choose( item ),
		Tab: () => choose( item ),
	};
	acts[ key ]?.();
	return key in acts;
}

/** A list that opens over the text when its sign is typed, and goes with it. */
export function useTriggerList< T >( source: Source< T > ): TriggerList {
	const id = useId();
	const [ match, setMatch ] = useState< TriggerMatch | null >( null );
	const options = useOptions( source.search, match?.query ?? null );
	const choose = ( item: T ): void => {
		if ( match ) {
			source.onChoose( item, match );
		}
	};
	const onKey = useRef< Trigger[ 'onKey' ] >( () => false );
	onKey.current = ( event ) => takesKey( event, options, choose );
	const { sign, where } = source;
	const trigger = useMemo< Trigger >( () => ( { sign, where, onMatch: setMatch, onKey: ( event ) => onKey.current( event ) } ), [ sign, where ] );
	const anchor = useMemo( () => match && anchorOf( match ), [ match ] );
	if ( ! match || ! anchor ) {
		return { trigger, popup: null, popover: null };
	}
	return {
		trigger,
		popup: { listId: id, activeId: options.items.length ? optionId( id, options.marked ) : null },
		popover: (
			<Popover className="uib-options-popover" anchor={ anchor } placement="top-start" focusOnMount={ false } animate={ false }>
				<OptionList
					id={ id }
					label={ source.label }
					options={ options }
					nothing={ source.nothing( match.query ) }
					keyOf={ source.keyOf }
					draw={ source.draw }
					onChoose={ choose }
				/>
			</Popover>
		),
	};
}
