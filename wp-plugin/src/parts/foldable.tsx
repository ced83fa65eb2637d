/** A name, or an address that goes on in the next line with its @ and not in the middle of a word. */
export function Foldable( { words }: { words: string } ) {
	const at = words.lastIndexOf( '@' );
	return (
		<>
			{ words.slice( 0, Math.max( at, 0 ) ) }
			{ at > 0 && <wbr /> }
			{ words.slice( Math.max( at, 0 ) ) }
		</>
	);
}
