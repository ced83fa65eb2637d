<?php
/**
 * What the plugin needs to speak to the service.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** One paired site's address of the service, names and secret, opened and ready. */
final class Connection {

	/**
	 * Root address of the service, without a trailing slash.
	 *
	 * @var string
	 */
	public $service_url;

	/**
	 * Our name at the service.
	 *
	 * @var string
	 */
	public $site_id;

	/**
	 * Which of the site's keys signs.
	 *
	 * @var string
	 */
	public $key_id;

	/**
	 * The shared secret. Never leaves PHP.
	 *
	 * @var string
	 */
	public $secret;

	/**
	 * Takes what pairing stored.
	 *
	 * @param string $service_url Root address of the service.
	 * @param string $site_id     Our name at the service.
	 * @param string $key_id      Which key signs.
	 * @param string $secret      The shared secret.
	 */
	public function __construct( string $service_url, string $site_id, string $key_id, string $secret ) {
		$this->service_url = $service_url;
		$this->site_id     = $site_id;
		$this->key_id      = $key_id;
		$this->secret      = $secret;
	}

	/**
	 * The address this site goes by. Read from the setting and not through home_url(), whose scheme follows the
	 * request and whose path follows language plugins: it must be the same text at every call.
	 */
	public static function home(): string {
		return untrailingslashit( (string) get_option( 'home' ) );
	}
}
