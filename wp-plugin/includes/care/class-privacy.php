<?php
/**
 * Requests for one's own data, and for their erasure.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Actor;
use UnifiedInbox\Client;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Pairing;

defined( 'ABSPATH' ) || exit;

/** Joins WordPress's own tools for privacy: exporter, eraser, and a text to begin the policy with. */
final class Privacy {

	/** Tickets that one step of the export reads; WordPress asks again for more. */
	const STEP = 10;

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
			'callback'               => array( self::class, 'export' ),
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
			'callback'             => array( self::class, 'erase' ),
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
	 * One step of an export.
	 *
	 * @param string $email Whose data.
	 * @param int    $page  1 and up.
	 * @return array{data: array<int, array<string, mixed>>, done: bool}|\WP_Error
	 */
	public static function export( $email, $page = 1 ) {
		$data    = 1 === (int) $page ? array_map( array( self::class, 'entry_item' ), self::waiting( (string) $email ) ) : array();
		$tickets = Pairing::is_paired() ? self::tickets( (string) $email ) : array();
		if ( is_wp_error( $tickets ) ) {
			return $tickets;
		}
		foreach ( array_slice( $tickets, ( (int) $page - 1 ) * self::STEP, self::STEP ) as $ticket ) {
			$messages = self::pages( '/tickets/' . (int) ( $ticket->number ?? 0 ) . '/messages' );
			if ( is_wp_error( $messages ) ) {
				return $messages;
			}
			$data[] = self::ticket_item( $ticket, $messages );
		}
		return array(
			'data' => $data,
			'done' => count( $tickets ) <= (int) $page * self::STEP,
		);
	}

	/**
	 * Erases what WordPress itself holds; says what the service still does.
	 *
	 * @param string $email Whose data.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function erase( $email ) {
		$waiting = self::waiting( (string) $email );
		array_map( array( Queue::class, 'erase' ), array_keys( $waiting ) );
		$tickets = Pairing::is_paired() ? self::tickets( (string) $email ) : array();
		if ( is_wp_error( $tickets ) ) {
			return $tickets;
		}
		$number   = count( $tickets );
		/* translators: %s: number of tickets. */
		$messages = 0 === $number ? array() : array( sprintf( _n( '%s ticket of this person stays in the inbox service. Erase it there.', '%s tickets of this person stay in the inbox service. Erase them there.', $number, 'unified-inbox' ), number_format_i18n( $number ) ) );
		return array(
			'items_removed'  => count( $waiting ),
			'items_retained' => $number > 0,
			'messages'       => $messages,
			'done'           => true,
		);
	}

	/**
	 * Waiting forms of somebody, by file.
	 *
	 * @param string $email Address.
	 * @return array<string, \UnifiedInbox\Forms\Entry>
	 */
	private static function waiting( string $email ): array {
		$found = array();
		foreach ( Queue::files() as $file ) {
			$entry = Queue::open( $file );
			if ( $entry && 0 === strcasecmp( $entry->email(), $email ) ) {
				$found[ $file ] = $entry;
			}
		}
		return $found;
	}

	/**
	 * Tickets of somebody, over all pages of the search: it finds names as well, so addresses are compared here.
	 *
	 * @param string $email Address.
	 * @return object[]|\WP_Error
	 */
	private static function tickets( string $email ) {
		$customers = self::pages( '/customers?query=' . rawurlencode( $email ) );
		if ( is_wp_error( $customers ) ) {
			return $customers;
		}
		$tickets = array();
		foreach ( $customers as $customer ) {
			$addresses = array_map( 'strtolower', array_column( (array) ( $customer->addresses ?? array() ), 'email' ) );
			if ( in_array( strtolower( $email ), $addresses, true ) ) {
				$answer = self::get( '/customers/' . rawurlencode( (string) $customer->id ) );
				if ( is_wp_error( $answer ) ) {
					return $answer;
				}
				$tickets = array_merge( $tickets, (array) ( $answer->body->tickets ?? array() ) );
			}
		}
		return $tickets;
	}

	/**
	 * A list to its end.
	 *
	 * @param string $path List.
	 * @return object[]|\WP_Error
	 */
	private static function pages( string $path ) {
		$items  = array();
		$cursor = '';
		do {
			$answer = self::get( $path . ( '' === $cursor ? '' : ( false === strpos( $path, '?' ) ? '?' : '&' ) . 'cursor=' . rawurlencode( $cursor ) ) );
			if ( is_wp_error( $answer ) ) {
				return $answer;
			}
			$items  = array_merge( $items, (array) ( $answer->body->items ?? array() ) );
			$cursor = $answer->text( 'next_cursor' );
		} while ( '' !== $cursor );
		return $items;
	}

	/**
	 * Asks as the person who runs the export: it may hold no more than that person may see.
	 *
	 * @param string $path Path with query.
	 * @return \UnifiedInbox\Answer|\WP_Error
	 */
	private static function get( string $path ) {
		$answer = Client::call( Actor::agent( get_current_user_id() ), 'GET', $path );
		return is_wp_error( $answer ) || $answer->ok() ? $answer : $answer->error();
	}

	/**
	 * A ticket in the form of an export.
	 *
	 * @param object   $ticket   As the service tells it.
	 * @param object[] $messages As the service tells them.
	 * @return array<string, mixed>
	 */
	private static function ticket_item( object $ticket, array $messages ): array {
		$lines = array(
			self::line( __( 'Subject', 'unified-inbox' ), (string) ( $ticket->subject ?? '' ) ),
			self::line( __( 'Created', 'unified-inbox' ), (string) ( $ticket->created_at ?? '' ) ),
		);
		foreach ( $messages as $message ) {
			// Notes are the team's words about its work and not what the person gave us.
			if ( 'note' !== ( $message->kind ?? '' ) ) {
				$who     = (string) ( $message->author->name ?? $message->author->email ?? '' );
				$lines[] = self::line( trim( ( $message->created_at ?? '' ) . ' ' . $who ), trim( ( $message->text ?? '' ) . "\n\n" . ( $message->folded_text ?? '' ) ) );
			}
		}
		return self::item( 'ticket-' . ( $ticket->reference ?? '' ), $lines );
	}

	/**
	 * A waiting form in the form of an export.
	 *
	 * @param \UnifiedInbox\Forms\Entry $entry Waiting.
	 * @return array<string, mixed>
	 */
	private static function entry_item( $entry ): array {
		$lines = array();
		foreach ( (array) $entry->body['fields'] as $name => $value ) {
			$lines[] = self::line( (string) $name, is_bool( $value ) ? ( $value ? '1' : '0' ) : (string) $value );
		}
		foreach ( $entry->body['files'] as $file ) {
			$lines[] = self::line( __( 'File', 'unified-inbox' ), (string) $file['name'] );
		}
		return self::item( 'form-' . $entry->shown_reference(), $lines );
	}

	/**
	 * One item of an export.
	 *
	 * @param string                            $id    Id.
	 * @param array<int, array<string, string>> $lines From line().
	 * @return array<string, mixed>
	 */
	private static function item( string $id, array $lines ): array {
		return array(
			'group_id'    => 'unified-inbox',
			'group_label' => __( 'Requests to our team', 'unified-inbox' ),
			'item_id'     => "unified-inbox-$id",
			'data'        => $lines,
		);
	}

	/**
	 * One line of an item; WordPress prints the value as HTML.
	 *
	 * @param string $name  Name.
	 * @param string $value Plain text.
	 * @return array{name: string, value: string}
	 */
	private static function line( string $name, string $value ): array {
		return array(
			'name'  => esc_html( $name ),
			'value' => nl2br( esc_html( $value ) ),
		);
	}
}
