<?php
/**
 * One session that is always there and never written down.
 *
 * @package UnifiedInbox
 */

/** What a page drawn in a process of its own is signed in by. */
final class Own_Session extends WP_Session_Tokens {

	/** Every session of the user. */
	protected function get_sessions(): array {
		return array();
	}

	/**
	 * The session behind any token.
	 *
	 * @param string $verifier Hash of the token.
	 */
	protected function get_session( $verifier ): array {
		return array( 'expiration' => time() + 3600 );
	}

	/**
	 * Keeps nothing.
	 *
	 * @param string     $verifier Hash of the token.
	 * @param array|null $session  Session.
	 */
	protected function update_session( $verifier, $session = null ): void {}

	/**
	 * Has nothing to end.
	 *
	 * @param string $verifier Hash of the token.
	 */
	protected function destroy_other_sessions( $verifier ): void {}

	/** Has nothing to end. */
	protected function destroy_all_sessions(): void {}
}
