import type { Id } from '../model';

/** What PHP prints into the settings page before the app starts. */
export interface SettingsBoot {
	apiRoot: string;
	/** Of the plugin's own answers, beside those of the service. */
	siteRoot: string;
	/** The script of the editor, which comes when somebody first writes. */
	editorUrl?: string;
	canManage: boolean;
	/** Whether this person may say who gets new tickets, as leads may. */
	canRoute: boolean;
	/** The one address Google may send people back to. */
	redirectUri: string;
	/** Where Google may send word of new mail. */
	pushAddress: string;
	siteMoved: boolean;
	paired: boolean;
	statusPageUrl: string | null;
	/** The reader's language as WordPress names it. */
	locale: string;
	/** The site's, as Intl names it. */
	timeZone: string;
	isRtl: boolean;
	/** Set in the tab that comes back from Google. */
	flow?: Id | Returned | null;
}

/** How somebody came back from Google: with a consent, or with the reason why not. */
export interface Returned {
	id?: Id | null;
	error?: { code: string; [ detail: string ]: unknown } | null;
}

declare global {
	interface Window {
		unifiedInboxSettings?: SettingsBoot;
	}
}

/** The consent this page was opened for, in one shape. */
export function returned( boot: Pick< SettingsBoot, 'flow' > ): Returned | null {
	return typeof boot.flow === 'string' ? { id: boot.flow } : boot.flow ?? null;
}
