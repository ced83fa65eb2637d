<?php
/**
 * What every test of the plugin starts from.
 *
 * @package UnifiedInbox
 */

use UnifiedInbox\Badge;
use UnifiedInbox\Pairing;
use UnifiedInbox\Plugin;

/** A site with the plugin set up, not paired, nobody logged in; each test's rows are rolled back. */
abstract class Plugin_Test_Case extends PHPUnit\Framework\TestCase {

	const SERVICE = 'http://127.0.0.1:9999';
	const SECRET  = 'a-secret-nobody-may-see';

	/**
	 * WordPress lives in globals; copying them would cost seconds a test.
	 *
	 * @var bool
	 */
	protected $backupGlobals = false;

	/**
	 * The service's stand-in.
	 *
	 * @var Fake_Service
	 */
	protected $service;

	/** Begins the transaction and a quiet site. */
	protected function setUp(): void {
		global $wpdb;
		$wpdb->query( 'START TRANSACTION' );
		wp_set_current_user( 0 );
		$this->service = new Fake_Service();
		// The site may be in use: what it has is out of the way until the rollback, its waiting forms above all.
		$ours = array( Pairing::OPTION, Badge::OPTION, UnifiedInbox\Forms\Queue::OPTION, UnifiedInbox\Forms\Definitions::OPTION, UnifiedInbox\Portal\Status_Address::OPTION, UnifiedInbox\Care\Alarm::OPTION, UnifiedInbox\Care\Removal::OPTION );
		array_map( 'delete_option', $ours );
		UnifiedInbox\Care\Removal::stop();
		UnifiedInbox\Agents::forget_reports();
		Plugin::set_up();
		$GLOBALS['wp_rest_server'] = null;
	}

	/** Forgets everything the test did. */
	protected function tearDown(): void {
		global $wpdb;
		// Users a test made still wait to be reported: an unpaired site reports nobody.
		delete_option( Pairing::OPTION );
		UnifiedInbox\Agents::report_touched();
		remove_filter( 'pre_http_request', array( $this->service, 'take' ), 99 );
		$wpdb->query( 'ROLLBACK' );
		wp_cache_flush();
		$_POST = $_REQUEST = $_COOKIE = array();
		$GLOBALS['wp_rest_auth_cookie'] = null;
	}

	/**
	 * Makes a user.
	 *
	 * @param string                $role   Role.
	 * @param array<string, string> $fields Further fields.
	 */
	protected function user( string $role, array $fields = array() ): int {
		static $made = 0;
		++$made;
		$id = wp_insert_user( $fields + array( 'user_login' => "test_{$made}_$role", 'user_pass' => wp_generate_password(), 'user_email' => "test_{$made}@example.test", 'role' => $role ) );
		$this->assertIsInt( $id );
		return $id;
	}

	/**
	 * Works as a new user of a role.
	 *
	 * @param string $role Role.
	 */
	protected function log_in( string $role ): int {
		$id = $this->user( $role );
		wp_set_current_user( $id );
		return $id;
	}

	/** Pairs the site with the stand-in, and forgets the requests that took. */
	protected function pair(): void {
		$this->service->answers( 'POST /pairing', 201, array( 'site_id' => '7', 'key_id' => 'k1', 'secret' => self::SECRET ) );
		$this->service->answers( 'PUT /agents', 200, array( 'agents' => 1, 'suspended' => 0 ) );
		$this->assertTrue( Pairing::pair( self::SERVICE, 'code' ) );
		UnifiedInbox\Agents::report_touched();
		$this->service->requests = array();
	}

	/**
	 * A request through the REST API.
	 *
	 * @param string                $method  HTTP method.
	 * @param string                $path    Below /unified-inbox/v1/.
	 * @param array<string, string> $query   Query.
	 * @param string                $body    JSON.
	 * @param array<string, string> $headers Headers.
	 */
	protected function rest( string $method, string $path, array $query = array(), string $body = '', array $headers = array() ): WP_REST_Response {
		$request = new WP_REST_Request( $method, "/unified-inbox/v1/$path" );
		$request->set_query_params( $query );
		$request->set_body( $body );
		$request->set_headers( $headers + array( 'Content-Type' => 'application/json' ) );
		return rest_do_request( $request );
	}

	/**
	 * Opens a token the way the service does.
	 *
	 * @param string $token  Compact JWT.
	 * @param string $secret The key.
	 * @return array{0: array<string, mixed>, 1: array<string, mixed>} Header and claims.
	 */
	protected function open_token( string $token, string $secret = self::SECRET ): array {
		list( $header, $claims, $signature ) = explode( '.', $token );
		$expected                            = hash_hmac( 'sha256', "$header.$claims", $secret, true );
		$this->assertSame( bin2hex( $expected ), bin2hex( $this->from_base64url( $signature ) ) );
		return array( json_decode( $this->from_base64url( $header ), true ), json_decode( $this->from_base64url( $claims ), true ) );
	}

	/**
	 * The claims a recorded request was signed with.
	 *
	 * @param array<string, mixed> $request From Fake_Service.
	 * @return array<string, mixed>
	 */
	protected function claims( array $request ): array {
		return $this->open_token( substr( $request['headers']['Authorization'], strlen( 'Bearer ' ) ) )[1];
	}

	/**
	 * What a callable prints.
	 *
	 * @param callable $work Prints.
	 */
	protected function printed( callable $work ): string {
		ob_start();
		$work();
		return (string) ob_get_clean();
	}

	/**
	 * Decodes base64url without padding.
	 *
	 * @param string $text Encoded.
	 */
	private function from_base64url( string $text ): string {
		return (string) base64_decode( strtr( $text, '-_', '+/' ), true );
	}
}
