from viewer.commands.command import Commands
from viewer.commands.every import COMMANDS
from viewer.settings import log_file


def test_a_report_is_written_where_the_reader_wants_it_and_holds_no_paths(desk, tmp_path):
    log_file().parent.mkdir(parents=True, exist_ok=True)
    log_file().write_text(
        "2026-11-21 09:00:02,000 ERROR viewer.app: Doe^Jane\n"
        f'  File "{tmp_path}/viewer/app.py", line 3, in main\nKeyError: Doe^Jane\n'
    )
    desk.asker.path = tmp_path / "report.txt"
    Commands(COMMANDS).run("help.report", desk)
    desk.settle(desk.asker.path.exists)
    text = desk.asker.path.read_text()
    assert "KeyError" in text
    assert "viewer/app.py, line 3, in main" in text
    assert "Doe" not in text
    assert str(tmp_path) not in text


def test_a_report_that_cannot_be_written_is_told(desk, tmp_path):
    desk.asker.path = tmp_path / "nowhere" / "report.txt"
    Commands(COMMANDS).run("help.report", desk)
    desk.settle()
    assert "could not be written" in desk.session.message.value.sentence
