import type { Identity, InboxDraft } from '../model';

/** Told apart by most eyes, and dark enough beside white. */
export const COLOURS = [ '#3858e9', '#008a20', '#b26200', '#8c2fa8', '#c2185b', '#00717f', '#5d4037', '#4b5563' ];

export interface DraftRow extends InboxDraft {
	colour: string;
	isChosen: boolean;
}

/** "Support" for support@…: a first name for an inbox that most people keep. */
export function nameFor( address: string ): string {
	const words = ( address.split( '@' )[ 0 ] ?? '' ).split( '+' )[ 0 ]!.replace( /[._-]+/g, ' ' ).trim();
	return words.charAt( 0 ).toLocaleUpperCase() + words.slice( 1 );
}

/** A row for an address; the colour comes from its place in the list. */
export function draftRow( address: string, place: number, isChosen: boolean ): DraftRow {
	return { address, name: nameFor( address ), colour: COLOURS[ place % COLOURS.length ]!, isChosen };
}

/** The account's addresses, its own first and chosen. */
export function draftsFor( { address, aliases }: Identity ): DraftRow[] {
	const others = aliases.filter( ( alias ) => alias.toLowerCase() !== address.toLowerCase() );
	return [ address, ...others ].map( ( one, place ) => draftRow( one, place, place === 0 ) );
}

/** The rows with one changed. Addresses that feed the same inbox share its name and colour. */
export function withRow( rows: readonly DraftRow[], changed: DraftRow ): DraftRow[] {
	const { id, name, colour } = changed;
	return rows.map( ( row ) => {
		if ( row.address === changed.address ) {
			return changed;
		}
		return id && row.id === id ? { ...row, name, colour } : row;
	} );
}

/** What the service is to make of the rows. */
export function chosenInboxes( rows: readonly DraftRow[] ): InboxDraft[] {
	return rows
		.filter( ( { isChosen } ) => isChosen )
		.map( ( { id, name, address, colour } ) => ( { ...( id ? { id } : {} ), name: name.trim(), address, colour } ) );
}

export type DraftFault = 'none' | 'name';

/** What keeps the rows from being saved. */
export function draftFault( rows: readonly DraftRow[] ): DraftFault | null {
	const chosen = chosenInboxes( rows );
	if ( ! chosen.length ) {
		return 'none';
	}
	return chosen.some( ( { name } ) => ! name ) ? 'name' : null;
}
