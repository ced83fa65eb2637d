<?php
use UnifiedInbox\Care\Privacy;
use UnifiedInbox\Forms\Entry;
use UnifiedInbox\Forms\Queue;

final class PrivacyTest extends Doors_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->log_in( 'administrator' );
	}

	private function customer( int $tickets ): void {
		$list = array();
		for ( $i = 1; $i <= $tickets; $i++ ) {
			$list[] = array( 'number' => $i, 'reference' => "REF$i", 'subject' => "Subject $i", 'created_at' => '2026-11-21T10:00:00.000Z' );
			$this->service->answers( "GET /tickets/$i/messages", 200, array( 'items' => array(
				array( 'kind' => 'in', 'author' => array( 'name' => 'Lina' ), 'text' => "<b>$i</b>", 'created_at' => 'then' ),
				array( 'kind' => 'note', 'author' => array( 'name' => 'Sara' ), 'text' => 'a note of the team', 'created_at' => 'then' ),
			), 'next_cursor' => null ) );
		}
		$this->service->answers( 'GET /customers', 200, array( 'items' => array(
			array( 'id' => '3', 'name' => 'x', 'addresses' => array( array( 'email' => 'Lina@example.test' ) ) ),
			array( 'id' => '4', 'name' => 'lina@example.test', 'addresses' => array( array( 'email' => 'other@example.test' ) ) ),
		), 'next_cursor' => null ) );
		$this->service->answers( 'GET /customers/3', 200, array( 'id' => '3', 'tickets' => $list ) );
	}

	private function wait_for_service( string $email ): void {
		Queue::keep( Entry::make( '5', array( 'email' => $email, 'message' => 'm', 'consent' => true ), array( array( 'name' => 'a.png', 'type' => 'image/png', 'content' => '' ) ), 't', '' ) );
	}

	public function test_an_export_holds_the_conversation_and_no_notes(): void {
		$this->customer( 1 );
		$export = Privacy::export( 'lina@example.test' );
		$text   = wp_json_encode( $export['data'] );
		$this->assertTrue( $export['done'] );
		$this->assertStringContainsString( 'Subject 1', $text );
		$this->assertStringContainsString( '&lt;b&gt;1', $text );
		$this->assertStringNotContainsString( 'a note of the team', $text );
	}

	public function test_only_the_customer_with_this_very_address_is_exported(): void {
		$this->customer( 1 );
		Privacy::export( 'lina@example.test' );
		$this->assertSame( array(), $this->service->asked( 'GET /customers/4' ) );
		$this->assertSame( '/customers?query=lina%40example.test', $this->service->requests[0]['path'] );
		$this->assertSame( 'agent', $this->claims( $this->service->requests[0] )['typ'] );
	}

	public function test_many_tickets_come_in_steps(): void {
		$this->customer( 12 );
		$first  = Privacy::export( 'lina@example.test', 1 );
		$second = Privacy::export( 'lina@example.test', 2 );
		$this->assertSame( array( 10, false, 2, true ), array( count( $first['data'] ), $first['done'], count( $second['data'] ), $second['done'] ) );
	}

	public function test_what_waits_for_the_service_is_exported_as_well(): void {
		$this->service->answers( 'GET /customers', 200, array( 'items' => array(), 'next_cursor' => null ) );
		$this->wait_for_service( 'lina@example.test' );
		$this->wait_for_service( 'other@example.test' );
		$data = Privacy::export( 'LINA@example.test' )['data'];
		$this->assertCount( 1, $data );
		$this->assertContains( array( 'name' => 'File', 'value' => 'a.png' ), array_values( $data )[0]['data'] );
	}

	public function test_an_export_that_cannot_be_complete_fails(): void {
		$this->service->is_down( 'GET /customers' );
		$this->assertInstanceOf( WP_Error::class, Privacy::export( 'lina@example.test' ) );
	}

	public function test_erasing_takes_what_waits_here_and_says_what_stays_there(): void {
		$this->customer( 2 );
		$this->wait_for_service( 'lina@example.test' );
		$this->wait_for_service( 'other@example.test' );
		$erased = Privacy::erase( 'lina@example.test' );
		$this->assertSame( array( 1, true, true ), array( $erased['items_removed'], $erased['items_retained'], $erased['done'] ) );
		$this->assertStringContainsString( '2 tickets', $erased['messages'][0] );
		$this->assertCount( 1, Queue::files() );
	}

	public function test_somebody_unknown_leaves_nothing_to_say(): void {
		$this->service->answers( 'GET /customers', 200, array( 'items' => array(), 'next_cursor' => null ) );
		$this->assertSame( array( 'items_removed' => 0, 'items_retained' => false, 'messages' => array(), 'done' => true ), Privacy::erase( 'x@example.test' ) );
	}

	public function test_wordpress_finds_exporter_and_eraser(): void {
		$this->assertArrayHasKey( 'unified-inbox', apply_filters( 'wp_privacy_personal_data_exporters', array() ) );
		$this->assertArrayHasKey( 'unified-inbox', apply_filters( 'wp_privacy_personal_data_erasers', array() ) );
	}
}
