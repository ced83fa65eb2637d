/** As the service reads them, in one brace or two. */
const VARIABLE = /\{{1,2}\s*([a-z]+\.[a-z_]+)\s*\}{1,2}/g;

export type Values = Readonly< Record< string, string > >;

/** A text with its variables filled in; one that is not known stays as it is. */
export function filled( text: string, values: Values ): string {
	return text.replace( VARIABLE, ( written, name: string ) => values[ name ] ?? written );
}

const escape = ( text: string ): string =>
	text.replace( /&/g, '&amp;' ).replace( /</g, '&lt;' ).replace( />/g, '&gt;' ).replace( /"/g, '&quot;' );

/** The same in HTML: a value is text, whatever it looks like. */
export function filledHtml( html: string, values: Values ): string {
	return filled( html, Object.fromEntries( Object.entries( values ).map( ( [ name, value ] ) => [ name, escape( value ) ] ) ) );
}

/** Lines of plain text as the editor writes them, each with its own direction. */
export function htmlOfLines( text: string ): string {
	return text
		.split( '\n' )
		.map( ( line ) => `<div dir="auto">${ escape( line ) || '<br>' }</div>` )
		.join( '' );
}
