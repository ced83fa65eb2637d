<?php
use UnifiedInbox\Customer_Cards;

final class CustomerCardsTest extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->pair();
		$this->service->answers( 'GET /customers/5', 200, array( 'id' => '5', 'name' => 'Petra', 'addresses' => array( array( 'email' => 'petra@example.test' ) ) ) );
	}

	protected function tearDown(): void {
		remove_all_filters( Customer_Cards::FILTER );
		parent::tearDown();
	}

	/** @return array<string, mixed> */
	private function told(): array {
		$answer = $this->rest( 'GET', 'customers/5/cards' );
		$this->assertSame( 200, $answer->get_status() );
		return $answer->get_data();
	}

	/** @param mixed $card */
	private function add( $card, string $name = 'mine' ): void {
		add_filter(
			Customer_Cards::FILTER,
			static function ( array $cards ) use ( $card, $name ): array {
				return array( $name => $card ) + $cards;
			}
		);
	}

	public function test_nobody_without_the_inbox_reads_cards(): void {
		$this->log_in( 'subscriber' );
		$this->assertSame( 403, $this->rest( 'GET', 'customers/5/cards' )->get_status() );
		$this->assertSame( array(), $this->service->asked( 'GET /customers/5' ) );
	}

	public function test_the_service_decides_whose_cards_an_agent_sees(): void {
		$id = $this->log_in( 'unified_inbox_agent' );
		$this->service->refuses( 'GET /customers/6', 404, 'customer_not_found' );
		$this->assertSame( 404, $this->rest( 'GET', 'customers/6/cards' )->get_status() );
		$claims = $this->claims( $this->service->asked( 'GET /customers/6' )[0] );
		$this->assertSame( array( 'agent', (string) $id ), array( $claims['typ'], $claims['sub'] ) );
	}

	public function test_the_user_behind_the_address_is_told_with_his_role(): void {
		$this->user( 'author', array( 'user_email' => 'petra@example.test', 'display_name' => 'Petra L.' ) );
		$this->log_in( 'unified_inbox_agent' );
		$user = $this->told()['user'];
		$this->assertSame( array( 'Petra L.', array( 'Author' ), null ), array( $user['name'], $user['roles'], $user['url'] ) );
		$this->assertNotFalse( strtotime( $user['registered'] ) );
	}

	public function test_who_may_edit_users_finds_the_way_to_the_profile(): void {
		$id = $this->user( 'author', array( 'user_email' => 'petra@example.test' ) );
		$this->log_in( 'administrator' );
		$this->assertStringContainsString( "user_id=$id", $this->told()['user']['url'] );
	}

	public function test_a_customer_who_is_no_user_has_no_such_card(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( array( 'user' => null, 'cards' => array() ), $this->told() );
	}

	public function test_a_plugin_adds_a_card_for_the_customer(): void {
		$this->add(
			array(
				'title' => 'Orders',
				'html'  => static function ( array $customer ): string {
					return "<p>{$customer['name']} {$customer['emails'][0]}</p>";
				},
			)
		);
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( array( array( 'title' => 'Orders', 'html' => '<p>Petra petra@example.test</p>' ) ), $this->told()['cards'] );
	}

	public function test_a_card_holds_words_lists_and_links_and_nothing_that_runs(): void {
		$this->add( array( 'title' => '<b>Orders</b>', 'html' => '<p onclick="x()">2 <a href="javascript:x()" target="_blank">open</a><script>x()</script><img src="x"></p>' ) );
		$this->log_in( 'unified_inbox_agent' );
		$card = $this->told()['cards'][0];
		$this->assertSame( 'Orders', $card['title'] );
		$this->assertDoesNotMatchRegularExpression( '/onclick|javascript|<script|<img|target/', $card['html'] );
	}

	public function test_a_plugin_that_fails_takes_no_other_card_along(): void {
		$this->add( array( 'title' => 'Good', 'html' => 'Two orders' ), 'good' );
		$this->add(
			array(
				'title' => 'Bad',
				'html'  => static function (): string {
					throw new RuntimeException( 'broken' );
				},
			),
			'bad'
		);
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( array( 'Good' ), wp_list_pluck( $this->told()['cards'], 'title' ) );
	}

	public function test_a_filter_that_fails_leaves_the_panel_without_cards(): void {
		add_filter(
			Customer_Cards::FILTER,
			static function (): array {
				throw new Error( 'broken' );
			}
		);
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( array(), $this->told()['cards'] );
	}

	/** @dataProvider nonsense */
	public function test_what_is_no_card_is_left_out( $card ): void {
		$this->add( $card );
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( array(), $this->told()['cards'] );
	}

	public function nonsense(): array {
		return array(
			array( 'words' ),
			array( null ),
			array( array( 'title' => 'No content' ) ),
			array( array( 'html' => 'No title' ) ),
			array( array( 'title' => array( 'x' ), 'html' => 'x' ) ),
			array( array( 'title' => 'A number', 'html' => 7 ) ),
		);
	}

	public function test_cards_are_kept_for_a_minute(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->told();
		$this->told();
		$this->assertCount( 1, $this->service->asked( 'GET /customers/5' ) );
		$this->log_in( 'unified_inbox_agent' );
		$this->told();
		$this->assertCount( 2, $this->service->asked( 'GET /customers/5' ) );
	}
}
