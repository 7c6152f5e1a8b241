"""The embedded server: started by the first who needs it, stopped by the last."""

import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from verband.site.launch import binaries, postgres
from verband.site.launch.identity import Identity, database_identity
from verband.site.launch.paths import SOURCE
from verband.site.launch.postgres import Cluster
from verband.site.launch.words import Unable


def ask(cluster: Cluster, query: str) -> object:
    with psycopg.connect(cluster.url("postgres")) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def test_the_server_keeps_what_was_written_and_stops_with_its_last_user(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    with cluster.in_use():
        with psycopg.connect(cluster.url("postgres")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        with Cluster(tmp_path).in_use():
            assert ask(cluster, "SELECT number FROM kept") == 7
        assert cluster.running()
    assert not cluster.running()

    with cluster.in_use():
        assert ask(cluster, "SELECT number FROM kept") == 7


@pytest.mark.parametrize("name", ['a "b" c', "a,b", "long" * 30])
def test_the_server_runs_wherever_the_folder_lies(tmp_path: Path, name: str) -> None:
    cluster = Cluster(tmp_path / name, durable=False)

    with cluster.in_use():
        assert ask(cluster, "SELECT 1") == 1


def test_sorting_and_letters_are_the_same_everywhere(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, durable=False)

    with cluster.in_use():
        assert ask(cluster, "SELECT 'Zwolle' < 'aalten'") is True
        assert ask(cluster, "SELECT lower('SÚDWEST')") == "súdwest"


def test_only_this_machine_and_this_user_reach_it(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, durable=False)

    with cluster.in_use():
        assert ask(cluster, "SHOW listen_addresses") == ""
        assert cluster.socket_folder().stat().st_mode & 0o077 == 0


def test_a_half_made_cluster_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "pg.unfinished" / "base").mkdir(parents=True)
    (tmp_path / "pg").mkdir()
    cluster = Cluster(tmp_path)

    with cluster.in_use():
        assert ask(cluster, "SELECT 1") == 1


def test_a_stale_process_number_does_not_stop_the_start(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    with cluster.in_use():
        stale = (cluster.data / "postmaster.pid").read_text().splitlines()
    with subprocess.Popen(["sleep", "60"]) as other:
        (cluster.data / "postmaster.pid").write_text("\n".join([str(other.pid), *stale[1:]]))

        with cluster.in_use():
            assert ask(cluster, "SELECT 1") == 1

        assert other.poll() is None
        other.kill()


def test_a_server_left_by_a_killed_process_is_taken_over_and_stopped(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path;"
        "from verband.site.launch.postgres import Cluster\n"
        "with Cluster(Path(sys.argv[1])).in_use(): print('up', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, tmp_path],
        env={"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE,
    ) as user:  # fmt: skip
        assert user.stdout is not None
        assert user.stdout.readline() == b"up\n"
        user.kill()
    cluster = Cluster(tmp_path)
    assert cluster.running()

    with cluster.in_use():
        assert ask(cluster, "SELECT 1") == 1

    assert not cluster.running()


def test_a_cluster_in_use_is_not_destroyed(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)

    with cluster.in_use(), pytest.raises(Unable, match="in use"):
        Cluster(tmp_path).destroy()
    cluster.destroy()

    assert not cluster.data.exists()


def test_a_cluster_of_another_version_is_not_touched(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "PG_VERSION").write_text("9\n")

    with pytest.raises(Unable, match="made by PostgreSQL 9"), cluster.in_use():
        pass

    assert (tmp_path / "pg" / "PG_VERSION").exists()


def test_without_any_server_program_one_sentence_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(binaries, "wheel_folders", list)
    monkeypatch.setattr(binaries, "machine_folders", list)

    with pytest.raises(Unable, match="set DATABASE_URL"):
        binaries.find_binaries()


def test_a_server_on_the_machine_serves_when_the_packaged_one_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packaged = binaries.wheel_folders()
    monkeypatch.setattr(binaries, "wheel_folders", list)
    monkeypatch.setattr(binaries, "machine_folders", lambda: [Path("/nowhere"), *packaged])

    assert binaries.find_binaries().folder == packaged[0]


def test_a_start_that_fails_says_why_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "locale_options", lambda version: ["--locale=nowhere"])

    with pytest.raises(Unable) as refusal, Cluster(tmp_path).in_use():
        pass

    assert "\n" not in str(refusal.value)
    assert not (tmp_path / "pg.unfinished").exists()


def test_an_ordinary_user_stays_who_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    assert database_identity() == Identity()
    assert Identity().becoming() is None


def test_a_start_waits_for_the_one_that_is_under_way(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from verband.site.launch.postgres import Cluster\n"
        "with Cluster(Path(sys.argv[1])).in_use() as c: print(c.running())"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", program, tmp_path],
            env={"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]  # fmt: skip

    answers = [start.communicate(timeout=60)[0] for start in starts]

    assert answers == [b"True\n"] * 4
    assert not Cluster(tmp_path).running()


def test_an_open_connection_does_not_hold_up_the_stop(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    begun = time.monotonic()

    with cluster.in_use():
        connection = psycopg.connect(cluster.url("postgres"))

    assert not cluster.running()
    assert time.monotonic() - begun < 20
    connection.close()
