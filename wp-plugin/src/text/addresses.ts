/** The mail addresses in what was typed, however they were separated. */
export function addressesOf( text: string ): string[] {
	return text
		.split( /[\s,;،؛<>]+/ )
		.map( ( part ) => part.trim() )
		.filter( ( part ) => part.includes( '@' ) );
}

/**
 * An address as people know it: without the mark by which the service finds the ticket that a mail
 * answers (reply_tokens.py).
 */
export function withoutToken( email: string ): string {
	return email.replace( /\+t[a-z2-7]{29}@/i, '@' );
}
