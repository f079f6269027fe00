"""Days and moments as options name them: ``services.moments`` under the name that the shell knows."""

from __future__ import annotations

from tuicrm.services.moments import moment

__all__ = ["moment"]
