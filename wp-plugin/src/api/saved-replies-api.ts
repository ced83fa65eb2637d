import type { Id, Instant, Page } from '../model';
import type { Transport } from './transport';

/** `any` suits every customer. */
export type ReplyLanguage = 'any' | 'en' | 'ar' | 'tl';
export type Reach = 'mine' | 'team' | 'everybody';

/** A text that is written once, in HTML by language. */
export interface SavedReply {
	id: Id;
	name: string;
	shortcut: string;
	texts: Partial< Record< ReplyLanguage, string > >;
	reach: Reach;
	team_id: Id | null;
	team_name: string;
	version: number;
	uses: number;
	last_used_at: Instant | null;
	can_edit: boolean;
}

export type Wording = Pick< SavedReply, 'name' | 'shortcut' | 'texts' | 'reach' | 'team_id' >;

/** One text of a saved reply, for a ticket. */
export interface OfferedReply {
	id: Id;
	name: string;
	shortcut: string;
	language: ReplyLanguage;
	snippet: string;
	/** Whether it is the one for the ticket's language. */
	is_best: boolean;
}

/** A text that is filled in; nothing stands for the variables in `missing` there. */
export interface Insertion {
	html: string;
	text: string;
	language: ReplyLanguage;
	missing: string[];
}

export interface Mentionable {
	kind: 'agent' | 'team';
	id: Id;
	name: string;
}

export interface Variables {
	variables: string[];
	/** What they stand for in any ticket. */
	values: Record< string, string >;
}

export interface SavedRepliesApi {
	page: ( words: string, cursor?: string | null ) => Promise< Page< SavedReply > >;
	one: ( id: Id ) => Promise< SavedReply >;
	variables: () => Promise< Variables >;
	add: ( wording: Wording ) => Promise< SavedReply >;
	change: ( reply: Pick< SavedReply, 'id' | 'version' >, wording: Wording ) => Promise< SavedReply >;
	remove: ( id: Id ) => Promise< void >;
	bringBack: ( id: Id ) => Promise< SavedReply >;
	offered: ( ticket: number, words: string ) => Promise< OfferedReply[] >;
	use: ( ticket: number, reply: Pick< OfferedReply, 'id' | 'language' > ) => Promise< Insertion >;
	mentionable: ( ticket: number, words: string ) => Promise< Mentionable[] >;
}

/** The endpoints of saved replies, and of whom a note may mention. */
export function savedRepliesApi( transport: Transport ): SavedRepliesApi {
	const at = ( id: Id ): string => `/saved-replies/${ id }`;
	const items = async < T >( path: string, q: string ): Promise< T[] > =>
		( await transport< { items: T[] } >( { path, query: { q } } ) ).items;
	return {
		page: ( q, cursor ) => transport( { path: '/saved-replies', query: { q, cursor } } ),
		one: ( id ) => transport( { path: at( id ) } ),
		variables: () => transport( { path: '/saved-replies/variables' } ),
		add: ( body ) => transport( { method: 'POST', path: '/saved-replies', body } ),
		change: ( { id, version }, body ) =>
			transport( { method: 'PATCH', path: at( id ), body, headers: { 'If-Match': `"${ version }"` } } ),
		remove: ( id ) => transport( { method: 'DELETE', path: at( id ) } ),
		bringBack: ( id ) => transport( { method: 'DELETE', path: `${ at( id ) }/removal` } ),
		offered: ( ticket, words ) => items( `/tickets/${ ticket }/saved-replies`, words ),
		use: ( ticket, { id, language } ) =>
			transport( { method: 'POST', path: `/tickets/${ ticket }/saved-replies/${ id }/uses`, body: { language } } ),
		mentionable: ( ticket, words ) => items( `/tickets/${ ticket }/mentionable`, words ),
	};
}
