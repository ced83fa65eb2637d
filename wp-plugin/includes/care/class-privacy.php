<?php
/**
 * Requests for one's own data, and for their erasure.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Forms\Queue;

defined( 'ABSPATH' ) || exit;

/** Joins WordPress's own tools for privacy: exporter, eraser, and a text to begin the policy with. */
final class Privacy {

	/** Joins the tools. */
	public static function register(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( self::class, 'add_exporter' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( self::class, 'add_eraser' ) );
		add_action( 'admin_init', array( self::class, 'suggest_policy' ) );
	}

	/**
	 * Adds our exporter.
	 *
	 * @param array<string, mixed> $exporters Others'.
	 * @return array<string, mixed>
	 */
	public static function add_exporter( $exporters ) {
		$exporters['unified-inbox'] = array(
			'exporter_friendly_name' => __( 'Unified Inbox', 'unified-inbox' ),
			'callback'               => array( Privacy_Export::class, 'export' ),
		);
		return $exporters;
	}

	/**
	 * Adds our eraser.
	 *
	 * @param array<string, mixed> $erasers Others'.
	 * @return array<string, mixed>
	 */
	public static function add_eraser( $erasers ) {
		$erasers['unified-inbox'] = array(
			'eraser_friendly_name' => __( 'Unified Inbox', 'unified-inbox' ),
			'callback'             => array( Privacy_Erasure::class, 'erase' ),
		);
		return $erasers;
	}

	/** Offers a text for the site's policy. The hook runs on every admin page, so the text is made only where it is read. */
	public static function suggest_policy(): void {
		if ( ! in_array( $GLOBALS['pagenow'] ?? '', array( 'options-privacy.php', 'privacy-policy-guide.php' ), true ) ) {
			return;
		}
		$words = __( 'When you write to us by e-mail or with our form, your name, your address, your message and your files are kept in our inbox service so that our team can answer. If that service is down, what you sent with the form waits on this site, encrypted, and is erased once it was handed over. The page that shows the state of your request keeps one cookie until you close the browser. It is needed to show you your own requests only.', 'unified-inbox' );
		wp_add_privacy_policy_content( __( 'Unified Inbox', 'unified-inbox' ), wp_kses_post( wpautop( $words ) ) );
	}

	/**
	 * Waiting forms of somebody, by file.
	 *
	 * @param string $email Address.
	 * @return array<string, \UnifiedInbox\Forms\Entry>
	 */
	public static function waiting( string $email ): array {
		$found = array();
		foreach ( Queue::files() as $file ) {
			$entry = Queue::open( $file );
			if ( $entry && 0 === strcasecmp( $entry->email(), $email ) ) {
				$found[ $file ] = $entry;
			}
		}
		return $found;
	}
}
