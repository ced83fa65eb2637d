import type { Desk } from '../state/desk';

function rowOf( number: number | null ): HTMLElement | null {
	return document.querySelector< HTMLElement >( `[data-ticket="${ number }"] .uib-row__open` );
}

/** A row that is far away is not drawn before it is to be seen. */
export function focusRow( { list }: Pick< Desk, 'list' >, number: number | null ): void {
	const row = rowOf( number );
	if ( row ) {
		row.focus();
	} else if ( number !== null ) {
		list.reveal( number );
		requestAnimationFrame( () => rowOf( number )?.focus() );
	}
}

/** After an act what had the focus may be gone: goes on with the row that took its place. */
export function focusRowIfLost( desk: Pick< Desk, 'list' >, number: number | null ): void {
	if ( document.activeElement === document.body ) {
		focusRow( desk, number );
	}
}
