<?php
/**
 * The settings page: is this site connected, and how are its mailboxes?
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox;

use UnifiedInbox\Care\Alarm;
use UnifiedInbox\Care\Moved;
use UnifiedInbox\Care\Pages;
use UnifiedInbox\Care\Removal;
use UnifiedInbox\Care\Settings_App;

defined( 'ABSPATH' ) || exit;

/** Handles the page's forms and prints it, to leads only what they may do; the parts are in Pairing_Form and Connection_Card. */
final class Settings_Screen {

	const SLUG  = 'unified-inbox-settings';
	const NONCE = 'unified_inbox_settings';

	/**
	 * What the last sent form ran into, shown in the same request so that nothing typed is lost.
	 *
	 * @var \WP_Error|null
	 */
	private static $failure = null;

	/**
	 * What the service says of this site, asked for once: the app and the page below it need it.
	 *
	 * @var Answer|\WP_Error|null
	 */
	private static $site = null;

	/** Adds the page below Inbox for all who answer: everybody says there what he is mailed. */
	public static function register(): void {
		$title = __( 'Inbox settings', 'unified-inbox' );
		$hook  = add_submenu_page( Inbox_Screen::SLUG, $title, __( 'Settings', 'unified-inbox' ) . Alarm::html(), Capabilities::REPLY, self::SLUG, array( self::class, 'render' ) );
		if ( $hook ) {
			add_action( "load-$hook", array( self::class, 'prepare' ) );
		}
	}

	/** Address of the page. */
	public static function url(): string {
		return admin_url( 'admin.php?page=' . self::SLUG );
	}

	/** Does what a sent form asks for, then brings in the styles. */
	public static function prepare(): void {
		$done = self::handle();
		if ( true === $done ) {
			wp_safe_redirect( self::url() );
			exit;
		}
		self::$failure = $done;
		Colour_Schemes::follow();
		// WordPress would put pictures from another host in place of emoji in customers' words, behind the app's back.
		remove_action( 'admin_print_scripts', 'print_emoji_detection_script' );
		add_action(
			'admin_enqueue_scripts',
			static function (): void {
				wp_enqueue_style( 'unified-inbox-settings', plugins_url( 'assets/settings.css', UNIFIED_INBOX_FILE ), array( 'common' ), UNIFIED_INBOX_VERSION );
				if ( ! is_wp_error( Pairing::connection() ) ) {
					Settings_App::enqueue( self::has_moved( self::site() ) );
				}
			}
		);
	}

	/**
	 * The work of a sent form.
	 *
	 * @return true|\WP_Error|null True when done, null when nothing was sent.
	 */
	public static function handle() {
		$wish = self::posted( 'unified_inbox_action' );
		if ( '' === $wish ) {
			return null;
		}
		check_admin_referer( self::NONCE );
		if ( ! current_user_can( Capabilities::MANAGE ) ) {
			return new \WP_Error( 'forbidden', __( 'Your role in the inbox does not allow this. Ask whoever manages the inbox.', 'unified-inbox' ) );
		}
		return self::fulfil( $wish );
	}

	/**
	 * Does one thing.
	 *
	 * @param string $wish What the form asks for.
	 * @return true|\WP_Error|null
	 */
	private static function fulfil( string $wish ) {
		switch ( $wish ) {
			case 'pair':
				return Pairing::pair( self::posted( 'service_url' ), self::posted( 'code' ) );
			case 'rotate':
				return Pairing::rotate();
			case 'unpair':
				Pairing::unpair();
				return true;
			case 'moved':
			case 'copy':
				return Moved::choose( $wish );
			case 'make_pages':
				return Pages::make();
			case 'removal':
				Removal::decide( '1' === self::posted( 'remove_all' ) );
				return true;
		}
		return null;
	}

	/** Prints the page. */
	public static function render(): void {
		$connection = Pairing::connection();
		printf( '<div class="wrap unified-inbox-settings"><h1>%s</h1>', esc_html__( 'Inbox settings', 'unified-inbox' ) );
		if ( ! current_user_can( Capabilities::MANAGE ) ) {
			self::print_for_leads( $connection );
		} elseif ( is_wp_error( $connection ) ) {
			self::print_unconnected( $connection );
		} else {
			self::print_connected();
		}
		echo '</div>';
	}

	/**
	 * The rules alone: the connection and its endings are for managers.
	 *
	 * @param Connection|\WP_Error $connection Of this site.
	 */
	private static function print_for_leads( $connection ): void {
		$site       = is_wp_error( $connection ) ? $connection : self::site();
		self::$site = null;
		if ( is_wp_error( $site ) ) {
			wp_admin_notice( esc_html__( 'This site is not connected to the inbox service at the moment. Ask whoever manages the inbox.', 'unified-inbox' ), array( 'type' => 'warning' ) );
			return;
		}
		Settings_App::render( null );
	}

	/**
	 * Hidden fields every form of this page carries.
	 *
	 * @param string $wish What the form asks for.
	 */
	public static function print_form_start( string $wish ): void {
		printf( '<form method="post" action="%s">', esc_url( self::url() ) );
		wp_nonce_field( self::NONCE );
		printf( '<input type="hidden" name="unified_inbox_action" value="%s">', esc_attr( $wish ) );
	}

	/**
	 * A text out of the sent form.
	 *
	 * @param string $name Field.
	 */
	private static function posted( string $name ): string {
		// phpcs:ignore WordPress.Security.NonceVerification -- handle() checks it before anything is done.
		return isset( $_POST[ $name ] ) && is_string( $_POST[ $name ] ) ? sanitize_text_field( wp_unslash( $_POST[ $name ] ) ) : '';
	}

	/**
	 * The form, with what is wrong above it.
	 *
	 * @param \WP_Error $state Why there is no connection.
	 */
	private static function print_unconnected( \WP_Error $state ): void {
		if ( 'secret_unreadable' === $state->get_error_code() ) {
			wp_admin_notice( esc_html( $state->get_error_message() ), array( 'type' => 'error' ) );
		}
		$typed = self::posted( 'service_url' );
		Pairing_Form::render( '' === $typed ? Pairing::service_url() : $typed, self::posted( 'code' ), self::$failure );
	}

	/** State and mailboxes, as the service tells them. */
	private static function print_connected(): void {
		if ( self::$failure ) {
			wp_admin_notice( esc_html( self::$failure->get_error_message() ), array( 'type' => 'error' ) );
		}
		$site       = self::site();
		self::$site = null;
		if ( self::has_moved( $site ) ) {
			Moved::render();
			return;
		}
		if ( ! is_wp_error( $site ) ) {
			Settings_App::render( is_array( $site->body->mailboxes ?? null ) ? $site->body->mailboxes : array() );
			echo '<div data-unified-inbox-tab="forms">';
			Pages::render();
			echo '</div>';
		}
		// The app shows these under its tabs; without JavaScript they simply follow each other.
		echo '<div data-unified-inbox-tab="connection">';
		self::print_waiting();
		Connection_Card::render( Pairing::service_url(), $site );
		Connection_Card::render_endings();
		Removal::render();
		echo '</div>';
	}

	/** Says that forms wait, on this page alone. */
	private static function print_waiting(): void {
		$number = count( Forms\Queue::files() );
		if ( $number > 0 ) {
			/* translators: %s: number of forms. */
			$words = sprintf( _n( '%s form waits for the service. It is kept here, encrypted, and goes out by itself.', '%s forms wait for the service. They are kept here, encrypted, and go out by themselves.', $number, 'unified-inbox' ), number_format_i18n( $number ) );
			wp_admin_notice( esc_html( $words ), array( 'type' => 'warning' ) );
		}
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
	 * Whether the service knows this site by another address.
	 *
	 * @param Answer|\WP_Error $site From site().
	 */
	private static function has_moved( $site ): bool {
		return is_wp_error( $site ) && 'site_moved' === $site->get_error_code();
	}
}
