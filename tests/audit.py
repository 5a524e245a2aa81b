"""
`python -m tests.audit`: the packages of the product against published advisories.

Ends with 1 for a known vulnerability. Where the advisory service cannot be reached nothing is
known: that is said, with how many packages, and is no failure, for a build must not depend on it.
What is given on the command line goes to pip-audit.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"
_SECONDS = 300


@dataclass(frozen=True)
class Audit:
    """`known` are vulnerabilities as lines to read, `unknown` packages nobody could tell of."""

    packages: int
    known: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def text(self) -> str:
        compared = self.packages - len(self.unknown)
        lines = [f"{compared} of {self.packages} packages compared with published advisories."]
        if self.unknown:
            lines.append(
                f"{len(self.unknown)} could NOT be compared, the advisory service does not answer "
                f"for them: {', '.join(self.unknown)}"
            )
        return "\n".join([*lines, *self.known])


def audited(lock: Path, options: Sequence[str] = ()) -> Audit:
    """Raises CalledProcessError when pip-audit itself fails for another reason than the network."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes"]
    command += ["--disable-pip", "--format=json", "--progress-spinner=off", "--desc=off", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if done.stdout.strip():
        return _read(done.stdout)
    if _is_silence(done.stderr):
        names = _locked(lock)
        return Audit(len(names), (), names)
    raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)


def _read(report: str) -> Audit:
    found = json.loads(report)["dependencies"]
    unknown = tuple(one["name"] for one in found if "skip_reason" in one)
    known = tuple(
        f"KNOWN VULNERABILITY: {one['name']} {one['version']}: {each['id']}"
        f" (mended in {', '.join(each['fix_versions']) or 'no release yet'})"
        for one in found
        for each in one.get("vulns", ())
    )
    return Audit(len(found), known, unknown)


def _is_silence(said: str) -> bool:
    """How pip-audit ends when it reaches nobody."""
    return any(
        word in said for word in ("ConnectionError", "Connection error", "Could not connect")
    )


def _locked(lock: Path) -> tuple[str, ...]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(line.partition("==")[0] for line in lines if "==" in line))


def main() -> int:
    try:
        found = audited(LOCK, sys.argv[1:])
    except subprocess.CalledProcessError as error:
        print(error.stderr, file=sys.stderr)  # noqa: T201 - a command's output
        return 2
    print(found.text)  # noqa: T201 - a command's output
    return 1 if found.known else 0


if __name__ == "__main__":
    raise SystemExit(main())
