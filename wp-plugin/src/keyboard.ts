export type Command = 'next' | 'previous' | 'open' | 'reply' | 'note' | 'solve' | 'snooze' | 'trash' | 'take' | 'undo' | 'search' | 'help' | 'back';

const COMMANDS: Record< string, Command > = {
	j: 'next',
	k: 'previous',
	o: 'open',
	r: 'reply',
	n: 'note',
	e: 'solve',
	s: 'snooze',
	'#': 'trash',
	a: 'take',
	z: 'undo',
	'/': 'search',
	'?': 'help',
	'؟': 'help',
	Escape: 'back',
};

type Key = Pick< KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' >;

/**
 * The command of a key. On a keyboard of another script the letter on the key decides, so the
 * shortcuts work with an Arabic layout too.
 */
export function commandOf( { key, code, ctrlKey, metaKey, altKey }: Key ): Command | null {
	if ( ctrlKey || metaKey || altKey ) {
		return null;
	}
	const isLatin = /^[ -~]$/.test( key );
	const letter = isLatin || key.length > 1 ? key : code.replace( /^Key/, '' ).replace( 'Slash', '/' );
	return COMMANDS[ key ] ?? COMMANDS[ letter.length === 1 ? letter.toLowerCase() : letter ] ?? null;
}

/** Whether keys are text where the focus is. */
export function isTyping( target: EventTarget | null ): boolean {
	const element = target as HTMLElement | null;
	return Boolean(
		element?.closest?.( 'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=menu], [role=dialog]' )
	);
}
