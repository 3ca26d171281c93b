"""Links between goods, people, carriers and money."""

from __future__ import annotations

from tests.links.link import Link

FLOW = "warehouse.flow."
HANDS = "results/test_new_hands.py::"
THIRD = "warehouse/test_third_party.py::"
NEW = "warehouse/test_launches.py::"
MAILED = "results/test_alerts.py::"
SEEN = "results/test_forecast_value.py::"
PARTS = "warehouse/test_splitting.py::"
BACK = "warehouse/test_returns.py::"

TEAM = (
    Link(
        "errors of who is new cost money",
        f"{HANDS}test_errors_of_who_is_new_cost_money",
        FLOW + "work",
        's.order[o]["error_u"] < person["error_rate"]',
        "False",
    ),
    Link(
        "who is new takes longer",
        f"{HANDS}test_who_is_new_takes_longer",
        FLOW + "work",
        '    speed = person["speed"]\n',
        "    speed = wide(1000)\n",
    ),
    Link(
        "who got something wrong asks",
        f"{HANDS}test_who_got_something_wrong_asks",
        FLOW + "concern",
        'if d["wrong_item"] > 0 and has_error(s, o):',
        "if False:",
    ),
    Link(
        "backorders that a team of its own packs leave sooner after their arrival",
        f"{HANDS}test_backorders_that_a_team_of_its_own_packs_leave_sooner_after_their_arrival",
        "warehouse.queues",
        "        return (_BACKORDERS,)",
        "        return ()",
    ),
)
THIRD_PARTY = (
    Link(
        "what comes above the backlog is handed over",
        f"{THIRD}test_it_takes_what_comes_above_the_backlog_only",
        FLOW + "parcels",
        "        hand_over(s, i)\n        return\n",
        "        pass\n",
    ),
    Link(
        "it does so many a day",
        f"{THIRD}test_one_parcel_after_the_other_and_none_before_the_delay",
        FLOW + "third_party",
        'wide(c["third_done"])) + c["third_gap"]',
        'wide(c["third_done"]))',
    ),
    Link(
        "its fees are paid",
        f"{THIRD}test_overflow_is_charged_for_what_was_handed_over",
        "results.profit",
        "-third_party_fees(view)",
        "0.0",
    ),
)
LAUNCHES = (
    Link(
        "pre-orders are taken before the release",
        f"{NEW}test_pre_orders_are_taken_whatever_the_policy_and_told_the_release",
        "warehouse.launches",
        "return product.launch is not None and product.launch.pre_order",
        "return False",
    ),
    Link(
        "a release that slips loses pre-orders",
        f"{NEW}test_a_release_that_slips_makes_pre_orders_late_and_may_lose_them",
        "warehouse.launches",
        "drawn_ms(slips.by, [late])[0] if happens < slips.share else 0",
        "0",
    ),
    Link(
        "a launch costs money",
        f"{NEW}test_pre_orders_are_counted_and_the_launch_is_charged",
        "results.profit",
        "-launch_cost(view.scenario)",
        "0.0",
    ),
)
ALERTS = (
    Link(
        "intent fades with the wait",
        f"{MAILED}test_intent_that_fades_loses_shoppers_who_signed_up",
        FLOW + "alerts",
        'if span(book["alert_intent"]) >= back_at - order["waits_from"]:',
        "if True:",
    ),
    Link(
        "e-mails that are throttled come too late for some",
        f"{MAILED}test_e_mails_that_are_throttled_come_too_late_for_some",
        FLOW + "alerts",
        'c["now"] + c["mail_gap"]',
        'c["now"]',
    ),
    Link(
        "without a last look at the shelf some are mailed in vain",
        f"{MAILED}test_an_e_mail_without_a_last_look_brings_shoppers_to_an_empty_shelf",
        FLOW + "alerts",
        '(c["recheck"] == 0 or sku["free"] > 0)',
        "True",
    ),
    Link(
        "a discount on orders from alerts costs money",
        f"{MAILED}test_a_discount_is_paid_for_orders_from_alerts_only",
        "results.profit",
        'units["by_alert"] * price * alerts.discount',
        'units["by_alert"] * 0 * price',
    ),
    Link(
        "what is recommended is bought besides",
        "warehouse/test_recommend.py::test_who_returns_takes_a_unit_more_while_there_is_one",
        FLOW + "accept",
        "        recommend(s, o)",
        "        pass",
    ),
    Link(
        "who finds it gone again signs up again",
        "warehouse/test_flow_storefront.py::"
        "test_who_finds_it_short_again_may_sign_up_again_by_the_hash_of_the_occasion",
        FLOW + "storefront",
        'return happens(s, o, wide(PURPOSE_SIGN_UP), attempt, c["sign_up_threshold"])',
        "return False",
    ),
)
FORECASTS = (
    Link(
        "backorders reveal demand that sales hide",
        f"{SEEN}test_the_policy_that_reveals_demand_forecasts_it_better",
        "results.forecasts",
        "backorders = seen.sold + seen.backordered",
        "backorders = seen.sold",
    ),
    Link(
        "sign-ups show what an empty shelf hides",
        f"{SEEN}test_sign_ups_show_what_an_empty_shelf_hides",
        "results.forecasts",
        "backorders + seen.signed_up,",
        "backorders,",
    ),
    Link(
        "days without stock are repaired",
        f"{SEEN}test_sales_miss_what_could_not_be_bought_and_the_repair_brings_it_back",
        "results.forecasts",
        "np.where(opened, observed, np.maximum(observed, planned * scale))",
        "observed",
    ),
    Link(
        "an error costs next season money",
        f"{SEEN}test_the_cost_of_an_error_is_that_of_the_newsvendor",
        "results.forecasts",
        "cost: Floats = under * short + over * left",
        "cost: Floats = 0.0 * (under * short + over * left)",
    ),
)
SHIPMENT = (
    Link(
        "customers who want it get what is there at once",
        f"{PARTS}test_the_share_of_customers_takes_what_is_there_at_once",
        FLOW + "splitting",
        'return several and happens(s, o, wide(PURPOSE_SPLIT), wide(0), wide(c["wants_split"]))',
        "return False",
    ),
    Link(
        "further parcels cost postage, which customers may pay",
        f"{PARTS}test_further_parcels_cost_postage_and_packaging_that_customers_may_pay",
        "results.profit",
        'sales["split_postage"] = postage_of_customers(view)',
        'sales["split_postage"] = 0.0',
    ),
    Link(
        "lines that wait for others take space",
        f"{PARTS}test_lines_of_those_who_wait_for_all_take_space_until_the_rest_is_there",
        "results.splits",
        "until = np.where(ready_at == NONE, left, ready_at)",
        'until = waits["whole_at"]',
    ),
    Link(
        "a dropped line leaves the rest whole",
        "warehouse/test_flow_storefront.py::test_short_lines_are_dropped_if_there_is_a_rest",
        FLOW + "quote",
        's.line[j]["wait"] = DROPPED',
        "pass",
    ),
)
REST = (
    Link(
        "goods that come back serve who waits",
        f"{BACK}test_goods_that_come_back_serve_who_waits_and_then_lie_on_the_shelf",
        FLOW + "dock",
        "        put_away(s, k, units)",
        "        pass",
    ),
    Link(
        "returns are work at the dock",
        f"{BACK}test_returns_are_work_at_the_dock_and_count_when_it_is_done",
        FLOW + "dock",
        'c["return_unit"] * units)',
        "wide(0))",
    ),
    Link(
        "what comes late comes back more often",
        f"{BACK}test_what_comes_late_comes_back_more_often",
        FLOW + "returns",
        'c["returned_late"] if left_late or too_late else c["returned_share"]',
        'c["returned_share"]',
    ),
    Link(
        "what cannot be sold again costs money",
        f"{BACK}test_what_cannot_be_sold_again_is_written_off",
        "results.profit",
        '-math.fsum(units["written_off"] * cost)',
        "0.0",
    ),
    Link(
        "wrapping is work",
        "warehouse/test_wrapping.py::test_in_one_stage_it_is_work_of_those_who_pick_and_pack",
        FLOW + "wrapping",
        'return wide(c["wrap_parcel"] + c["wrap_unit"] * units)',
        "return wide(0)",
    ),
    Link(
        "what does not fit into a pickup leaves the next day, and late",
        "results/test_carriage.py::"
        "test_what_does_not_fit_into_a_pickup_leaves_the_next_day_and_late",
        "warehouse.carrier",
        "own = (carrier.capacity_by_weekday or {}).get(WEEKDAYS[weekday], carrier.capacity)",
        "own = None",
    ),
    Link(
        "parcels at peak cost a surcharge",
        "results/test_carriage.py::test_a_peak_surcharge_is_paid_for_parcels_that_leave_at_peak",
        "results.profit",
        'costs.peak_surcharge * counts["charged_slow_parcels"]',
        "0.0",
    ),
    Link(
        "who does not consent to wait on is refunded",
        "results/test_care.py::test_who_does_not_consent_is_refunded",
        FLOW + "consent",
        "    cancel(s, o, wide(NO_CONSENT))\n    return False",
        "    return True",
    ),
)
