"""What people stumbled over in the shell who lead others: agents who leave, names with a slip."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def team(leila: Shell) -> Shell:
    """Kian owes Leila two calls and owns her; Sara and Omid work here too."""
    for handle in ("kian", "omid"):
        leila.ok("agent", "add", handle)
    for day in ("tomorrow", "thursday"):
        leila.ok("followup", "add", "1", day, "--agent", "kian")
    leila.ok("contact", "edit", "1", "--owner", "kian")
    return leila


def _whose(shell: Shell) -> list[str]:
    return [each["assignee"] for each in shell.json("followup", "list")]


def test_an_agent_who_leaves_says_what_is_still_theirs(team: Shell) -> None:
    done = team.ok("agent", "off", "kian")
    assert "off" in done.out
    assert "Still with kian: 2 open follow-ups, 1 contact." in done.err
    assert "tuicrm agent off kian --to AGENT" in done.err
    assert _whose(team) == ["kian", "kian"]


def test_what_was_theirs_is_handed_on_in_one_action(team: Shell) -> None:
    done = team.ok("agent", "off", "kian", "--to", "omid")
    assert "Handed to omid: 2 open follow-ups, 1 contact." in done.err
    assert _whose(team) == ["omid", "omid"]
    assert team.json("contact", "show", "1")["owner"] == "omid"
    team.ok("undo")
    assert _whose(team) == ["kian", "kian"]
    assert team.json("contact", "show", "1")["owner"] == "kian"
    assert [each["active"] for each in team.json("agent", "list")] == [True, True, True]


def test_it_can_be_handed_on_later_too(team: Shell) -> None:
    team.ok("agent", "off", "kian")
    team.ok("agent", "off", "kian", "--to", "@omid")
    assert _whose(team) == ["omid", "omid"]


def test_nothing_is_handed_to_nobody_or_to_who_leaves(team: Shell) -> None:
    for heir in ("nobdy", "kian"):
        assert team("agent", "off", "kian", "--to", heir).code == 5
    assert team.json("agent", "list")[0]["active"]
    assert _whose(team) == ["kian", "kian"]


def test_who_is_switched_off_saves_nothing_and_comes_back(team: Shell) -> None:
    team.ok("agent", "off", "kian")
    for words in (("log", "leila", "called"), ("contact", "add", "Nadia"), ("followup", "done", "1")):
        refused = team("--as", "kian", *words)
        assert (refused.code, refused.out) == (7, "")
        assert "kian is switched off" in refused.err
    assert team.json("call", "list") == []
    assert "tuicrm agent on kian" in team("agent", "add", "kian").err
    team.ok("agent", "on", "kian")
    team.ok("--as", "kian", "log", "leila", "called")
    assert team.json("agent", "list")[0]["active"]


def test_who_is_switched_off_is_handed_nothing(team: Shell) -> None:
    team.ok("agent", "off", "omid")
    team.ok("agent", "edit", "omid", "--name", "Omid Rad")
    for words in (
        ("followup", "assign", "1", "omid"),
        ("followup", "assign", "1", "@Omid"),
        ("followup", "assign", "1", "omid rad"),
        ("followup", "add", "leila", "tom", "--agent", "omid"),
        ("contact", "edit", "1", "--owner", "omid"),
        ("log", "leila", "wants a price @omid /2d"),
        ("log", "leila", "wants a price @rad /2d"),
    ):
        refused = team(*words)
        assert (refused.code, refused.out) == (5, "")
        assert "omid is switched off. tuicrm agent on omid takes them back" in refused.err.replace("\n", " ")
    assert team.json("call", "list") == []


@pytest.mark.parametrize("name", ["sa ra", "1sara", "sa/ra"])
def test_a_name_that_no_agent_may_have_is_refused_as_an_own_one(leila: Shell, name: str) -> None:
    for words in (("--as", name, "contact", "add", "Nadia"), ("config", "set", "agent", name)):
        refused = leila(*words)
        assert (refused.code, refused.out) == (5, "")
    assert [each["handle"] for each in leila.json("agent", "list")] == ["sara"]


def test_the_name_of_the_machines_user_is_made_to_fit(leila: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TUICRM_AGENT")
    monkeypatch.setenv("LOGNAME", "CORP\\Kian K")
    leila.ok("contact", "add", "Nadia")
    assert [each["handle"] for each in leila.json("agent", "list")] == ["corp-kian-k", "sara"]


@pytest.mark.parametrize(
    "words",
    [
        ("call", "list", "--agent", "nobdy"),
        ("call", "list", "--outcome", "zzz"),
        ("call", "list", "--topic", "zz"),
        ("call", "unlogged", "--agent", "nobdy"),
        ("followup", "list", "--agent", "nobdy"),
        ("followup", "due", "--agent", "nobdy"),
        ("followup", "due", "--notify", "--agent", "nobdy"),
    ],
    ids=" ".join,
)
def test_an_unknown_agent_or_code_is_refused_not_silent(leila: Shell, words: tuple[str, ...]) -> None:
    refused = leila(*words)
    assert (refused.code, refused.out) == (5, "")
    assert words[-1] in refused.err


def test_agents_and_codes_are_named_as_in_a_filter(team: Shell) -> None:
    team.ok("agent", "edit", "kian", "--name", "Kian Kamali")
    team.ok("--as", "kian", "log", "leila", "/n")
    team.ok("agent", "off", "kian")
    for agent in ("@Kian", "kian k", "Kian Kamali"):
        assert len(team.json("call", "list", "--agent", agent)) == 1
        assert team.json("followup", "list", "--agent", agent)
    for outcome in ("n", "no_answer", "no answer"):
        assert len(team.json("call", "list", "--outcome", outcome)) == 1
    assert team.json("followup", "due", "--agent", "me") == []


def test_of_many_who_fit_it_is_said_that_there_are_more(leila: Shell) -> None:
    for each in range(22):
        leila.ok("contact", "add", f"Leila {chr(65 + each)}ri", "--phone", f"09121234{each:03}")
    refused = leila("log", "leila", "called")
    assert refused.code == 3
    assert refused.err.count("contact:") == 20
    assert "And more." in refused.err
    assert "tuicrm find leila --all" in refused.err
    assert "And more." not in leila("log", "leila a", "called").err


def test_an_own_list_never_takes_the_name_of_everybodys(team: Shell) -> None:
    team.ok("worklist", "save", "fair 2026", "--where", "tag:fair", "--shared")
    refused = team("--as", "omid", "worklist", "save", "Fair 2026", "--where", "tag:vip")
    assert refused.code == 6
    assert "There is a filter fair 2026 already, your own or everybody's." in refused.err
    team.ok("--as", "omid", "worklist", "save", "vips", "--where", "tag:vip")
    assert team("--as", "omid", "worklist", "rename", "vips", "fair 2026").code == 6
    assert team("--as", "omid", "worklist", "save", "vips", "--where", "tag:x", "--shared").code == 6
    names = {(each["name"], each["agent"]) for each in team.json("--as", "omid", "worklist", "list")}
    assert names == {("fair 2026", None), ("vips", "omid"), ("owed", None)}


def test_everybodys_list_is_replaced_renamed_and_taken_back_under_its_own_name(team: Shell) -> None:
    team.ok("worklist", "save", "fair", "--where", "tag:fair", "--shared")
    assert team.json("worklist", "save", "fair", "--where", "tag:vip", "--shared")["where"] == "tag:vip"
    assert team.json("worklist", "rename", "fair", "Fair")["name"] == "Fair"
    assert team.json("worklist", "share", "fair", "--mine")["agent"] == "sara"
    assert team.json("worklist", "share", "fair")["agent"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("call", "list", "--limit", "x"), "That is no value of --limit. tuicrm call list --help shows"),
        (("call", "lsit"), "tuicrm call --help shows"),
        (("cal",), "tuicrm --help shows"),
        (("followup", "move", "4", "-1d"), "-1d is a moment in the past"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else None,
)
def test_a_usage_error_names_the_help_of_its_command(leila: Shell, words: tuple[str, ...], said: str) -> None:
    refused = leila(*words)
    assert refused.code == 2
    assert said in refused.err


def test_who_takes_a_colleagues_action_back_reads_whose_it_was(team: Shell) -> None:
    team.ok("--as", "omid", "log", "leila", "wants two")
    action = str(team.json("call", "list")[0]["action_id"])
    for words in (("undo", action, "--dry-run"), ("undo", action), ("redo", action)):
        assert f"Action {action} was done by omid." in team.ok(*words).err
    assert "was done by" not in team.ok("--as", "omid", "undo", action).err


def test_an_older_process_is_applied_anew_as_the_docs_say(leila: Shell) -> None:
    first = leila.ok("process", "show", "--version", "1").out
    old, new = leila.folder / "old.toml", leila.folder / "new.toml"
    old.write_text(first, encoding="utf-8")
    new.write_text(first + "\n# more\n", encoding="utf-8")
    leila.ok("process", "apply", str(new), "--yes")
    leila.ok("process", "apply", str(old), "--version", "2", "--yes")
    assert leila.json("process", "show")["version"] == 3
    assert "# more" not in leila.ok("process", "show").out


@pytest.mark.parametrize(("language", "headed"), [("en", "Commands:"), ("fa", "فرمان\u200cها:")])
@pytest.mark.parametrize(
    "group", ["", "contact", "call", "followup", "ticket", "worklist", "process", "agent", "config", "keys"]
)
def test_no_sentence_of_a_list_of_commands_is_cut_at_eighty_columns(
    shell: Shell, group: str, language: str, headed: str
) -> None:
    shell.set(COLUMNS="80", TUICRM_LANG=language)
    told = shell.ok(*filter(None, [group]), "--help").out
    _, heading, commands = told.partition(headed)
    assert heading
    assert "..." not in commands


def _states(shell: Shell) -> list[str]:
    return [each["state"] for each in sorted(shell.json("followup", "list"), key=lambda each: each["id"])]


@pytest.mark.parametrize("which", [("1", "2"), ("1,followup:2",), ("--where", "agent:kian")], ids=" ".join)
def test_several_follow_ups_are_done_in_one_action(team: Shell, which: tuple[str, ...]) -> None:
    assert "2 follow-ups changed." in team.ok("followup", "done", *which).out
    assert _states(team) == ["done", "done"]
    team.ok("undo")
    assert _states(team) == ["open", "open"]


def test_several_are_handed_on_moved_snoozed_and_cancelled(team: Shell) -> None:
    assert team.json("followup", "assign", "1", "2", "omid")["changed"] == 2
    assert _whose(team) == ["omid", "omid"]
    team.ok("followup", "move", "1,2", "2026-12-24")
    team.ok("followup", "snooze", "--where", "agent:omid", "2026-12-20")
    listed = team.json("followup", "list")
    assert [each["due_on"] for each in listed] == ["2026-12-24", "2026-12-24"]
    assert all(each["remind_at"] for each in listed)
    team.ok("followup", "cancel", "1,2", "bought", "elsewhere")
    assert _states(team) == ["cancelled", "cancelled"]
    team.ok("undo")
    team.ok("followup", "cancel", "--where", "agent:omid", "bought")
    assert _states(team) == ["cancelled", "cancelled"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("done",), 2),
        (("done", "1", "--where", "agent:kian"), 2),
        (("move", "1", "2", "days"), 2),
        (("snooze", "1"), 2),
        (("cancel", "1"), 2),
        (("done", "1", "77"), 4),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else None,
)
def test_what_is_not_clear_changes_no_follow_up(team: Shell, words: tuple[str, ...], code: int) -> None:
    assert team("followup", *words).code == code
    assert _states(team) == ["open", "open"]
