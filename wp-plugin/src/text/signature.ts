const VARIABLE = /\{\s*([a-z]+\.[a-z]+)\s*\}/g;

/** A signature with its variables filled in; one that is not known stays as it is. */
export function filledSignature( text: string, values: Readonly< Record< string, string > > ): string {
	return text.replace( VARIABLE, ( written, name: string ) => values[ name ] ?? written ).trim();
}
