import type { ViewName } from './places';

export type Command =
	| 'next'
	| 'previous'
	| 'open'
	| 'choose'
	| 'reply'
	| 'note'
	| 'solve'
	| 'snooze'
	| 'trash'
	| 'take'
	| 'unread'
	| 'undo'
	| 'search'
	| 'help'
	| 'back'
	| `go:${ ViewName }`;

const COMMANDS: Record< string, Command > = {
	j: 'next',
	k: 'previous',
	o: 'open',
	x: 'choose',
	r: 'reply',
	n: 'note',
	e: 'solve',
	s: 'snooze',
	'#': 'trash',
	a: 'take',
	u: 'unread',
	z: 'undo',
	'/': 'search',
	'?': 'help',
	'؟': 'help',
	Escape: 'back',
};

/** After G: where to. */
export const PLACES: Record< string, ViewName > = {
	u: 'unassigned',
	m: 'mine',
	n: 'mentions',
	o: 'open',
	p: 'pending',
	z: 'snoozed',
	b: 'outbox',
	s: 'solved',
	j: 'spam',
	t: 'trash',
};

/** So long the second key of two may wait, in milliseconds. */
const PATIENCE = 1500;

type Key = Pick< KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' >;

/** On a keyboard of another script the letter on the key decides, so the same keys work with an Arabic layout too. */
function letterOf( { key, code }: Key ): string {
	const isLatin = /^[ -~]$/.test( key );
	const letter = isLatin || key.length > 1 ? key : code.replace( /^Key/, '' ).replace( 'Slash', '/' );
	return letter.length === 1 ? letter.toLowerCase() : letter;
}

function isTheBrowsers( { ctrlKey, metaKey, altKey }: Key ): boolean {
	return ctrlKey || metaKey || altKey;
}

/** The command of one key. */
export function commandOf( key: Key ): Command | null {
	return isTheBrowsers( key ) ? null : COMMANDS[ key.key ] ?? COMMANDS[ letterOf( key ) ] ?? null;
}

/** Whether the command is given again and again while its key is held down. */
export function mayRepeat( command: Command ): boolean {
	return command === 'next' || command === 'previous';
}

/** Reads keys one after the other: G and a letter are one command. */
export function keyReader( now: () => number = Date.now ): ( key: Key ) => Command | null {
	let begunAt = -Infinity;
	return ( key ) => {
		const letter = letterOf( key );
		if ( isTheBrowsers( key ) || key.key === 'Shift' ) {
			return null;
		}
		const place = now() - begunAt < PATIENCE ? PLACES[ letter ] : undefined;
		begunAt = letter === 'g' ? now() : -Infinity;
		return place ? `go:${ place }` : commandOf( key );
	};
}

/** Whether this is one of the keys that can be switched off: those that are also letters and signs (WCAG 2.1.4). */
export function isSingleKey( { key }: Pick< KeyboardEvent, 'key' > ): boolean {
	return key.length === 1;
}

/** Whether keys are text where the focus is. */
export function isTyping( target: EventTarget | null ): boolean {
	const element = target as HTMLElement | null;
	return Boolean(
		element?.closest?.( 'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=menu], [role=dialog]' )
	);
}
