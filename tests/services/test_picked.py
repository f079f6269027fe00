"""The worklist that Today shows again at the next start."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tuicrm.domain.errors import NotFound
from tuicrm.services import picked, saved_filters
from tuicrm.services.context import Crm

OpenCrm = Callable[..., Crm]


def test_each_agent_finds_their_own_list_again_by_whatever_name_it_has_now(
    crm: Crm, open_as: OpenCrm
) -> None:
    fair = saved_filters.save(crm, "contacts", "fair", "tag:fair", shared=True)
    picked.keep(crm, "Fair")
    omid = open_as("omid")
    assert picked.name(omid) == ""
    picked.keep(omid, "owed")
    saved_filters.rename(omid, fair.id, "fair 2026")
    assert (picked.name(open_as()), picked.name(omid)) == ("fair 2026", "owed")
    picked.keep(crm, "")
    assert (picked.name(crm), picked.name(omid)) == ("", "owed")


def test_a_list_that_is_gone_is_named(crm: Crm) -> None:
    fair = saved_filters.save(crm, "contacts", "fair", "tag:fair")
    picked.keep(crm, "fair")
    saved_filters.delete(crm, fair.id)
    with pytest.raises(NotFound) as gone:
        picked.name(crm)
    assert (gone.value.code, gone.value.params) == ("no_worklist", {"name": "fair"})


def test_a_live_file_that_cannot_be_read_remembers_nothing_and_refuses_nothing(crm: Crm) -> None:
    saved_filters.save(crm, "contacts", "fair", "tag:fair")
    crm.live.close()
    crm.live.path.unlink(missing_ok=True)
    crm.live.path.mkdir()
    picked.keep(crm, "fair")
    assert picked.name(crm) == ""
