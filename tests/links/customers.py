"""Links from what a customer is told to what the customer does."""

from __future__ import annotations

from tests.links.link import Link

FLOW = "warehouse.flow."
DESK = "warehouse/test_support.py::"
SLIPS = f"{DESK}test_a_purchase_order_that_slips_and_agents_who_do_not_know_cost_customers"
CARE = "results/test_care.py::"
SOLVED = "oracle/test_by_hand_solutions.py::"
FOUND = "results/test_solutions.py::"
MEMORY = "results/test_retention.py::"
SHELF = "oracle/test_by_hand_shelf.py::"

SUPPORT = (
    Link(
        "a late order makes its customer ask",
        f"{DESK}test_who_is_not_asked_is_not_told_anything_wrong",
        FLOW + "concern",
        'rate = d["late"]',
        "rate = wide(0)",
    ),
    Link(
        "who is not answered in time hangs up",
        f"{DESK}test_callers_hang_up_and_may_call_again",
        "warehouse.support",
        'row["hangs_up"] = desk.patience is not None',
        'row["hangs_up"] = False',
    ),
    Link(
        "who was not helped asks again",
        f"{DESK}test_a_question_is_resolved_when_the_first_answer_is_right_and_ends_well",
        FLOW + "digest",
        'return wide(d["calls_again_unresolved"])',
        "return wide(0)",
    ),
    Link(
        "chats at once are paid once",
        f"{DESK}test_an_agent_who_chats_takes_several_at_once_and_is_paid_once",
        "warehouse.support",
        "return 1 if scenario.support is None else scenario.support.at_once",
        "return 1",
    ),
)
INFORMATION = (
    Link(
        "customers who were told up front ask less",
        f"{DESK}test_clear_information_keeps_customers_from_asking_at_a_price",
        "warehouse.support",
        "factor = math.prod(each.contacts for each in factors)",
        "factor = 1.0",
    ),
    Link(
        "telling them costs money",
        f"{DESK}test_clear_information_keeps_customers_from_asking_at_a_price",
        "results.profit",
        "-information_cost(view.scenario)",
        "0.0",
    ),
)
MESSAGES = (
    Link(
        "a message gives patience, and that saves orders",
        f"{CARE}test_a_message_that_gives_patience_saves_orders_and_one_without_effect_saves_none",
        FLOW + "messages",
        'change_patience(s, o, wide(message["patience"]))',
        "pass",
    ),
    Link(
        "a message spares questions",
        f"{DESK}test_a_message_in_time_spares_a_question",
        FLOW + "messages",
        's.care[o]["calm"] = message["contacts"]',
        "pass",
    ),
    Link(
        "a message costs money",
        f"{CARE}test_messages_are_counted_and_paid_to_the_fraction_of_a_cent",
        FLOW + "messages",
        's.care[o]["spent"] += message["cost"]',
        "pass",
    ),
)
KNOWLEDGE = (
    Link(
        "a purchase order that slips two days is news",
        SLIPS,
        "warehouse.pipeline",
        "if part.due_at > now and part.units:",
        "if False:",
    ),
    Link(
        "agents whose information is older than the news answer wrongly",
        SLIPS,
        FLOW + "news",
        'if misses(s, j) and s.sku[sku_of(s, j)]["news_at"] > informed_at:',
        "if False:",
    ),
    Link(
        "a wrong answer loses the order",
        SLIPS,
        FLOW + "digest",
        'if not right and happens(s, o, wide(PURPOSE_CANCELS_WRONG), nth, d["wrong_cancels"]):',
        "if False:",
    ),
    Link(
        "a wrong answer shortens patience",
        f"{DESK}test_a_wrong_answer_shortens_patience",
        FLOW + "digest",
        'change_patience(s, o, d["wrong_patience"])',
        "pass",
    ),
    Link(
        "a wrong answer costs customers later",
        f"{FOUND}test_a_bad_contact_costs_customers_and_no_season_profit",
        "results.memories",
        '(contacts["right"] == 0) | (contacts["well"] == 0)',
        'contacts["right"] < 0',
    ),
    Link(
        "a storefront that shows old stock sells what is gone",
        f"{SHELF}test_what_is_gone_is_sold_until_the_next_refresh",
        FLOW + "quote",
        'sku["free"] if s.counters[0]["live_stock"] != 0 else sku["shown"]',
        'sku["free"]',
    ),
    Link(
        "quotes know the queue as of the last refresh",
        "warehouse/test_flow_storefront.py::test_a_snapshot_counts_the_queue_as_it_was",
        FLOW + "quote",
        'sku["backorders"] if c["live_information"] != 0 else sku["known_backorders"]',
        'sku["backorders"]',
    ),
)
SOLUTIONS = (
    Link(
        "a delivery that is hurried comes sooner",
        f"{SOLVED}test_the_rest_of_the_way_is_halved",
        FLOW + "solutions",
        's.counters[0]["hurry"] = k + 1',
        "pass",
    ),
    Link(
        "what is there is sent ahead",
        f"{SOLVED}test_what_is_there_leaves_and_the_rest_follows",
        FLOW + "solutions",
        "        ship_part(s, o)",
        "        pass",
    ),
    Link(
        "a substitute goes out, and the unit serves the next",
        f"{SOLVED}test_a_substitute_goes_out_and_the_unit_serves_the_next",
        FLOW + "solutions",
        "        exchange(s, o)",
        "        pass",
    ),
    Link(
        "only a substitute that is really there is offered",
        f"{SOLVED}test_no_substitute_that_is_not_there_in_full",
        FLOW + "exchange",
        's.sku[other]["free"] < s.book_line[j]["units"]',
        "False",
    ),
    Link(
        "a solution costs money",
        f"{FOUND}test_refunds_are_counted_paid_for_and_due_to_waiting",
        "results.profit",
        "-solutions_cost(view)",
        "0.0",
    ),
)
POLITENESS = (
    Link(
        "trained agents end more contacts well",
        f"{DESK}test_bad_endings_come_from_errors_and_training_helps",
        "warehouse.support",
        "return desk.ends_well if after is None else after",
        "return desk.ends_well",
    ),
    Link(
        "agents who err end contacts badly",
        "results/test_new_hands.py::"
        "test_a_contact_with_an_agent_who_errs_ends_badly_and_costs_customers",
        FLOW + "contacts",
        '(_MILLION - person["error_rate"]) // _MILLION',
        "1",
    ),
    Link(
        "training costs its hours and a fee",
        f"{DESK}test_training_costs_its_hours_and_a_fee_per_agent",
        "results.profit",
        "-de_escalation_cost(view.scenario)",
        "0.0",
    ),
)
GIFTS = (
    Link(
        "a gift gives patience, and that saves orders",
        f"{CARE}test_a_gift_that_gives_patience_saves_orders_and_one_without_effect_saves_none",
        FLOW + "gifts",
        'change_patience(s, o, wide(plan["gift_patience"]))',
        "pass",
    ),
    Link(
        "gifts end with the budget",
        f"{CARE}test_gifts_cost_their_goods_and_end_with_the_budget",
        FLOW + "gifts",
        'plan["used"] += cost',
        "pass",
    ),
    Link(
        "gifts cost money",
        f"{CARE}test_gifts_cost_their_goods_and_end_with_the_budget",
        "results.profit",
        '"gifts": -care.gifts',
        '"gifts": 0.0',
    ),
    Link(
        "gifts bring customers back",
        f"{FOUND}test_gifts_bring_customers_back_and_extra_purchases_beside_season_profit",
        "results.themes.retention",
        "(memory.gift, retention.gift),",
        "",
    ),
)
RETENTION = (
    Link(
        "a cancelled order loses customers",
        f"{MEMORY}test_cancelled_customers",
        "results.themes.retention",
        "chance = retention.repeat.on_time if own is None else own",
        "chance = retention.repeat.on_time",
    ),
    Link(
        "a lost customer costs the margin or the replacement, never both",
        f"{MEMORY}test_replacement_counts_instead_of_the_margin_never_both",
        "results.themes.retention",
        "extra - lost * retention.worth",
        "extra - lost * (retention.future_margin + retention.keeping * retention.acquiring_times)",
    ),
    Link(
        "an error costs customers",
        f"{MEMORY}test_an_error_costs_customers",
        "results.themes.retention",
        "(memory.wrong, retention.wrong_item),",
        "",
    ),
)
