/**
 * The rich-text editor, and what the rest of the app may know of it.
 *
 * Whoever writes formatted text renders `<RichText …/>` (rich-text.tsx): it brings the editor itself
 * (index.tsx) when it is first needed, as a script of its own, so that no list waits for it.
 * A popover over the text, as for saved replies and mentions, is three things handed to it:
 *
 *  1. a `Trigger` in `triggers`: a sign, where it counts, `onMatch` (what was typed behind it, where it
 *     stands on the screen, `replace` and `dismiss`; null = close) and `onKey`, which is asked before
 *     the editor takes a key and says whether it was its own (arrows, Enter, Tab);
 *  2. `popup`, while one is open: the ids of the list and of its marked option, which the editor says
 *     to screen readers (the text keeps the focus);
 *  3. `onReady`, once: the `EditorHandle`, to insert from a button what no sign was typed for.
 *
 * The composer takes its triggers from parts/composer-triggers.tsx.
 */
import type { Direction, Id } from '../model';

/** What somebody wrote. `html` is empty where the words say all: a text without any formatting. */
export interface Words {
	text: string;
	html: string;
}

export interface Mention {
	kind: 'agent' | 'team';
	id: Id;
	name: string;
}

/** What can be put at the cursor. HTML is cleaned as pasted HTML is. */
export type Piece = { text: string } | { html: string } | { mention: Mention };

export interface TriggerMatch {
	/** What stands behind the sign; may hold blanks where the sign begins a line. */
	query: string;
	/** Where the sign stands, from the upper left of the window. */
	rect: { left: number; right: number; top: number; bottom: number };
	/** Puts a piece in place of the sign and its query. */
	replace: ( piece: Piece ) => void;
	/** Closes, until the sign is typed again. */
	dismiss: () => void;
}

export interface Trigger {
	sign: string;
	/** At the beginning of a line that holds nothing else, or at that of any word. */
	where: 'line' | 'word';
	/** On every change; null where the cursor is behind no such sign. */
	onMatch: ( match: TriggerMatch | null ) => void;
	/** Whether the popover took the key; asked while there is a match, Escape closes without being asked. */
	onKey: ( event: KeyboardEvent ) => boolean;
}

/** An open list for which the text has the focus. */
export interface Popup {
	listId: string;
	activeId: string | null;
}

export interface EditorHandle {
	focus: () => void;
	insert: ( piece: Piece ) => void;
}

/** Pictures within the text: where new ones go, and where those of a `cid:` are seen, as far as is known now. */
export interface Pictures {
	/** Gives the Content-ID under which the mail shows it, null where it is refused. */
	add: ( file: File ) => Promise< string | null >;
	addressOf: ( contentId: string ) => string | null;
	/** One did not come: its address may have run out. */
	onLost?: () => void;
}

export interface RichTextProps {
	words: Words;
	onChange: ( words: Words ) => void;
	label: string;
	placeholder: string;
	/** Of the page: that of a field nothing was written in. */
	direction: Direction;
	isReadOnly?: boolean;
	/** Whether it takes the focus when it comes. */
	isWanted?: boolean;
	triggers?: readonly Trigger[];
	popup?: Popup | null;
	/** Without them no picture can be put in. */
	pictures?: Pictures;
	/** Where the buttons go, null as long as the place is not there. */
	toolbar: HTMLElement | null;
	/** Asked before the editor takes a key, and whether it was taken. */
	onKey?: ( event: KeyboardEvent ) => boolean;
	onReady?: ( handle: EditorHandle | null ) => void;
}
