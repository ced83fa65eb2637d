<?php
/**
 * Erasing one's own data, as WordPress asks for it.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Client;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Pairing;

defined( 'ABSPATH' ) || exit;

/** Erases here and in the service, step by step: WordPress asks again until everything is done. */
final class Privacy_Erasure {

	/** So often a service that does not answer is asked again at once; then WordPress offers to try again later. */
	const TRIES = 3;

	/**
	 * One step of an erasure.
	 *
	 * @param string $email Whose data.
	 * @param int    $page  1 and up.
	 * @return array<string, mixed>|\WP_Error An error leaves the request open in WordPress.
	 */
	public static function erase( $email, $page = 1 ) {
		$waiting = array_keys( Privacy::waiting( (string) $email ) );
		array_map( array( Queue::class, 'erase' ), $waiting );
		if ( ! Pairing::is_paired() ) {
			return self::step( count( $waiting ) );
		}
		$answer = Client::call_as_plugin( 'POST', '/customers/erasures', array( 'email' => (string) $email ) );
		if ( is_wp_error( $answer ) ) {
			return (int) $page < self::TRIES ? self::step( count( $waiting ), array( $answer->get_error_message() ), false, true ) : $answer;
		}
		if ( ! empty( $answer->body->held_up ) ) {
			return new \WP_Error( 'unified_inbox_held_up', __( 'A mail to this person is being sent just now. Try again in a few minutes.', 'unified-inbox' ) );
		}
		$kept = self::kept( (array) ( $answer->body->kept ?? array() ) );
		$done = ! empty( $answer->body->done );
		// What was kept is counted from the first step on, and so said once, with the last.
		return self::step( count( $waiting ) + (int) $answer->text( 'removed' ), $done ? $kept : array(), $done, (bool) $kept );
	}

	/**
	 * What WordPress expects to hear.
	 *
	 * @param int      $removed  How many things.
	 * @param string[] $messages For whoever runs the erasure.
	 * @param bool     $done     Whether there is nothing left to do.
	 * @param bool     $retained Whether something is kept.
	 * @return array<string, mixed>
	 */
	private static function step( int $removed, array $messages = array(), bool $done = true, bool $retained = false ): array {
		return array(
			'items_removed'  => $removed,
			'items_retained' => $retained,
			'messages'       => $messages,
			'done'           => $done,
		);
	}

	/**
	 * What the service kept, in words.
	 *
	 * @param object[] $kept As the service tells it.
	 * @return string[]
	 */
	private static function kept( array $kept ): array {
		$counts = array_column( $kept, 'count', 'reason' );
		$words  = array();
		foreach ( $counts as $reason => $count ) {
			$words[] = self::words( (string) $reason, (int) $count );
		}
		return array_values( array_filter( $words ) );
	}

	/**
	 * Why something is kept.
	 *
	 * @param string $reason Of the service.
	 * @param int    $count  How many.
	 */
	private static function words( string $reason, int $count ): string {
		$shown = number_format_i18n( $count );
		switch ( $reason ) {
			case 'team_words':
				/* translators: %s: number of messages. */
				return sprintf( _n( '%s answer or note of your team is kept, without this person’s name, addresses and quoted words.', '%s answers and notes of your team are kept, without this person’s name, addresses and quoted words.', $count, 'unified-inbox' ), $shown );
			case 'others_mail':
				/* translators: %s: number of mails. */
				return sprintf( _n( '%s mail of somebody else that names this person is kept, because it is that person’s.', '%s mails of other people that name this person are kept, because they are theirs.', $count, 'unified-inbox' ), $shown );
			case 'provider_copy':
				/* translators: %s: number of mails. */
				return sprintf( _n( '%s mail still lies in your mailbox at the provider. Delete it there.', '%s mails still lie in your mailbox at the provider. Delete them there.', $count, 'unified-inbox' ), $shown );
			default:
				/* translators: %s: number of things. */
				return sprintf( _n( '%s thing is kept.', '%s things are kept.', $count, 'unified-inbox' ), $shown );
		}
	}
}
