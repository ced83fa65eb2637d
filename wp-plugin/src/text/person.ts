import { __ } from '@wordpress/i18n';
import type { Address } from '../model';

/** How many grounds avatars have; style/avatar.css names them. */
const HUES = 8;

/** One or two letters for an avatar: of the first and last word, in any script. */
export function initials( name: string, email = '' ): string {
	// What is no letter, like the < of <GmbH>, is not part of a word here.
	const words = ( name.trim() || email ).replace( /[^\p{L}\p{M}\s.@_-]/gu, '' ).split( /[\s.@_-]+/ ).filter( Boolean );
	const first = words[ 0 ] ?? '?';
	const last = words.length > 1 ? words[ words.length - 1 ] : undefined;
	// Arabic letters join when put together, which reads as a word: one letter is enough.
	const letters = /\p{Script=Arabic}/u.test( first ) ? [ first ] : [ first, last ];
	return letters.map( ( word ) => ( word ? Array.from( word )[ 0 ] : '' ) ).join( '' ).toUpperCase();
}

/** The same person has the same ground everywhere. */
export function hueOf( key: string ): number {
	const sum = Array.from( key ).reduce( ( hash, letter ) => ( hash * 31 + letter.codePointAt( 0 )! ) >>> 0, 7 );
	return sum % HUES;
}

/** A name inside a sentence of perhaps the other direction: it must not turn the sentence round. */
export function isolated( name: string ): string {
	return `\u2068${ name }\u2069`;
}

/** The name, or the address of somebody who gave none; who was erased has neither. */
export function displayName( { name, email }: Address ): string {
	return name.trim() || email || __( '(no name)', 'unified-inbox' );
}
