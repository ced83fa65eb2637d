import { useCallback, useRef } from '@wordpress/element';
import type { ReactNode } from 'react';
import type { EditorHandle, Popup, Trigger } from '../editor/types';
import type { DraftKind } from '../model';

export interface Triggers {
	triggers: readonly Trigger[];
	/** The list that is open over the text, as the editor says it to screen readers. */
	popup: Popup | null;
	/** The same, to be drawn. */
	popover: ReactNode;
	onReady: ( handle: EditorHandle | null ) => void;
}

const NONE: readonly Trigger[] = [];

/** The signs that open a list in a reply or a note (see editor/types.ts). */
export function useTriggers( _kind: DraftKind ): Triggers {
	const editor = useRef< EditorHandle | null >( null );
	const onReady = useCallback( ( handle: EditorHandle | null ) => {
		editor.current = handle;
	}, [] );
	return { triggers: NONE, popup: null, popover: null, onReady };
}
