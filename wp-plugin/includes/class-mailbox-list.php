<?php
/**
 * How the mailboxes are.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** One line per mailbox: address, state in words, and what the service gave as the reason. */
final class Mailbox_List {

	/**
	 * Prints the list.
	 *
	 * @param object[] $mailboxes Each with address, state, reason.
	 */
	public static function render( array $mailboxes ): void {
		printf( '<div class="unified-inbox-card"><h2>%s</h2>', esc_html__( 'Mailboxes', 'unified-inbox' ) );
		if ( array() === $mailboxes ) {
			printf( '<p>%s<br><code dir="ltr">inbox mailbox add --help</code></p></div>', esc_html__( 'No mailbox yet. Add the first one on the machine that runs the service:', 'unified-inbox' ) );
			return;
		}
		echo '<ul class="unified-inbox-mailboxes">';
		foreach ( $mailboxes as $mailbox ) {
			self::print_line( (string) ( $mailbox->address ?? '' ), (string) ( $mailbox->state ?? '' ), (string) ( $mailbox->reason ?? '' ) );
		}
		echo '</ul></div>';
	}

	/**
	 * One mailbox.
	 *
	 * @param string $address Address.
	 * @param string $state   Code of the service.
	 * @param string $reason  Words of the service, or ''.
	 */
	private static function print_line( string $address, string $state, string $reason ): void {
		list( $tone, $words ) = self::words( $state );
		printf(
			'<li><span class="unified-inbox-dot is-%s"></span><bdi>%s</bdi><span class="unified-inbox-state">%s</span>',
			esc_attr( $tone ),
			esc_html( $address ),
			esc_html( $words )
		);
		if ( '' !== $reason ) {
			printf( '<span class="description" dir="auto">%s</span>', esc_html( $reason ) );
		}
		echo '</li>';
	}

	/**
	 * A state's colour and words.
	 *
	 * @param string $state Code of the service.
	 * @return string[] Tone and words.
	 */
	public static function words( string $state ): array {
		$known = array(
			'syncing'       => array( 'busy', __( 'Fetching older mail', 'unified-inbox' ) ),
			'healthy'       => array( 'good', __( 'Up to date', 'unified-inbox' ) ),
			'degraded'      => array( 'busy', __( 'Behind, catching up by itself', 'unified-inbox' ) ),
			'reauth_needed' => array( 'bad', __( 'Needs to be connected again', 'unified-inbox' ) ),
			'stopped'       => array( 'bad', __( 'Stopped', 'unified-inbox' ) ),
		);
		return $known[ $state ] ?? array( 'busy', $state );
	}
}
