"""The wheel, as it is used: the same bytes as the program's, findings as data, one exception."""

import os
import subprocess
import threading
import time
from pathlib import Path

import kaitei
import pytest

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ["KAITEI_BIN"]
SAMPLES = ["meguro-2020", "kakuu-2025"]
FORM = "基本目標,指標,目標（人）\n１　育てる,利用者数,5\n"
TEMPLATE = """
kaitei = 2
document.title = "指標の一覧"
groups = [{ key = "goal", words = ["基本目標"] }]
fields = [{ key = "name", role = "name", words = ["指標"] }, { key = "target", role = "target", words = ["目標（人）"] }]
columns = [{ title = "指標", fields = ["name"], width = 20 }, { title = "目標", fields = ["target"], width = 10 }]
"""


def program(*words):
    run = subprocess.run([PROGRAM, *map(str, words)], capture_output=True)
    assert run.returncode in (0, 1), run.stderr.decode()
    return run.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    for name in ["templates", "input"]:
        (folder / name).symlink_to(ROOT / name)
    program("build", "--quiet", "--project", folder)
    return folder


@pytest.mark.parametrize("name", SAMPLES)
def test_the_program_writes_the_same_bytes(project, name):
    built = kaitei.build(ROOT / f"templates/{name}.toml", ROOT / "input" / name)
    written = {path.name: path.read_bytes() for path in (project / "output" / name).iterdir()}
    del written["manifest.json"]
    assert built.files == written
    assert built.files[f"{name}.pdf"].startswith(b"%PDF-")
    assert not built.has_errors and len(built.rows) == len(built.times) == len(built.origins) > 30


def test_rows_and_findings_are_data():
    built = kaitei.build(TEMPLATE, {"課/a.csv": FORM.encode()}, formats=["json"])
    assert built.rows == [{"goal": "1　育てる", "name": "利用者数", "target": "5人"}]
    assert built.origins == ["課/a.csv A2"] and list(built.files) == ["list.json"]
    bad = kaitei.build(TEMPLATE, {"a.csv": "あれ,これ\n1,2\n".encode()})
    assert bad.has_errors and bad.files == {}
    assert bad.findings[0]["origin"]["file"] == "a.csv" and bad.findings[0]["message"]["ja"]
    assert kaitei.check(TEMPLATE, {"a.csv": "あれ,これ\n1,2\n".encode()}) == bad.findings
    frame = pytest.importorskip("pandas").json_normalize(bad.findings)
    assert "origin.file" in frame.columns


def test_what_the_program_says_of_values_and_changes(tmp_path):
    import json

    said = json.loads(program("read", "--format", "json", "--lang", "ja", "30％削減", "5人"))
    assert kaitei.read(["30％削減", "5人"]) == said and kaitei.read("5人") == said[1]
    (tmp_path / "templates").mkdir()
    (tmp_path / "input/list").mkdir(parents=True)
    (tmp_path / "templates/list.toml").write_text(TEMPLATE, "utf-8")
    (tmp_path / "input/list/a.csv").write_text(FORM.replace(",5", ",6"), "utf-8")
    (tmp_path / "old.csv").write_text(FORM, "utf-8")
    said = json.loads(program("compare", "list", "--with", "old.csv", "--format", "json", "--project", tmp_path))
    template, files = tmp_path / "templates/list.toml", tmp_path / "input/list"
    assert kaitei.compare(template, files, tmp_path / "old.csv") == said
    assert kaitei.compare(template, files, ("old.csv", FORM.encode())) == said


def test_templates_bring_what_they_name(tmp_path):
    (tmp_path / "common.toml").write_text(TEMPLATE, "utf-8")
    (tmp_path / "font.ttf").write_bytes((ROOT / "assets/fonts/BIZUDGothic-Regular.ttf").read_bytes())
    own = 'kaitei = 2\nextends = "common.toml"\noutput.formats = ["pdf"]\nfonts.regular = "font.ttf"\n'
    (tmp_path / "own.toml").write_text(own, "utf-8-sig")
    built = kaitei.build(tmp_path / "own.toml", {"a.csv": FORM.encode()})
    assert list(built.files) == ["own.pdf"]


@pytest.mark.parametrize(
    "call",
    [
        lambda: kaitei.build("kaitei = 2\ntitel = 1", {}),
        lambda: kaitei.build(Path("no such template.toml"), {}),
        lambda: kaitei.build(TEMPLATE, Path("no such folder")),
        lambda: kaitei.build(TEMPLATE, {}, formats=["docx"]),
        lambda: kaitei.build(TEMPLATE, {"a.csv": FORM.encode()}, accepted="nonsense"),
        lambda: kaitei.compare(TEMPLATE, {"a.csv": FORM.encode()}, ("old.csv", b"")),
        lambda: kaitei.compare(TEMPLATE, {}, ("old.csv", b""), formats=[]),
        lambda: kaitei.read("5人", era="nonsense"),
    ],
)
def test_wrong_use_is_one_exception(call):
    with pytest.raises(kaitei.KaiteiError) as raised:
        call()
    assert str(raised.value)


def test_other_threads_go_on():
    files = {path.name: path.read_bytes() for path in (ROOT / "input/meguro-2020").iterdir()}
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    began = time.monotonic()
    kaitei.build(ROOT / "templates/meguro-2020.toml", files)
    ended = time.monotonic()
    done.set()
    ticker.join()
    assert sum(began < at < ended for at in ticks) >= 3
