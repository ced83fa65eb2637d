<?php
/**
 * The form on a page.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Forms;

use UnifiedInbox\Capabilities;
use UnifiedInbox\Secret_Box;
use UnifiedInbox\Settings_Screen;
use UnifiedInbox\Portal\Status_Address;

defined( 'ABSPATH' ) || exit;

/** Block and shortcode; a sent form is handled before the page is drawn, and ends in a fresh address. */
final class Form_Page {

	const SENT = 'unified_inbox_sent';
	const MOST = 10;

	/**
	 * The refused submission of this request, by form.
	 *
	 * @var array<string, Submission>
	 */
	private static $refused = array();

	/**
	 * Forms drawn so far: each needs its own ids.
	 *
	 * @var int
	 */
	private static $drawn = 0;

	/** Hooks a sent form; the block is registered by Blocks. */
	public static function register(): void {
		add_action( 'template_redirect', array( self::class, 'take' ) );
	}

	/** Handles a sent form: away to the thanks, or on to the page with what is wrong. */
	public static function take(): void {
		// phpcs:ignore WordPress.Security.NonceVerification -- a visitor has no nonce; Guard checks a token of ours.
		$posted = wp_unslash( $_POST );
		if ( ! isset( $posted['unified_inbox_form'] ) || ! is_string( $posted['unified_inbox_form'] ) ) {
			return;
		}
		nocache_headers();
		$reference = self::submit( $posted, $_FILES );
		if ( '' !== $reference ) {
			wp_safe_redirect( self::thanks_address( $reference ), 303 );
			exit;
		}
	}

	/**
	 * Sends what was posted on to the service, or into the queue.
	 *
	 * @param array<string, mixed> $posted  Without slashes.
	 * @param array<string, mixed> $files   As $_FILES.
	 * @param callable|null        $is_sent See Upload::read().
	 * @return string The reference, or '' when something is wrong.
	 */
	public static function submit( array $posted, array $files, ?callable $is_sent = null ): string {
		$form = Definitions::find( (string) $posted['unified_inbox_form'] );
		if ( null === $form ) {
			return '';
		}
		$values     = is_array( $posted['unified_inbox'] ?? null ) ? $posted['unified_inbox'] : array();
		$submission = Submission::read( $form, $values, self::files( $files ), $is_sent );
		$token      = self::text( $posted, 'unified_inbox_token' );
		$objection  = Guard::objection( $token, $form->id, self::text( $posted, Guard::TRAP ) );
		if ( '' === $objection && array() === $submission->errors && ! Guard::within_limit( 'form', self::MOST ) ) {
			$objection = Guard::limit_words();
		}
		if ( '' === $objection && array() === $submission->errors ) {
			$entry = Entry::make( $form->id, $submission->values, $submission->files, $token, self::address() );
			$sent  = Delivery::send( $entry );
			if ( true === $sent ) {
				return $entry->shown_reference();
			}
			$objection = $sent->get_error_message();
		}
		// Beside a field to be filled in, "press the button again" would be wrong; the next try is looked at anew.
		if ( '' !== $objection && array() === $submission->errors ) {
			$submission->errors = array( '' => $objection );
		}
		self::$refused[ $form->id ] = $submission;
		return '';
	}

	/**
	 * Draws the block or shortcode.
	 *
	 * @param array<string, mixed>|string $attributes formId; '' or missing means the site's first form.
	 */
	public static function render( $attributes ): string {
		$attributes = (array) $attributes;
		$form       = Definitions::find( (string) ( $attributes['formId'] ?? $attributes['id'] ?? '' ) );
		++self::$drawn;
		if ( null === $form ) {
			return self::absence();
		}
		wp_enqueue_style( Blocks::STYLE );
		$prefix    = 'unified-inbox-form' . ( self::$drawn > 1 ? '-' . self::$drawn : '' );
		$reference = self::sent_reference();
		$html      = '' === $reference
			? Form_View::html( $form, self::$refused[ $form->id ] ?? null, $prefix, self::address() )
			: Form_View::thanks( $reference, $prefix, Status_Address::get() );
		return sprintf( '<div class="wp-block-unified-inbox-form unified-inbox">%s</div>', $html );
	}

	/** Address of this page without our own additions. The host is the site's: the one in the request is up to its sender. */
	public static function address(): string {
		$home = wp_parse_url( home_url() );
		$root = $home['scheme'] . '://' . $home['host'] . ( isset( $home['port'] ) ? ":{$home['port']}" : '' );
		return remove_query_arg( self::SENT, esc_url_raw( $root . ( $_SERVER['REQUEST_URI'] ?? '/' ) ) );
	}

	/**
	 * Where the thanks are shown. The mark keeps others from making links that show a text of theirs.
	 *
	 * @param string $reference Reference.
	 */
	public static function thanks_address( string $reference ): string {
		return add_query_arg( self::SENT, $reference . '-' . substr( Secret_Box::mark( $reference, 'sent' ), 0, 16 ), self::address() );
	}

	/** The reference in the address, if we made it. */
	private static function sent_reference(): string {
		// phpcs:ignore WordPress.Security.NonceVerification -- only shows a text that carries our own mark.
		list( $reference, $mark ) = explode( '-', self::text( wp_unslash( $_GET ), self::SENT ) . '-' );
		return '' !== $reference && hash_equals( substr( Secret_Box::mark( $reference, 'sent' ), 0, 16 ), $mark ) ? $reference : '';
	}

	/**
	 * The files of our fields, by field.
	 *
	 * @param array<string, mixed> $files As $_FILES.
	 * @return array<string, mixed>
	 */
	private static function files( array $files ): array {
		$ours = array();
		foreach ( $files as $name => $sent ) {
			if ( 0 === strpos( (string) $name, 'unified_inbox_files_' ) ) {
				$ours[ substr( (string) $name, strlen( 'unified_inbox_files_' ) ) ] = $sent;
			}
		}
		return $ours;
	}

	/**
	 * A text out of a request.
	 *
	 * @param array<string, mixed> $posted Without slashes.
	 * @param string               $name   Field.
	 */
	private static function text( array $posted, string $name ): string {
		return is_string( $posted[ $name ] ?? null ) ? $posted[ $name ] : '';
	}

	/** What stands in place of a form there is none of: the reason for the team, an apology for visitors. */
	private static function absence(): string {
		if ( ! current_user_can( Capabilities::MANAGE ) ) {
			return sprintf( '<p class="unified-inbox">%s</p>', esc_html__( 'The form cannot be shown just now. Please try again later.', 'unified-inbox' ) );
		}
		return sprintf(
			'<p class="unified-inbox">%s <a href="%s">%s</a></p>',
			esc_html__( 'Visitors see no form here yet: the site has none, or it is not connected to the inbox service.', 'unified-inbox' ),
			esc_url( Settings_Screen::url() ),
			esc_html__( 'Open the settings', 'unified-inbox' )
		);
	}
}
