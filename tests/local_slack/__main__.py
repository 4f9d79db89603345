"""Install the look-alike, cut it off from the network, and run the tests that need it.

It listens on every interface, so it and the tests get a network of their own that has but a
loopback. Where that or the installation is impossible this says so and succeeds.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

import click

from tests.local_slack.look_alike import PROGRAM, ROOT

PACKAGE = "local-slack-linux-x64@0.1.8"
#: The first works for root, the second for others where the system allows it.
ALONE = (["unshare", "-n"], ["unshare", "-rn"])
TESTS = 'ip link set lo up && exec "$0" -m pytest tests/local_slack "$@"'


def main() -> int:
    """Run; the exit code of the tests."""
    if not (PROGRAM.exists() or _installed()):
        click.echo("skipped: local-slack cannot be installed here (npm, Linux x86-64)")
        return 0
    for alone in ALONE:
        if shutil.which(alone[0]) and _works([*alone, "ip", "link", "set", "lo", "up"]):
            told = [*alone, "sh", "-c", TESTS, sys.executable, *sys.argv[1:]]
            return subprocess.run(told, cwd=ROOT, check=False).returncode
    click.echo("skipped: a network of one's own (unshare -n) is not allowed here")
    return 0


def _installed() -> bool:
    if shutil.which("npm") is None:
        return False
    folder = PROGRAM.parents[3]
    folder.mkdir(parents=True, exist_ok=True)
    quiet = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
    return _works(["npm", "install", *quiet, "--prefix", str(folder), PACKAGE]) and PROGRAM.exists()


def _works(command: list[str]) -> bool:
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
