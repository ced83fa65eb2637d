import type { Composition, DraftContent, DraftKind, Id, SavedDraft } from '../model';

/** A composed reply with the key under which the service may get it more than once. */
export interface Attempt {
	key: string;
	composition: Composition;
}

export interface Draft {
	tab: 'reply' | 'note';
	reply: string;
	note: string;
	/** Each text with its formatting, empty where it has none. */
	html: Record< DraftKind, string >;
	/** null = as the service would address it. */
	to: string[] | null;
	cc: string[] | null;
	bcc: string[] | null;
	/** Another sender than the usual one. */
	from: string | null;
	/** The message that is passed on, null for an answer. */
	forwards: Id | null;
	/** Which of its files go along, null for all. */
	files: Id[] | null;
	/** The files that are whole with the service. */
	uploads: Id[];
	attempt: Attempt | null;
	savedAt: number | null;
	/** What the service has, as far as this browser knows. */
	synced: Partial< Record< DraftKind, Pick< SavedDraft, 'version' | 'content' > > >;
}

export const NO_DRAFT: Draft = {
	tab: 'reply',
	reply: '',
	note: '',
	html: { reply: '', note: '' },
	to: null,
	cc: null,
	bcc: null,
	from: null,
	forwards: null,
	files: null,
	uploads: [],
	attempt: null,
	savedAt: null,
	synced: {},
};

export interface Drafts {
	read: ( number: number ) => Draft;
	write: ( number: number, draft: Draft ) => void;
}

export function isEmpty( draft: Draft ): boolean {
	return ! draft.attempt && isBlank( contentOf( draft, 'reply' ) ) && isBlank( contentOf( draft, 'note' ) );
}

/** What of a draft the service keeps. */
export function contentOf( draft: Draft, kind: DraftKind ): DraftContent {
	const { to, cc, bcc, from, forwards, files, uploads } = draft;
	const html = draft.html[ kind ];
	const words = { text: draft[ kind ], ...( html ? { html } : {} ) };
	return kind === 'note' ? words : { ...words, to, cc, bcc, from, forwards, files, uploads };
}

/** Whether nothing is begun: whom it would have gone to alone is no draft. */
export function isBlank( { text, forwards, uploads }: DraftContent ): boolean {
	return ! text.trim() && ! forwards && ! uploads?.length;
}

/** Whether two contents are the same mail: the words, the people, the files. */
export function isSaved( a: DraftContent, b: DraftContent ): boolean {
	const essence = ( { text, html = '', to, cc, bcc, from, forwards, files, uploads }: DraftContent ): string =>
		JSON.stringify( [ text, html, ...[ to, cc, bcc, from, forwards, files ].map( ( one ) => one ?? null ), uploads ?? [] ] );
	return essence( a ) === essence( b );
}

/** The draft with the service's content in place of its own (null: its own stays), and what it knows of it. */
export function withContent(
	draft: Draft,
	kind: DraftKind,
	content: DraftContent | null,
	saved: SavedDraft | null
): Draft {
	const { [ kind ]: _before, ...others } = draft.synced;
	const known = saved ? { [ kind ]: { version: saved.version, content: saved.content } } : {};
	const { text, html: formatted = '', uploads, ...rest } = content ?? contentOf( draft, kind );
	const { to = null, cc = null, bcc = null, from = null, forwards = null, files = null } = rest;
	const words = kind === 'note' ? { note: text } : { reply: text, to, cc, bcc, from, forwards, files, uploads: uploads ?? [] };
	const html = { ...draft.html, [ kind ]: formatted };
	return { ...draft, ...words, html, synced: { ...others, ...known } };
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
				// An emptied text that the service still has is news for it.
				if ( isEmpty( draft ) && ! Object.keys( draft.synced ).length ) {
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
