"""The connector of the guide is no sketch: the very program of the page takes a case and grants it."""

import io
import re
import threading
import urllib.error
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest

from suban.demo.departments import DEMO_SECRET, SYSTEM
from suban.departments.adapters.http import HttpDepartmentClient
from suban.departments.models import InboundMessage
from suban.departments.ports import department_client

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "connect-a-department-system.md"


@pytest.fixture
def connector(site, monkeypatch) -> dict[str, Any]:
    """The program, its names by name; what it would do in a thread it keeps for the test to run."""
    (program,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    for name, value in (("SITE", "http://site.test"), ("SYSTEM", SYSTEM), ("SECRET", DEMO_SECRET)):
        monkeypatch.setenv(name, value)
    names: dict[str, Any] = {"__name__": "connector"}
    exec(compile(program, str(GUIDE), "exec"), names)

    def urlopen(request: Any, timeout: float) -> Any:
        answered = site(
            request.get_method(),
            urlsplit(request.full_url).path,
            request.data or b"",
            dict(request.header_items()),
        )
        if answered.status >= 400:
            raise urllib.error.HTTPError(
                request.full_url, answered.status, "", {}, io.BytesIO(answered.content)
            )
        return io.BytesIO(answered.content)

    later: list[Any] = []
    keep = lambda target, args: SimpleNamespace(start=lambda: later.append((target, args)))  # noqa: E731
    monkeypatch.setattr(names["urllib"].request, "urlopen", urlopen)
    names["threading"], names["later"] = SimpleNamespace(Thread=keep), later
    return names


def test_the_connector_of_the_guide_runs(connector, office, capsys) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), connector["Pushes"])
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    client = HttpDepartmentClient(simulator_url=f"http://127.0.0.1:{server.server_address[1]}")
    try:
        with department_client.plugged(client):
            office.submit()
    finally:
        server.shutdown()
        server.server_close()
        client.close()
    ((handle, arguments),) = connector["later"]

    handle(*arguments)
    office.work()

    assert [line.split()[1] for line in capsys.readouterr().out.splitlines() if line] == ["applied"] * 4
    assert office.state == "closed"
    assert set(InboundMessage.objects.values_list("outcome", flat=True)) == {"applied"}
