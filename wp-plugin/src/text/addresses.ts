/** The mail addresses in what was typed, however they were separated. */
export function addressesOf( text: string ): string[] {
	return text
		.split( /[\s,;،؛<>]+/ )
		.map( ( part ) => part.trim() )
		.filter( ( part ) => part.includes( '@' ) );
}
