/** The list with the item at `from` moved to `at`. */
export function moved< T >( items: readonly T[], from: number, at: number ): T[] {
	const rest = items.filter( ( _, index ) => index !== from );
	return [ ...rest.slice( 0, at ), items[ from ]!, ...rest.slice( at ) ];
}
