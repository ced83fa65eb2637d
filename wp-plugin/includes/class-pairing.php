<?php
/**
 * Connects this site to a service, and keeps what that takes.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

defined( 'ABSPATH' ) || exit;

/** The life of a connection: pair, rotate, unpair, and reading it back. */
final class Pairing {

	const OPTION = 'unified_inbox_connection';

	/**
	 * Exchanges a one-time code for this site's own key.
	 *
	 * @param string $service_url Root address of the service.
	 * @param string $code        Code printed by `inbox site add`.
	 * @return true|\WP_Error Error data names the field at fault: service_url or code.
	 */
	public static function pair( string $service_url, string $code ) {
		$address = Service_Address::clean( $service_url );
		if ( is_wp_error( $address ) ) {
			return $address;
		}
		if ( '' === trim( $code ) ) {
			return new \WP_Error( 'code_missing', __( 'Enter the pairing code that "inbox site add" printed on the server.', 'unified-inbox' ), array( 'field' => 'code' ) );
		}
		if ( self::has_secret_constant() ) {
			return self::fixed_by_constant();
		}
		$answer = Client::send( $address, 'POST', '/pairing', (string) wp_json_encode( self::introduction( trim( $code ) ) ) );
		if ( is_wp_error( $answer ) ) {
			return self::at_field( $answer, 'service_url' );
		}
		if ( 201 !== $answer->status ) {
			return self::refused( $answer );
		}
		return self::accept( $address, $answer );
	}

	/** Forgets the service. Tickets and mailboxes stay as they are in it. */
	public static function unpair(): void {
		Agents::unschedule();
		Agents::forget_reports();
		delete_option( self::OPTION );
		Forms\Definitions::forget();
		Badge::reset();
		Care\Alarm::unschedule();
		Care\Alarm::reset();
	}

	/**
	 * Replaces the key; the old one is good for another 24 hours.
	 *
	 * @return true|\WP_Error
	 */
	public static function rotate() {
		if ( self::has_secret_constant() ) {
			return self::fixed_by_constant();
		}
		$answer = Client::call_as_plugin( 'POST', '/pairing/rotate' );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$stored = self::stored();
		$kept   = self::keep( $stored['service_url'], $stored['site_id'], $answer );
		do_action( 'unified_inbox_key_changed' );
		return $kept;
	}

	/** Whether a pairing is stored; it may still be unreadable. */
	public static function is_paired(): bool {
		return array() !== self::stored();
	}

	/**
	 * The connection, opened.
	 *
	 * @return Connection|\WP_Error Codes: not_paired, secret_unreadable.
	 */
	public static function connection() {
		$stored = self::stored();
		if ( array() === $stored ) {
			return Problem::not_paired();
		}
		list( $key_id, $secret ) = self::key( $stored );
		if ( null === $secret ) {
			return Problem::secret_unreadable();
		}
		return new Connection( $stored['service_url'], $stored['site_id'], $key_id, $secret );
	}

	/** Address of the paired service, or ''. */
	public static function service_url(): string {
		return self::stored()['service_url'] ?? '';
	}

	/**
	 * What the service wants to know about us.
	 *
	 * @param string $code Pairing code.
	 * @return array<string, string>
	 */
	private static function introduction( string $code ): array {
		return array(
			'code'     => $code,
			'home_url' => Connection::home(),
			'name'     => wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ),
			'locale'   => get_locale(),
			'timezone' => wp_timezone_string(),
		);
	}

	/**
	 * Stores the key and introduces the agents.
	 *
	 * @param string $address Root address of the service.
	 * @param Answer $answer  The 201.
	 * @return true|\WP_Error
	 */
	private static function accept( string $address, Answer $answer ) {
		$kept = self::keep( $address, $answer->text( 'site_id' ), $answer );
		if ( true === $kept ) {
			Agents::schedule();
			Agents::report_all();
			/** Fires when the site has got a key, at pairing and at rotation. */
			do_action( 'unified_inbox_key_changed' );
		}
		return $kept;
	}

	/**
	 * Stores a key the service has given.
	 *
	 * @param string $service_url Root address of the service.
	 * @param string $site_id     Our name at the service.
	 * @param Answer $answer      Holds key_id and secret, if it really is the service's.
	 * @return true|\WP_Error
	 */
	private static function keep( string $service_url, string $site_id, Answer $answer ) {
		if ( '' === $site_id || '' === $answer->text( 'key_id' ) || '' === $answer->text( 'secret' ) ) {
			return self::not_the_service();
		}
		self::store( $service_url, $site_id, $answer->text( 'key_id' ), $answer->text( 'secret' ) );
		return true;
	}

	/**
	 * Puts a refusal beside the field it is about.
	 *
	 * @param Answer $answer Not a 201.
	 */
	private static function refused( Answer $answer ): \WP_Error {
		if ( '' === $answer->code() ) {
			return self::not_the_service();
		}
		return self::at_field( $answer->error(), 'https_required' === $answer->code() ? 'service_url' : 'code' );
	}

	/** We cannot write wp-config.php, so a secret there stays what it is. */
	private static function fixed_by_constant(): \WP_Error {
		return new \WP_Error( 'secret_constant', __( 'The secret is set by UNIFIED_INBOX_SECRET in wp-config.php. Remove that line first, then pair again.', 'unified-inbox' ), array( 'field' => 'code' ) );
	}

	/** Some other program sits at the address. */
	private static function not_the_service(): \WP_Error {
		return new \WP_Error( 'not_the_service', __( 'Something answered at this address, but it is not the inbox service.', 'unified-inbox' ), array( 'field' => 'service_url' ) );
	}

	/**
	 * Names the field of an error.
	 *
	 * @param \WP_Error $error Any error.
	 * @param string    $field Field of the form.
	 */
	private static function at_field( \WP_Error $error, string $field ): \WP_Error {
		$error->add_data( array( 'field' => $field ) );
		return $error;
	}

	/**
	 * Writes the option. Not autoloaded: only our own pages and calls need it.
	 *
	 * @param string $service_url Root address of the service.
	 * @param string $site_id     Our name at the service.
	 * @param string $key_id      Which key signs.
	 * @param string $secret      The shared secret, sealed here.
	 */
	private static function store( string $service_url, string $site_id, string $key_id, string $secret ): void {
		$value = array(
			'service_url' => $service_url,
			'site_id'     => $site_id,
			'key_id'      => $key_id,
			'sealed'      => Secret_Box::seal( $secret, self::context( $site_id ) ),
		);
		update_option( self::OPTION, $value, false );
	}

	/**
	 * What the option holds, complete or empty.
	 *
	 * @return array{}|array{service_url: string, site_id: string, key_id: string, sealed: string}
	 */
	private static function stored(): array {
		$value = get_option( self::OPTION );
		return is_array( $value ) && isset( $value['service_url'], $value['site_id'], $value['key_id'], $value['sealed'] ) ? $value : array();
	}

	/**
	 * Ties a sealed secret to this blog and pairing, so that it cannot be moved to another row.
	 *
	 * @param string $site_id Our name at the service.
	 */
	private static function context( string $site_id ): string {
		return get_current_blog_id() . '|' . $site_id;
	}

	/**
	 * Which key signs: the one in wp-config.php, written "key id:secret" as `inbox site rotate` prints it, or the stored one.
	 *
	 * @param array<string, string> $stored From the option.
	 * @return array{0: string, 1: string|null} Key id and secret; the secret is null when it cannot be read.
	 */
	private static function key( array $stored ): array {
		if ( ! self::has_secret_constant() ) {
			return array( $stored['key_id'], Secret_Box::open( $stored['sealed'], self::context( $stored['site_id'] ) ) );
		}
		$parts = explode( ':', (string) constant( 'UNIFIED_INBOX_SECRET' ), 2 );
		return array( $parts[0], empty( $parts[1] ) ? null : $parts[1] );
	}

	/** Whether wp-config.php names a secret. */
	private static function has_secret_constant(): bool {
		return defined( 'UNIFIED_INBOX_SECRET' );
	}
}
