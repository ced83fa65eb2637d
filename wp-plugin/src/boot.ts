import type { Id } from './model';

/** What PHP prints into the page before the app starts. */
export interface Boot {
	user: { id: number; name: string; role?: string };
	locale: string;
	/** The site's, as Intl names it. */
	timeZone: string;
	isRtl: boolean;
	apiRoot: string;
	filesRoot: string;
	settingsUrl: string;
	/** The script of the editor, which comes when somebody first writes; without it texts are plain. */
	editorUrl?: string;
	canManage: boolean;
	/** Whether this person may say who gets new tickets, as leads may. */
	canRoute: boolean;
	canReply: boolean;
	paired: boolean;
}

declare global {
	interface Window {
		unifiedInbox?: Boot;
	}
}

/** The address a browser fetches an attachment from, by its short-lived token. */
export function fileUrl( boot: Pick< Boot, 'filesRoot' >, token: Id ): string {
	return boot.filesRoot + encodeURIComponent( token );
}
