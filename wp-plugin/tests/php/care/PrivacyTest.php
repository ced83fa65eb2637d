<?php
use UnifiedInbox\Care\Privacy_Erasure;
use UnifiedInbox\Care\Privacy_Export;
use UnifiedInbox\Forms\Entry;
use UnifiedInbox\Forms\Queue;
use UnifiedInbox\Pairing;

final class PrivacyTest extends Doors_Test_Case {

	const LINA    = 'lina@example.test';
	const EXPORT  = 'POST /customers/exports';
	const ERASURE = 'POST /customers/erasures';

	protected function setUp(): void {
		parent::setUp();
		$this->log_in( 'administrator' );
	}

	private function page( array $parts = array(), ?string $cursor = null ): void {
		$none = array( 'names' => array(), 'addresses' => array(), 'tickets' => array(), 'entries' => array(), 'letters' => array() );
		$this->service->answers( self::EXPORT, 200, array( 'next_cursor' => $cursor ) + $parts + $none );
	}

	private function ticket( string $reference = 'REF1' ): array {
		$message = array( 'from' => 'you', 'created_at' => 'then', 'name' => 'Lina', 'text' => "<b>broken</b>", 'files' => array( 'crack.png' ) );
		return array( 'reference' => $reference, 'subject' => 'My cup', 'status' => 'open', 'form' => 'Contact us', 'created_at' => 'first', 'last_activity_at' => 'last', 'messages' => array( $message ) );
	}

	private function step( bool $done, int $removed, array $kept = array(), bool $held_up = false ): void {
		$this->service->answers( self::ERASURE, 200, compact( 'done', 'removed', 'kept', 'held_up' ) );
	}

	private function wait_for_service( string $email ): void {
		Queue::keep( Entry::make( '5', array( 'email' => $email, 'message' => 'm', 'consent' => true ), array( array( 'name' => 'a.png', 'type' => 'image/png', 'content' => '' ) ), 't', '' ) );
	}

	/** Names and values of an exported item. */
	private function lines( array $item ): array {
		return array_column( $item['data'], 'value', 'name' );
	}

	public function test_an_export_holds_the_person_and_the_conversations(): void {
		$this->page( array( 'names' => array( 'Lina' ), 'addresses' => array( self::LINA ), 'tickets' => array( $this->ticket() ) ) );
		list( $person, $ticket ) = Privacy_Export::export( self::LINA )['data'];
		$this->assertSame( array( 'Name' => 'Lina', 'E-mail' => self::LINA ), $this->lines( $person ) );
		$this->assertSame( array( 'Reference' => 'REF1', 'Subject' => 'My cup', 'Created' => 'first', 'Form' => 'Contact us', 'then Lina' => '&lt;b&gt;broken&lt;/b&gt;', 'File' => 'crack.png' ), $this->lines( $ticket ) );
	}

	public function test_the_address_travels_in_the_body_of_a_request_of_the_plugin(): void {
		$this->page();
		Privacy_Export::export( self::LINA );
		$request = $this->service->requests[0];
		$this->assertSame( '/customers/exports', $request['path'] );
		$this->assertSame( self::LINA, $this->body( $request )['email'] );
		$this->assertSame( 'plugin', $this->claims( $request )['typ'] );
	}

	public function test_an_export_goes_on_where_the_page_before_ended(): void {
		$this->page( array( 'tickets' => array( $this->ticket() ) ), 'next' );
		$this->page( array( 'letters' => array( array( 'from' => 'you', 'created_at' => 'then', 'name' => '', 'text' => 'Away', 'files' => array() ) ) ) );
		$first  = Privacy_Export::export( self::LINA, 1 );
		$second = Privacy_Export::export( self::LINA, 2 );
		$this->assertSame( array( false, true ), array( $first['done'], $second['done'] ) );
		$this->assertSame( array( null, 'next' ), array_map( fn( $request ) => $this->body( $request )['cursor'], $this->service->requests ) );
		$this->assertSame( array( 'then' => 'Away' ), $this->lines( $second['data'][0] ) );
	}

	public function test_a_page_whose_place_is_lost_is_no_first_page(): void {
		$this->page();
		$this->assertInstanceOf( WP_Error::class, Privacy_Export::export( self::LINA, 2 ) );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_forms_are_exported_wherever_they_wait(): void {
		$this->page( array( 'entries' => array( array( 'reference' => 'REF9', 'submitted_at' => 'then', 'fields' => array( 'message' => 'parked' ), 'files' => array( 'b.png' ) ) ) ) );
		$this->wait_for_service( self::LINA );
		$this->wait_for_service( 'other@example.test' );
		list( $here, $there ) = Privacy_Export::export( 'LINA@example.test' )['data'];
		$this->assertSame( array( 'm', 'a.png' ), array( $this->lines( $here )['message'], $this->lines( $here )['File'] ) );
		$this->assertSame( array( 'message' => 'parked', 'File' => 'b.png' ), $this->lines( $there ) );
	}

	public function test_an_export_that_cannot_be_complete_fails(): void {
		$this->service->is_down( self::EXPORT );
		$this->assertInstanceOf( WP_Error::class, Privacy_Export::export( self::LINA ) );
	}

	public function test_a_site_that_is_not_paired_has_only_what_waits_here(): void {
		Pairing::unpair();
		$this->assertSame( array( 'data' => array(), 'done' => true ), Privacy_Export::export( self::LINA ) );
		$this->assertTrue( Privacy_Erasure::erase( self::LINA )['done'] );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_an_erasure_is_done_when_the_service_says_so(): void {
		$this->step( false, 20 );
		$this->step( true, 25 );
		$first  = Privacy_Erasure::erase( self::LINA, 1 );
		$second = Privacy_Erasure::erase( self::LINA, 2 );
		$this->assertSame( array( false, 20 ), array( $first['done'], $first['items_removed'] ) );
		$this->assertSame( array( 'items_removed' => 25, 'items_retained' => false, 'messages' => array(), 'done' => true ), $second );
		$this->assertSame( array( 'email' => self::LINA ), $this->body( $this->service->requests[0] ) );
	}

	public function test_what_is_kept_is_said_once_and_why(): void {
		$kept = array( array( 'reason' => 'others_mail', 'count' => 1 ), array( 'reason' => 'provider_copy', 'count' => 3 ), array( 'reason' => 'team_words', 'count' => 2 ), array( 'reason' => 'new', 'count' => 1 ) );
		$this->step( false, 20, $kept );
		$this->step( true, 25, $kept );
		$first = Privacy_Erasure::erase( self::LINA, 1 );
		$last  = Privacy_Erasure::erase( self::LINA, 2 );
		$this->assertSame( array( true, array() ), array( $first['items_retained'], $first['messages'] ) );
		$this->assertTrue( $last['items_retained'] );
		$this->assertCount( 4, $last['messages'] );
		$this->assertStringContainsString( '3 mails still lie', $last['messages'][1] );
	}

	public function test_what_waits_here_goes_and_others_stay(): void {
		$this->step( true, 0 );
		$this->wait_for_service( self::LINA );
		$this->wait_for_service( 'other@example.test' );
		$this->assertSame( 1, Privacy_Erasure::erase( self::LINA )['items_removed'] );
		$this->assertCount( 1, Queue::files() );
	}

	public function test_a_service_that_is_down_is_asked_again_and_then_the_request_stays_open(): void {
		$this->service->is_down( self::ERASURE );
		$first = Privacy_Erasure::erase( self::LINA, 1 );
		$this->assertSame( array( false, true ), array( $first['done'], $first['items_retained'] ) );
		$this->assertNotEmpty( $first['messages'][0] );
		$this->assertInstanceOf( WP_Error::class, Privacy_Erasure::erase( self::LINA, Privacy_Erasure::TRIES ) );
	}

	public function test_an_erasure_goes_on_after_the_service_came_back(): void {
		$this->service->is_down( self::ERASURE );
		$this->step( true, 4 );
		Privacy_Erasure::erase( self::LINA, 1 );
		$this->assertSame( 4, Privacy_Erasure::erase( self::LINA, 2 )['items_removed'] );
	}

	public function test_while_a_mail_to_the_person_leaves_the_request_stays_open(): void {
		$this->step( false, 3, array(), true );
		$error = Privacy_Erasure::erase( self::LINA );
		$this->assertInstanceOf( WP_Error::class, $error );
		$this->assertStringContainsString( 'few minutes', $error->get_error_message() );
	}

	public function test_wordpress_finds_exporter_and_eraser(): void {
		$this->page();
		$this->step( true, 0 );
		$exporter = apply_filters( 'wp_privacy_personal_data_exporters', array() )['unified-inbox']['callback'];
		$eraser   = apply_filters( 'wp_privacy_personal_data_erasers', array() )['unified-inbox']['callback'];
		$this->assertTrue( $exporter( self::LINA, 1 )['done'] );
		$this->assertTrue( $eraser( self::LINA, 1 )['done'] );
	}
}
