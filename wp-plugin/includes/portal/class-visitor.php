<?php
/**
 * Who looks at the status page.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Portal;

use UnifiedInbox\Actor;

defined( 'ABSPATH' ) || exit;

/** As whom the service is asked: by a followed link, by a code, or as a user of this site. */
final class Visitor {

	/**
	 * Everybody this visitor may ask for one ticket as, the narrowest right first.
	 *
	 * @param Visit  $visit     From the cookie.
	 * @param string $reference Ticket.
	 * @return Actor[]
	 */
	public static function for_ticket( Visit $visit, string $reference ): array {
		$link = $visit->links[ $reference ] ?? '';
		return array_merge( '' === $link ? array() : array( Actor::guest_by_link( $link ) ), self::for_list( $visit ) );
	}

	/**
	 * Everybody this visitor may ask for a list as.
	 *
	 * @param Visit $visit From the cookie.
	 * @return Actor[]
	 */
	public static function for_list( Visit $visit ): array {
		$actors = '' === $visit->session ? array() : array( Actor::guest_by_code( $visit->session ) );
		$user   = wp_get_current_user();
		return $user->exists() ? array_merge( $actors, array( Actor::customer( $user ) ) ) : $actors;
	}
}
