<?php
/**
 * Our tests on WordPress's Site Health page.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Answer;
use UnifiedInbox\Client;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Mailbox_List;
use UnifiedInbox\Pairing;
use UnifiedInbox\Settings_Screen;

defined( 'ABSPATH' ) || exit;

/** Is the site paired, does the service answer, do the clocks agree, how are the mailboxes, does a form wait? */
final class Site_Health {

	/** Seconds that the clocks may differ: the service allows as much. */
	const LEEWAY = 30;

	/** A form that waits for longer than this is worth a warning. */
	const LONG = HOUR_IN_SECONDS;

	/**
	 * The service's answer, asked for once per request.
	 *
	 * @var Answer|\WP_Error|null
	 */
	private static $site = null;

	/** Adds the tests. */
	public static function register(): void {
		add_filter( 'site_status_tests', array( self::class, 'add' ) );
	}

	/**
	 * Names the tests; the ones that ask the service only where there is one to ask.
	 *
	 * @param array<string, array<string, mixed>> $tests Others' tests.
	 * @return array<string, array<string, mixed>>
	 */
	public static function add( $tests ) {
		$ours = array( 'pairing' => __( 'Inbox: connection of this site', 'unified-inbox' ) );
		if ( Pairing::is_paired() ) {
			$ours += array(
				'service'   => __( 'Inbox: the service answers', 'unified-inbox' ),
				'clock'     => __( 'Inbox: the clocks agree', 'unified-inbox' ),
				'mailboxes' => __( 'Inbox: mailboxes', 'unified-inbox' ),
			);
		}
		$ours['forms'] = __( 'Inbox: waiting forms', 'unified-inbox' );
		foreach ( $ours as $name => $label ) {
			$tests['direct'][ "unified_inbox_$name" ] = array(
				'label' => $label,
				'test'  => array( self::class, $name ),
			);
		}
		self::$site = null;
		return $tests;
	}

	/**
	 * Whether the site has a readable key.
	 *
	 * @return array<string, mixed>
	 */
	public static function pairing(): array {
		$connection = Pairing::connection();
		if ( ! is_wp_error( $connection ) ) {
			return self::result( 'pairing', 'good', __( 'This site is connected to its inbox service', 'unified-inbox' ), Pairing::service_url() );
		}
		$status = 'secret_unreadable' === $connection->get_error_code() ? 'critical' : 'recommended';
		return self::result( 'pairing', $status, __( 'This site is not connected to an inbox service', 'unified-inbox' ), $connection->get_error_message() );
	}

	/**
	 * Whether the service answers.
	 *
	 * @return array<string, mixed>
	 */
	public static function service(): array {
		$site = self::site();
		if ( is_wp_error( $site ) ) {
			return self::result( 'service', 'critical', __( 'The inbox service does not answer as it should', 'unified-inbox' ), $site->get_error_message() );
		}
		/* translators: %s: version number. */
		return self::result( 'service', 'good', __( 'The inbox service answers', 'unified-inbox' ), sprintf( __( 'Its version is %s.', 'unified-inbox' ), $site->text( 'version' ) ) );
	}

	/**
	 * Whether the clocks agree: every call carries the time, and one that is off is refused.
	 *
	 * @return array<string, mixed>
	 */
	public static function clock(): array {
		$site = self::site();
		if ( is_wp_error( $site ) && 'token_expired' !== $site->get_error_code() ) {
			return self::result( 'clock', 'recommended', __( 'The clocks could not be compared', 'unified-inbox' ), __( 'The inbox service has to answer first.', 'unified-inbox' ) );
		}
		$apart = is_wp_error( $site ) ? null : abs( time() - (int) strtotime( $site->text( 'service_time' ) ) );
		if ( null !== $apart && $apart <= self::LEEWAY ) {
			/* translators: %s: number of seconds. */
			return self::result( 'clock', 'good', __( 'The clocks of this site and of the inbox service agree', 'unified-inbox' ), sprintf( _n( 'They are %s second apart.', 'They are %s seconds apart.', $apart, 'unified-inbox' ), number_format_i18n( $apart ) ) );
		}
		$words = null === $apart ? $site->get_error_message() : __( 'Set the clocks of both machines by network time; otherwise calls will be refused.', 'unified-inbox' );
		return self::result( 'clock', 'critical', __( 'The clocks of this site and of the inbox service do not agree', 'unified-inbox' ), $words );
	}

	/**
	 * Whether every mailbox is read.
	 *
	 * @return array<string, mixed>
	 */
	public static function mailboxes(): array {
		$site = self::site();
		if ( is_wp_error( $site ) ) {
			return self::result( 'mailboxes', 'recommended', __( 'The mailboxes could not be looked at', 'unified-inbox' ), __( 'The inbox service has to answer first.', 'unified-inbox' ) );
		}
		$lines = array();
		$bad   = false;
		foreach ( is_array( $site->body->mailboxes ?? null ) ? $site->body->mailboxes : array() as $mailbox ) {
			list( $tone, $words ) = Mailbox_List::words( (string) ( $mailbox->state ?? '' ) );
			$bad                  = $bad || 'bad' === $tone;
			$lines[]              = trim( ( $mailbox->address ?? '' ) . ': ' . $words . self::since( $tone, (string) ( $mailbox->since ?? '' ) ) . '. ' . ( $mailbox->reason ?? '' ) );
		}
		if ( array() === $lines ) {
			return self::result( 'mailboxes', 'recommended', __( 'No mailbox is connected yet', 'unified-inbox' ), __( 'Connect one in the settings of the inbox.', 'unified-inbox' ) );
		}
		$label = $bad ? __( 'A mailbox of the inbox needs you', 'unified-inbox' ) : __( 'The mailboxes of the inbox are being read', 'unified-inbox' );
		return self::result( 'mailboxes', $bad ? 'critical' : 'good', $label, implode( "\n", $lines ) );
	}

	/**
	 * For how long a mailbox needs somebody already, '' where it does not.
	 *
	 * @param string $tone  Of its state.
	 * @param string $since When that state began.
	 */
	private static function since( string $tone, string $since ): string {
		$began = (int) strtotime( $since );
		if ( 'bad' !== $tone || $began < 1 ) {
			return '';
		}
		/* translators: %s: a duration such as "2 hours". */
		return ' ' . sprintf( __( '(for %s)', 'unified-inbox' ), human_time_diff( $began ) );
	}

	/**
	 * Whether forms wait for the service.
	 *
	 * @return array<string, mixed>
	 */
	public static function forms(): array {
		$files = Queue::files();
		if ( array() === $files ) {
			return self::result( 'forms', 'good', __( 'No form waits for the inbox service', 'unified-inbox' ), __( 'What visitors send arrives at once.', 'unified-inbox' ) );
		}
		$number = count( $files );
		$since  = human_time_diff( time() - Queue::age() );
		$words  = sprintf(
			/* translators: 1: number of forms, 2: a duration such as "2 hours". */
			_n( '%1$s form is kept here, encrypted, for %2$s already. It goes out by itself as soon as the service takes it.', '%1$s forms are kept here, encrypted, for %2$s already. They go out by themselves as soon as the service takes them.', $number, 'unified-inbox' ),
			number_format_i18n( $number ),
			$since
		);
		$unreadable = count( array_filter( $files, static function ( string $file ): bool {
			return null === Queue::open( $file );
		} ) );
		if ( $unreadable > 0 ) {
			$words .= ' ' . __( 'Some can no longer be read: the salts in wp-config.php were changed meanwhile. Put the old salts back to save them.', 'unified-inbox' );
		}
		return self::result( 'forms', $unreadable > 0 || Queue::age() > self::LONG ? 'critical' : 'recommended', __( 'Forms wait for the inbox service', 'unified-inbox' ), $words );
	}

	/**
	 * What the service says of this site.
	 *
	 * @return Answer|\WP_Error
	 */
	private static function site() {
		self::$site = self::$site ?? Client::call_as_plugin( 'GET', '/site' );
		return self::$site;
	}

	/**
	 * A result in the form WordPress shows.
	 *
	 * @param string $name   Test.
	 * @param string $status good, recommended or critical.
	 * @param string $label  Result in a few words.
	 * @param string $words  More about it, plain text.
	 * @return array<string, mixed>
	 */
	private static function result( string $name, string $status, string $label, string $words ): array {
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => __( 'Inbox', 'unified-inbox' ),
				'color' => 'good' === $status ? 'blue' : 'orange',
			),
			'description' => '<p>' . nl2br( esc_html( $words ) ) . '</p>',
			'actions'     => 'good' === $status ? '' : sprintf( '<p><a href="%s">%s</a></p>', esc_url( Settings_Screen::url() ), esc_html__( 'Open the settings', 'unified-inbox' ) ),
			'test'        => "unified_inbox_$name",
		);
	}
}
