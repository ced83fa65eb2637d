import type { Composition } from '../model';

/** A composed reply with the key under which the service may get it more than once. */
export interface Attempt {
	key: string;
	composition: Composition;
}

export interface Draft {
	tab: 'reply' | 'note';
	reply: string;
	note: string;
	/** null = as the service would address it. */
	to: string[] | null;
	cc: string[] | null;
	attempt: Attempt | null;
	savedAt: number | null;
}

export const NO_DRAFT: Draft = {
	tab: 'reply',
	reply: '',
	note: '',
	to: null,
	cc: null,
	attempt: null,
	savedAt: null,
};

export interface Drafts {
	read: ( number: number ) => Draft;
	write: ( number: number, draft: Draft ) => void;
}

export function isEmpty( { reply, note, attempt }: Draft ): boolean {
	return ! reply.trim() && ! note.trim() && ! attempt;
}

/**
 * Drafts in this browser, per user and ticket: they outlive a crash, a closed tab and a lost
 * session. Storage may be full or forbidden; then the draft lives only as long as the page.
 */
export function localDrafts( storage: Pick< Storage, 'getItem' | 'setItem' | 'removeItem' >, user: number ): Drafts {
	const name = ( number: number ): string => `unified-inbox:draft:${ user }:${ number }`;
	return {
		read: ( number ) => {
			try {
				return { ...NO_DRAFT, ...JSON.parse( storage.getItem( name( number ) ) ?? '{}' ) };
			} catch {
				return NO_DRAFT;
			}
		},
		write: ( number, draft ) => {
			try {
				if ( isEmpty( draft ) ) {
					storage.removeItem( name( number ) );
				} else {
					storage.setItem( name( number ), JSON.stringify( draft ) );
				}
			} catch {
				// Nothing to do: the text itself is still in the page.
			}
		},
	};
}
