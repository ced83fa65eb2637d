<?php
use UnifiedInbox\Portal\Status_Address;

final class StatusAddressTest extends Portal_Test_Case {

	private function told(): array {
		return array_map( function ( array $request ) {
			return $this->body( $request )['status_page_url'];
		}, $this->service->asked( 'PUT /site' ) );
	}

	public function test_publishing_a_page_with_the_block_tells_the_service_its_address(): void {
		$this->assertSame( get_permalink( $this->page ), Status_Address::get() );
		Status_Address::report();
		$this->assertSame( array( get_permalink( $this->page ) ), $this->told() );
	}

	public function test_the_shortcode_counts_as_well(): void {
		$this->assertTrue( Status_Address::is_on( new WP_Post( (object) array( 'ID' => 1, 'post_content' => 'a [unified_inbox_status] b' ) ) ) );
	}

	public function test_a_second_page_does_not_take_over(): void {
		wp_insert_post( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'B', 'post_content' => '[unified_inbox_status]' ) );
		$this->assertSame( get_permalink( $this->page ), Status_Address::get() );
	}

	public function test_taking_the_page_away_is_told_as_well(): void {
		wp_update_post( array( 'ID' => $this->page, 'post_status' => 'draft' ) );
		$this->assertSame( array( null ), $this->told() );
		$this->assertSame( '', Status_Address::get() );
	}

	public function test_an_address_that_changes_is_told_again(): void {
		wp_update_post( array( 'ID' => $this->page, 'post_name' => 'where' ) );
		$this->assertSame( array( home_url( '/where/' ) ), $this->told() );
	}

	public function test_a_deleted_page_is_no_status_page(): void {
		wp_delete_post( $this->page, true );
		$this->assertSame( '', Status_Address::get() );
	}

	public function test_a_service_that_is_down_is_told_later(): void {
		$service = new Fake_Service();
		remove_filter( 'pre_http_request', array( $this->service, 'take' ), 99 );
		$service->is_down( 'PUT /site' );
		Status_Address::report();
		remove_filter( 'pre_http_request', array( $service, 'take' ), 99 );
		$this->assertNotFalse( wp_next_scheduled( Status_Address::TIMER ) );
	}

	public function test_saving_anything_else_tells_nobody(): void {
		wp_insert_post( array( 'post_status' => 'publish', 'post_title' => 'News', 'post_content' => 'x' ) );
		$this->assertSame( array(), $this->service->requests );
	}
}
