import type { Id } from '../model';
import type { Preview } from '../preview';
import type { Transport } from './transport';

/** A message's mail as it came: `text` is its beginning, the token fetches it whole. */
export interface Original {
	headers: { name: string; value: string }[];
	/** What the receiving provider found out of SPF, DKIM and DMARC. */
	checks: { method: string; verdict: string; domain: string }[];
	text: string;
	is_cut: boolean;
	size: number;
	file_token: string;
}

/** What stands behind a message: the mail that it was, and its files to look at. */
export interface FilesApi {
	original: ( number: number, messageId: Id ) => Promise< Original >;
	/** Lets there be a preview of a file, and tells how far it is. */
	askPreview: ( number: number, fileId: Id ) => Promise< Preview >;
}

export function filesApi( transport: Transport ): FilesApi {
	return {
		original: ( number, id ) => transport( { path: `/tickets/${ number }/messages/${ id }/original` } ),
		askPreview: ( number, id ) => transport( { method: 'PUT', path: `/tickets/${ number }/files/${ id }/preview` } ),
	};
}
