import { createPortal, useCallback, useRef } from '@wordpress/element';
import type { ReactNode } from 'react';
import type { EditorHandle, Popup, Trigger } from '../editor/types';
import type { DraftKind } from '../model';
import { useMentionList } from './mention-list';
import { SavedReplyButton } from './saved-reply-button';
import { useSavedReplyList } from './saved-reply-list';

export interface Triggers {
	triggers: readonly Trigger[];
	/** The list that is open over the text, as the editor says it to screen readers. */
	popup: Popup | null;
	/** The same, to be drawn. */
	popover: ReactNode;
	onReady: ( handle: EditorHandle | null ) => void;
}

/** The signs that open a list in a reply or a note (see editor/types.ts), and a button in `place`. */
export function useTriggers( kind: DraftKind, place: HTMLElement | null = null ): Triggers {
	const editor = useRef< EditorHandle | null >( null );
	const onReady = useCallback( ( handle: EditorHandle | null ) => {
		editor.current = handle;
	}, [] );
	const saved = useSavedReplyList();
	const mentions = useMentionList();
	// A customer would read a name and no mention.
	const lists = kind === 'note' ? [ saved, mentions ] : [ saved ];
	const open = lists.find( ( { popup } ) => popup );
	return {
		triggers: lists.map( ( { trigger } ) => trigger ),
		popup: open?.popup ?? null,
		popover: (
			<>
				{ open?.popover }
				{ place && createPortal( <SavedReplyButton insert={ ( piece ) => editor.current?.insert( piece ) } />, place ) }
			</>
		),
		onReady,
	};
}
