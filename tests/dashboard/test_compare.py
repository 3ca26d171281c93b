"""Comparing policies: levers re-answer, and the last answer is that of the command line."""

from dashboard.charts.waiting import causes, times
from dashboard.live import Answer
from dashboard.parts import told
from dashboard.session import Server
from sim.experiment import compare, replicate
from sim.experiment.waiting import waiting
from sim.scenario import load_policies
from tests.dashboard.conftest import TOY, Open, finished, words


def test_the_open_season_is_answered_from_what_is_known(screen: Open, server: Server) -> None:
    shown = screen("compare", season="holiday")
    assert "20 simulated seasons" in words(finished(shown, server))
    assert len(shown.metric) == 4
    assert len(shown.select_slider) == 8


def test_a_lever_answers_anew_with_the_numbers_of_the_command(
    screen: Open, server: Server, toy: str
) -> None:
    shown = finished(screen("compare", season=toy), server)
    before = words(shown)
    shown.select_slider(key="lever:customers.accept_backorder.at_no_wait").set_value("10").run()
    finished(shown, server)
    assert words(shown) != before
    path = server.uploads.path(toy)
    policies = load_policies(path, ["customers.accept_backorder.at_no_wait=10"])
    verdict = compare(replicate(policies, 20, 1, workers=1)).verdict
    assert verdict.split(". ")[0] in words(shown).replace("\\", "")
    assert shown.query_params["set"] == "customers.accept_backorder.at_no_wait=10"


def test_what_is_taken_along_says_how_it_is_made_again(
    screen: Open, server: Server, toy: str
) -> None:
    change = "customers.sign_up_for_alert=30"
    shown = finished(screen("compare", season=toy, set=[change]), server)
    name = server.uploads.path(toy).name
    command = f"peakwise compare {name} --set {change} -n 20 --seed 1"
    assert [each.value for each in shown.code] == [command]
    study = replicate(load_policies(TOY), 2, 1, workers=1)
    report = Answer(study, 2, asked=("toy-shop.yaml", "--set", change)).report
    again = f"peakwise compare toy-shop.yaml --set {change} -n 2 --seed 1"
    assert again in told(report, ".html").decode()


def test_assumed_effects_stand_under_the_answer(screen: Open, server: Server, toy: str) -> None:
    shown = finished(screen("compare", season=toy, set=["backup_plan.patience=1.5"]), server)
    assert not shown.exception
    assert any("backup" in each.value and "× 1.5" in each.value for each in shown.caption)


def test_undo_and_as_it_was(screen: Open, server: Server, toy: str) -> None:
    change = "customers.sign_up_for_alert=30"
    shown = finished(screen("compare", season=toy, set=[change]), server)
    assert shown.select_slider(key="lever:customers.sign_up_for_alert").value == "30"
    next(each for each in shown.button if each.label == "As it was").click().run()
    assert "set" not in shown.query_params
    next(each for each in shown.button if each.label == "Undo").click().run()
    assert shown.query_params["set"] == change


def test_every_view_and_theme_can_be_drawn(screen: Open, server: Server, toy: str) -> None:
    shown = finished(screen("compare", season=toy), server)
    for key in ("view", "theme"):
        for option in shown.segmented_control(key=key).options:
            shown.segmented_control(key=key).set_value(option).run()
            assert not shown.exception


def test_waiting_and_cancellations_are_told_of_every_policy(
    screen: Open, server: Server, toy: str
) -> None:
    shown = finished(screen("compare", season=toy), server)
    found = waiting(load_policies(TOY), 1, 0)
    for view, picture in (("Waiting", times(found)), ("Cancelled", causes(found))):
        shown.segmented_control(key="view").set_value(view).run()
        assert picture.alt in {chart.proto.alt for chart in shown.get("plotly_chart")}
        assert all(policy in picture.alt for policy in found.times)


def test_a_change_that_is_not_possible_is_told_and_can_be_undone(screen: Open, toy: str) -> None:
    shown = screen("compare", season=toy, set=["demand.orders_per_day=-5"])
    assert "demand.orders_per_day" in words(shown)


def test_two_visitors_do_not_disturb_each_other(screen: Open, server: Server, toy: str) -> None:
    one, other = screen("compare", season=toy), screen("compare", season="small-shop")
    key = "lever:customers.accept_backorder.at_no_wait"
    one.select_slider(key=key).set_value("10").run()
    finished(other, server)
    assert other.select_slider(key=key).value != "10"
    assert "set" not in other.query_params
