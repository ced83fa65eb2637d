<?php
/**
 * What a browser may ask of the service.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** The allow-list of the proxy: anything not named here does not exist for a browser. */
final class Routes {

	/** Method, pattern of the path, capability it takes. */
	const ALLOWED = array(
		array( 'GET', 'me', Capabilities::VIEW ),
		array( 'GET', 'me/notices', Capabilities::VIEW ),
		array( 'PUT', 'me/notices', Capabilities::REPLY ),
		array( 'GET', 'inboxes', Capabilities::VIEW ),
		array( 'GET', 'agents', Capabilities::VIEW ),
		array( 'GET', 'agents/reach', Capabilities::MANAGE ),
		array( 'PUT', 'agents/\d+/reach', Capabilities::MANAGE ),
		array( 'GET', 'teams', Capabilities::VIEW ),
		array( 'GET', 'tags', Capabilities::VIEW ),
		array( 'GET', 'events', Capabilities::VIEW ),
		array( 'GET', 'tickets', Capabilities::VIEW ),
		array( 'GET', 'search', Capabilities::VIEW ),
		array( 'GET', 'saved-views', Capabilities::VIEW ),
		array( 'POST', 'saved-views', Capabilities::REPLY ),
		array( 'PATCH', 'saved-views/\d+', Capabilities::REPLY ),
		array( 'DELETE', 'saved-views/\d+', Capabilities::REPLY ),
		array( 'PUT', 'saved-views/order', Capabilities::REPLY ),
		array( 'GET', 'saved-replies(/variables|/\d+)?', Capabilities::REPLY ),
		array( 'POST', 'saved-replies', Capabilities::REPLY ),
		array( 'PATCH', 'saved-replies/\d+', Capabilities::REPLY ),
		array( 'DELETE', 'saved-replies/\d+(/removal)?', Capabilities::REPLY ),
		array( 'GET', 'tickets/\d+/(saved-replies|mentionable)', Capabilities::REPLY ),
		array( 'POST', 'tickets/\d+/saved-replies/\d+/uses', Capabilities::REPLY ),
		array( 'GET', 'tickets/\d+', Capabilities::VIEW ),
		array( 'GET', 'tickets/\d+/(messages|events)', Capabilities::VIEW ),
		array( 'GET', 'tickets/\d+/messages/\d+/original', Capabilities::VIEW ),
		array( 'PUT', 'tickets/\d+/files/\d+/preview', Capabilities::VIEW ),
		array( 'GET', 'customers', Capabilities::VIEW ),
		array( 'GET', 'customers/\d+', Capabilities::VIEW ),
		array( 'PUT', 'customers/\d+/note', Capabilities::REPLY ),
		// These two change nothing a customer or colleague could miss: somebody who only reads needs them as well.
		array( 'POST', 'live', Capabilities::VIEW ),
		array( 'PUT', 'tickets/\d+/seen', Capabilities::VIEW ),
		array( 'DELETE', 'tickets/\d+/seen', Capabilities::VIEW ),
		array( 'PATCH', 'tickets/\d+', Capabilities::REPLY ),
		array( 'PUT', 'tickets/\d+/(snooze|merge|spam|following)', Capabilities::REPLY ),
		array( 'DELETE', 'tickets/\d+/(snooze|merge|spam|following)', Capabilities::REPLY ),
		array( 'POST', 'tickets', Capabilities::REPLY ),
		array( 'DELETE', 'tickets/\d+', Capabilities::MANAGE ),
		array( 'GET', 'tickets/\d+/contents', Capabilities::MANAGE ),
		array( 'GET', 'trash', Capabilities::REPLY ),
		array( 'PUT', 'trash', Capabilities::MANAGE ),
		array( 'PUT', 'tickets/\d+/customer', Capabilities::REPLY ),
		array( 'POST', 'tickets/\d+/split', Capabilities::REPLY ),
		array( 'POST', 'bulk', Capabilities::REPLY ),
		array( 'GET', 'bulk/\d+', Capabilities::REPLY ),
		array( 'DELETE', 'bulk/\d+', Capabilities::REPLY ),
		array( 'GET', 'blocked-senders', Capabilities::REPLY ),
		array( 'POST', 'blocked-senders', Capabilities::REPLY ),
		array( 'DELETE', 'blocked-senders/\d+', Capabilities::REPLY ),
		array( 'POST', 'tickets/\d+/messages', Capabilities::REPLY ),
		array( 'GET', 'tickets/\d+/(drafts|addressing|uploads)', Capabilities::REPLY ),
		array( 'POST', 'tickets/\d+/uploads', Capabilities::REPLY ),
		// A file comes in pieces below one MiB: that is all that is ever held here of it.
		array( 'PUT', 'uploads/\d+/content', Capabilities::REPLY ),
		array( 'DELETE', 'uploads/\d+', Capabilities::REPLY ),
		array( 'GET', 'me/signature', Capabilities::REPLY ),
		array( 'PUT', 'me/signature', Capabilities::REPLY ),
		array( 'GET', 'inboxes/\d+/signature', Capabilities::MANAGE ),
		array( 'PUT', 'inboxes/\d+/signature', Capabilities::MANAGE ),
		array( 'PUT', 'tickets/\d+/drafts/(reply|note)', Capabilities::REPLY ),
		array( 'DELETE', 'tickets/\d+/drafts/(reply|note)/other', Capabilities::REPLY ),
		array( 'PUT', 'tickets/\d+/messages/\d+/sender/pictures', Capabilities::REPLY ),
		array( 'DELETE', 'tickets/\d+/messages/\d+/sender/pictures', Capabilities::REPLY ),
		array( 'DELETE', 'tickets/\d+/messages/\d+/sending', Capabilities::REPLY ),
		array( 'PATCH', 'tickets/\d+/messages/\d+/sending', Capabilities::REPLY ),
		array( 'GET', 'suppressed-addresses', Capabilities::REPLY ),
		array( 'GET', 'sending/unsent', Capabilities::VIEW ),
		array( 'GET', 'sending', Capabilities::VIEW ),
		array( 'PUT', 'sending', Capabilities::MANAGE ),
		array( 'PUT', 'sending/mailboxes/\d+', Capabilities::MANAGE ),
		array( 'GET', 'acknowledgements', Capabilities::MANAGE ),
		array( 'PUT', 'inboxes/\d+/acknowledgement', Capabilities::MANAGE ),
		array( 'GET', 'mailboxes', Capabilities::MANAGE ),
		array( 'POST', 'mailboxes', Capabilities::MANAGE ),
		array( 'POST', 'mailboxes/test', Capabilities::MANAGE ),
		array( 'PATCH', 'mailboxes/\d+', Capabilities::MANAGE ),
		array( 'DELETE', 'mailboxes/\d+', Capabilities::MANAGE ),
		array( 'POST', 'mailboxes/\d+/(check|sync)', Capabilities::MANAGE ),
		array( 'GET', 'mailboxes/\d+/parked', Capabilities::MANAGE ),
		array( 'PATCH', 'mailboxes/\d+/parked', Capabilities::MANAGE ),
		array( 'POST', 'mailboxes/\d+/parked/tickets', Capabilities::MANAGE ),
		array( 'GET', 'oauth/clients', Capabilities::MANAGE ),
		array( 'POST', 'oauth/clients', Capabilities::MANAGE ),
		array( 'POST', 'oauth/flows', Capabilities::MANAGE ),
		array( 'GET', 'oauth/flows/\d+', Capabilities::MANAGE ),
		array( 'GET', 'push/channels', Capabilities::MANAGE ),
		array( 'POST', 'push/channels', Capabilities::MANAGE ),
		array( 'DELETE', 'push/channels/\d+', Capabilities::MANAGE ),
		array( 'POST', 'teams', Capabilities::MANAGE ),
		array( 'PATCH', 'teams/\d+', Capabilities::MANAGE ),
		array( 'DELETE', 'teams/\d+', Capabilities::MANAGE ),
		array( 'GET', 'teams/\d+/uses', Capabilities::MANAGE ),
		// Rules name forms, so whoever writes rules has to know them.
		array( 'GET', 'forms', Capabilities::LEAD ),
		array( 'POST', 'forms', Capabilities::MANAGE ),
		array( 'PATCH', 'forms/\d+', Capabilities::MANAGE ),
		array( 'DELETE', 'forms/\d+', Capabilities::MANAGE ),
		array( 'GET', 'routing/rules', Capabilities::LEAD ),
		array( 'POST', 'routing/rules', Capabilities::LEAD ),
		array( 'PATCH', 'routing/rules/\d+', Capabilities::LEAD ),
		array( 'DELETE', 'routing/rules/\d+', Capabilities::LEAD ),
		array( 'PUT', 'routing/order', Capabilities::LEAD ),
		array( 'POST', 'routing/dry-run', Capabilities::LEAD ),
	);

	/**
	 * The capability a request takes.
	 *
	 * @param string $method HTTP method in capitals.
	 * @param string $path   Path below the API's root, without slashes at its ends.
	 * @return string|null Null when a browser may not ask for this at all.
	 */
	public static function capability( string $method, string $path ): ?string {
		foreach ( self::ALLOWED as list( $allowed_method, $pattern, $capability ) ) {
			if ( $allowed_method === $method && preg_match( "#^$pattern\\z#", $path ) ) {
				return $capability;
			}
		}
		return null;
	}
}
