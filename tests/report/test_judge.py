"""Findings, their severity, and how to set rules and limits."""

import pytest

from mailstore_sdk.cli.report import rows
from mailstore_sdk.cli.report.collect import Estate, InstanceHealth, Refusal
from mailstore_sdk.cli.report.judge import MEASURES, RULES, Level, Limit, Policy, judge
from tests.support.estates import estate, history, info, instance, profile, run, service, size, store
from tests.support.project import ROOT

FAILED = [run("failed", hours=hours) for hours in (1, 2, 3)]


def message(kind: str) -> Estate:
    return estate(service=service(messages=[rows.Message(type=kind, text="Something", is_sub_item=True)]))


def server(*, active: bool) -> Estate:
    return estate(service=service(server_infos=[rows.Server(server_name="cas01", server_type="clientAccessServer", active=active)]))


SOUND = [
    estate(),
    estate(instance(info=info(status="stopped", start_mode="a newer mode"), refusals=(Refusal("users", "It is off."),))),
    estate(instance(runs=(run("cancelled"), run(hours=2)))),
    estate(instance(profiles=(profile(automatic=False),), history=history(run(hours=8 * 24)))),
    estate(instance(profiles=(profile(server_side_execution=None),), history=history())),
    estate(instance(history=history(complete=False))),
    estate(instance(history=None)),
    estate(instance(size=None, stores=None, profiles=None)),
    estate(service=None),
    estate(service=service(messages=None)),
    server(active=True),
    message("information"),
]
FOUND = {
    "unreadable": (Level.UNKNOWN, estate(refusals=(Refusal("state of the services", "No."),))),
    "unreadable of an instance": (Level.UNKNOWN, estate(instance(refusals=(Refusal("users", "No."),)))),
    "server-inactive": (Level.CRITICAL, server(active=False)),
    "instance-down": (Level.CRITICAL, estate(instance(info=info(status="stopped")))),
    "instance-start-failed": (Level.CRITICAL, estate(instance(info=info(start_stop_error="No licence.")))),
    "store-error": (Level.CRITICAL, estate(instance(stores=(store(error="The disk is away."),)))),
    "store-upgrade": (Level.WARNING, estate(instance(stores=(store(needs_upgrade=True),)))),
    "store-rebuild": (Level.WARNING, estate(instance(stores=(store(search_indexes_need_rebuild=True),)))),
    "profile-incomplete": (Level.WARNING, estate(instance(runs=(run("completedWithErrors"), run(hours=2))))),
    "profile-failures": (Level.WARNING, estate(instance(runs=FAILED[:2]))),
    "profile-failures often": (Level.CRITICAL, estate(instance(runs=FAILED))),
    "profile-failures of another that was cancelled": (Level.WARNING, estate(instance(runs=(run("cancelled"), run("failed", hours=2))))),
    "profile-silence": (Level.WARNING, estate(instance(runs=(run(hours=8 * 24),)))),
    "profile-silence in the whole span": (Level.WARNING, estate(instance(runs=()))),
    "message-error": (Level.CRITICAL, message("error")),
    "message-warning": (Level.WARNING, message("warning")),
    "message-other": (Level.UNKNOWN, message("a type of a newer server")),
}


@pytest.mark.parametrize("sound", SOUND)
def test_a_healthy_installation_has_no_findings(sound: Estate) -> None:
    verdict = judge(sound, Policy())
    assert verdict.findings == ()
    assert verdict.level is Level.OK


@pytest.mark.parametrize(("name", "level", "faulty"), [(name, *case) for name, case in FOUND.items()])
def test_each_problem_is_one_finding_with_its_level(name: str, level: Level, faulty: Estate) -> None:
    verdict = judge(faulty, Policy())
    [finding] = verdict.findings + verdict.messages
    assert finding.rule == name.partition(" ")[0]
    assert (finding.level, verdict.level) == (level, level)


SAID = [
    "Store 2026-01 of one: The disk is away.",
    "one is not running",
    "Store 2026-01 of one needs an upgrade",
    "Profile Journal of one failed",
]


def test_a_service_message_that_repeats_a_finding_is_omitted() -> None:
    broken = instance(stores=(store(error="The disk is away.", needs_upgrade=True),), runs=FAILED)
    messages = [rows.Message(type="error", text=text, is_sub_item=False) for text in SAID]
    verdict = judge(estate(broken, service=service(messages=messages)), Policy())
    assert [one.text for one in verdict.messages] == ["one is not running"]
    down = instance(info=info(status="stopped"), stores=None, profiles=None)
    verdict = judge(estate(down, service=service(messages=messages)), Policy())
    assert [one.text for one in verdict.messages] == [SAID[0], SAID[2], SAID[3]]
    other = [rows.Message(type="error", text=text.replace("one", "one-2"), is_sub_item=False) for text in SAID]
    assert len(judge(estate(down, broken, service=service(messages=other)), Policy()).messages) == 4, "of another instance"


def test_service_messages_are_sorted_by_severity() -> None:
    kinds = ("warning", "information", "error", "warning")
    messages = [rows.Message(type=kind, text=f"{kind} {number}", is_sub_item=False) for number, kind in enumerate(kinds)]
    found = judge(estate(service=service(messages=messages)), Policy()).messages
    assert [one.text for one in found] == ["error 2", "warning 0", "warning 3", "information 1"]


def test_each_measure_has_its_highest_value() -> None:
    verdict = judge(estate(instance(size=size(2048)), instance(runs=FAILED, size=size(1024))), Policy(limits={"instance-size": Limit(5)}))
    assert verdict.worst == {"profile-failures": 3, "profile-silence": pytest.approx(1 / 24), "instance-size": 2}
    assert verdict.limits["instance-size"] == Limit(5)


def test_every_rule_has_a_case() -> None:
    found = {name.partition(" ")[0] for name in FOUND}
    assert {*RULES, *MEASURES} - found == {"instance-off", "profile-otherwise", "message-information", "instance-size"}


def test_a_rule_can_be_set_to_any_level() -> None:
    off = estate(instance(info=info(status="stopped", start_mode="a newer mode")))
    assert judge(off, Policy({"instance-off": Level.WARNING})).level is Level.WARNING
    upgrade = estate(instance(stores=(store(needs_upgrade=True),)))
    verdict = judge(upgrade, Policy({"store-upgrade": Level.OK}))
    assert (verdict.findings, verdict.level) == ((), Level.OK)
    assert judge(message("information"), Policy({"message-information": Level.CRITICAL})).level is Level.CRITICAL
    cancelled = estate(instance(runs=(run("cancelled"),)))
    assert judge(cancelled, Policy({"profile-otherwise": Level.UNKNOWN})).findings[0].text.endswith("ended with cancelled")


@pytest.mark.parametrize(
    ("limit", "level"),
    [
        (Limit(), Level.OK),
        (Limit(11), Level.OK),
        (Limit(10), Level.WARNING),
        (Limit(5, 10), Level.CRITICAL),
        (Limit(critical=10), Level.CRITICAL),
        (Limit(critical=11), Level.OK),
    ],
)
def test_a_value_equal_to_a_limit_reaches_it(limit: Limit, level: Level) -> None:
    ten_gigabytes = estate(instance(size=size(10 * 1024)))
    assert judge(ten_gigabytes, Policy(limits={"instance-size": limit})).level is level


def test_exit_statuses_are_those_of_monitoring_plug_ins() -> None:
    assert {str(level): level.exit_status for level in Level} == {"ok": 0, "warning": 1, "critical": 2, "unknown": 3}
    assert sorted(Level, key=lambda level: level.gravity) == ["ok", "unknown", "warning", "critical"]


def test_stores_with_the_same_work_are_one_finding() -> None:
    stores = tuple(
        store(id=number, name=f"2026-0{number}", needs_upgrade=number != 2, error="Away." if number < 3 else None) for number in (1, 2, 3)
    )
    assert [finding.text for finding in judge(estate(instance(stores=stores)), Policy()).findings] == [
        "Archive store 2026-01 (id 1): Away.",
        "Archive store 2026-02 (id 2): Away.",
        "Archive stores that need an upgrade: 2026-01 (id 1), 2026-03 (id 3)",
    ]


def test_the_most_severe_findings_come_first() -> None:
    def named(name: str, megabytes: int, **changes: str) -> InstanceHealth:
        return instance(info=info(instance_id=name, **changes), size=size(megabytes))

    small, large, broken = named("small", 20), named("large", 50), named("broken", 30, start_stop_error="No.")
    untold = instance(info=info(instance_id="untold"), size=None, refusals=(Refusal("size", "No."),))
    verdict = judge(estate(small, large, untold, broken), Policy())
    assert verdict.worst_first([small, large, untold, broken]) == [broken, untold, large, small]
    assert [finding.where for finding in verdict.findings] == ["broken", "untold"]
    assert [one.text for one in verdict.of(broken)] == ["The last start or stop failed: No."]


def test_the_guide_lists_the_rules_and_measures_as_they_are() -> None:
    guide = (ROOT / "docs" / "report.md").read_text()
    for rule in RULES.values():
        assert f"| `{rule.name}` | {rule.level} | {rule.meaning} |" in guide
    for name, numbers in {"profile-failures": "1:3", "profile-silence": "7", "instance-size": "no limit"}.items():
        assert f"| `{name}` | {numbers} | {MEASURES[name].meaning} |" in guide
    assert len(MEASURES) == 3
