"""One command starts each simulator."""

import pytest

from suban.simulators import __main__ as command


def test_every_simulator_has_a_sub_command(tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(command, "SIMULATORS", {"registers": lambda **given: started.append(given)})

    command.main(["registers", "--port", "8101", "--data", str(tmp_path)])

    assert started == [{"port": 8101, "data": tmp_path}]


@pytest.mark.parametrize("arguments", [[], ["moon", "--port", "1", "--data", "x"], ["sms"]])
def test_a_wrong_command_line_is_refused(arguments):
    with pytest.raises(SystemExit):
        command.main(arguments)
