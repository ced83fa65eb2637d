<?php
/**
 * One's own data, as WordPress puts it into a file.
 *
 * @package UnifiedInbox
 */

namespace UnifiedInbox\Care;

use UnifiedInbox\Client;
use UnifiedInbox\Pairing;

defined( 'ABSPATH' ) || exit;

/** Hands on what the service and the local queue hold about an address that WordPress has confirmed. */
final class Privacy_Export {

	/** Where the next page begins; by address and page. */
	const CURSOR = 'unified_inbox_export_';

	/**
	 * One step of an export.
	 *
	 * @param string $email Whose data.
	 * @param int    $page  1 and up.
	 * @return array{data: array<int, array<string, mixed>>, done: bool}|\WP_Error
	 */
	public static function export( $email, $page = 1 ) {
		$page   = (int) $page;
		$local  = 1 === $page ? array_map( array( self::class, 'waiting_item' ), array_values( Privacy::waiting( (string) $email ) ) ) : array();
		$answer = Pairing::is_paired() ? self::ask( (string) $email, $page ) : null;
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$cursor = null === $answer ? '' : $answer->text( 'next_cursor' );
		if ( '' !== $cursor ) {
			set_transient( self::place( (string) $email, $page + 1 ), $cursor, HOUR_IN_SECONDS );
		}
		return array(
			'data' => array_merge( $local, null === $answer ? array() : self::items( $answer->body, $page ) ),
			'done' => '' === $cursor,
		);
	}

	/**
	 * Asks the service for a page.
	 *
	 * @param string $email Address.
	 * @param int    $page  1 and up.
	 * @return \UnifiedInbox\Answer|\WP_Error
	 */
	private static function ask( string $email, int $page ) {
		$cursor = 1 === $page ? null : get_transient( self::place( $email, $page ) );
		if ( false === $cursor ) {
			// Without its place the page would be the first one again, and the file not whole.
			return new \WP_Error( 'unified_inbox_export_lost', __( 'The export took too long. Start it again.', 'unified-inbox' ) );
		}
		return Client::call_as_plugin( 'POST', '/customers/exports', compact( 'email', 'cursor' ) );
	}

	/**
	 * Under which name the place of a page is kept; the address is not readable in it.
	 *
	 * @param string $email Address.
	 * @param int    $page  2 and up.
	 */
	private static function place( string $email, int $page ): string {
		return self::CURSOR . substr( wp_hash( strtolower( $email ) ), 0, 20 ) . '_' . $page;
	}

	/**
	 * A page of the service in the form of an export.
	 *
	 * @param mixed $body Of the answer.
	 * @param int   $page 1 and up.
	 * @return array<int, array<string, mixed>>
	 */
	private static function items( $body, int $page ): array {
		$lines = array();
		foreach ( (array) ( $body->names ?? array() ) as $name ) {
			$lines[] = self::line( __( 'Name', 'unified-inbox' ), (string) $name );
		}
		foreach ( (array) ( $body->addresses ?? array() ) as $address ) {
			$lines[] = self::line( __( 'E-mail', 'unified-inbox' ), (string) $address );
		}
		$items = $lines ? array( self::item( 'person', $lines ) ) : array();
		foreach ( (array) ( $body->tickets ?? array() ) as $ticket ) {
			$items[] = self::ticket_item( $ticket );
		}
		foreach ( (array) ( $body->entries ?? array() ) as $entry ) {
			$items[] = self::entry_item( (string) ( $entry->reference ?? '' ), (array) ( $entry->fields ?? array() ), (array) ( $entry->files ?? array() ) );
		}
		foreach ( (array) ( $body->letters ?? array() ) as $number => $letter ) {
			$items[] = self::item( "mail-$page-$number", self::message_lines( $letter ) );
		}
		return $items;
	}

	/**
	 * A ticket in the form of an export.
	 *
	 * @param object $ticket As the service tells it.
	 * @return array<string, mixed>
	 */
	private static function ticket_item( object $ticket ): array {
		$lines = array(
			self::line( __( 'Reference', 'unified-inbox' ), (string) ( $ticket->reference ?? '' ) ),
			self::line( __( 'Subject', 'unified-inbox' ), (string) ( $ticket->subject ?? '' ) ),
			self::line( __( 'Created', 'unified-inbox' ), (string) ( $ticket->created_at ?? '' ) ),
		);
		if ( ! empty( $ticket->form ) ) {
			$lines[] = self::line( __( 'Form', 'unified-inbox' ), (string) $ticket->form );
		}
		foreach ( (array) ( $ticket->messages ?? array() ) as $message ) {
			$lines = array_merge( $lines, self::message_lines( $message ) );
		}
		return self::item( 'ticket-' . ( $ticket->reference ?? '' ), $lines );
	}

	/**
	 * A message, and the names of its files.
	 *
	 * @param object $message As the service tells it.
	 * @return array<int, array<string, string>>
	 */
	private static function message_lines( object $message ): array {
		$lines = array( self::line( trim( ( $message->created_at ?? '' ) . ' ' . ( $message->name ?? '' ) ), (string) ( $message->text ?? '' ) ) );
		foreach ( (array) ( $message->files ?? array() ) as $file ) {
			$lines[] = self::line( __( 'File', 'unified-inbox' ), (string) $file );
		}
		return $lines;
	}

	/**
	 * A form that waits on this site.
	 *
	 * @param \UnifiedInbox\Forms\Entry $entry Waiting.
	 * @return array<string, mixed>
	 */
	private static function waiting_item( $entry ): array {
		return self::entry_item( $entry->shown_reference(), (array) $entry->body['fields'], array_column( $entry->body['files'], 'name' ) );
	}

	/**
	 * A form that became no ticket (yet) in the form of an export.
	 *
	 * @param string               $reference Reference.
	 * @param array<string, mixed> $fields    Values by name.
	 * @param string[]             $files     Names.
	 * @return array<string, mixed>
	 */
	private static function entry_item( string $reference, array $fields, array $files ): array {
		$lines = array();
		foreach ( $fields as $name => $value ) {
			$lines[] = self::line( (string) $name, is_bool( $value ) ? ( $value ? '1' : '0' ) : (string) $value );
		}
		foreach ( $files as $file ) {
			$lines[] = self::line( __( 'File', 'unified-inbox' ), (string) $file );
		}
		return self::item( 'form-' . $reference, $lines );
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
