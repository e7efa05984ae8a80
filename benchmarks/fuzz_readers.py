"""Damage real annotation files and read them: every reader must answer with documents that verify, and problems, and nothing else.

Each case is a sample file of the reader's format, damaged by a seed of its own, among the files that it stands beside. What fails a case:
an exception but FormatError, an unverified mention, ids that are not unique, a record that cannot be written and read, more time
or memory than the bounds below. Failing cases are shown with the number that repeats them (--only).

    python benchmarks/fuzz_readers.py --reader brat --count 50000 --seed 1 [--jobs 2] [--keep DIR] [--only CASE]
"""

from __future__ import annotations

import argparse
import atexit
import faulthandler
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parent))
from fuzz_material import MADE
from mutate import mutate

from kgbuild.document import Document, Problem, decode_record, encode_record
from kgbuild.errors import FormatError
from kgbuild.readers import BUILT_IN, Source, choose, discover, documents

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared" / "samples"

#: reader -> folders of its samples, below the shared samples, or of this checkout
SAMPLES: dict[str, tuple[Path, ...]] = {
    "native": (CHECKOUT / "data" / "articles",),
    **{
        name: tuple(SHARED / folder for folder in folders.split())
        for name, folders in {
            "brat": "brat brat-ronec",
            "cas-json": "inception-json",
            "doccano": "doccano",
            "inception": "inception-project-export",
            "labelstudio": "labelstudio",
            "nif": "inception-nif",
            "prodigy": "prodigy",
            "webanno-tsv": "inception-tsv3",
            "webannotation": "webannotation",
            "xmi": "inception-xmi",
        }.items()
    },
}

#: bounds of one case: wall time in seconds, address space of the process in MiB
SECONDS, MEMORY = 10, 3072
#: files larger than this are damaged once in fifty cases only
SMALL = 100 << 10
_CHUNK = 200


def samples(name: str) -> list[Source]:
    """The sample files that the reader knows, in a stable order."""
    if name not in SAMPLES:
        raise LookupError(f"{name}: no samples are known; add their folder to SAMPLES")
    folders = [folder for folder in SAMPLES[name] if folder.is_dir()]
    if name in MADE:
        folders.append(made(name))
    if not folders:
        raise LookupError(f"{name}: not run, its samples are not beside this checkout")
    return [found for found in discover(folders) if isinstance(found, Source) and choose(found.path).name == name]


@cache
def made(name: str) -> Path:
    """The folder of the files that are made for a reader; it is gone when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="kgbuild-fuzz-made-")
    atexit.register(folder.cleanup)
    MADE[name](Path(folder.name))
    return Path(folder.name)


@cache
def _sources(name: str) -> list[tuple[Source, tuple[Path, ...], int]]:
    """Each sample with the files that it may be read with, and the size of all."""
    found = []
    for source in samples(name):
        path = source.path
        if path.is_dir():
            files = tuple(sorted(file for file in path.rglob("*") if file.is_file()))
        else:
            stem = path.name.partition(".")[0]
            beside = sorted(file for file in path.parent.iterdir() if file.is_file())
            files = (path, *(file for file in beside if file != path and (file.name.partition(".")[0] == stem or file.suffix == ".conf")))
        found.append((source, files, sum(file.stat().st_size for file in files)))
    return found


def lay(name: str, chance: random.Random, folder: Path) -> Source:
    """Write one case: a sample with one of its files damaged."""
    known = _sources(name)
    small = [each for each in known if each[2] <= SMALL]
    source, files, _ = chance.choice(known if not small or chance.random() < 0.02 else small)
    home = source.path if source.path.is_dir() else source.path.parent
    damaged = files[0] if source.path.is_file() and chance.random() < 0.8 else chance.choice(files)
    for file in files:
        target = folder / "in" / file.relative_to(home)
        target.parent.mkdir(parents=True, exist_ok=True)
        data = file.read_bytes()
        target.write_bytes(mutate(data, chance) if file == damaged else data)
    return Source(folder / "in", folder) if source.path.is_dir() else Source(folder / "in" / source.path.name, folder / "in")


def check(source: Source, name: str) -> Iterator[str]:
    """Read a source; yield what its documents are made of, for the count. Raises AssertionError for what must not be."""
    try:
        for found in documents(source, name):
            if isinstance(found, Problem):
                yield found.severity
                continue
            assert isinstance(found, Document), found
            names = [unit.id for unit in found.units]
            assert len(set(names)) == len(names), "two units of one id"
            for unit in found.units:
                for mention in unit.mentions:
                    if found.text is not None and mention.spans:
                        ends = [place for span in mention.spans for place in span]
                        assert ends == sorted(ends), f"spans out of order: {mention}"
                        assert ends[0] >= 0, f"a span outside the text: {mention}"
                        assert ends[-1] <= len(found.text), f"a span outside the text: {mention}"
                        covered = " ".join(found.text[begin:end] for begin, end in mention.spans)
                        assert covered == mention.text, f"not what stands there: {mention}"
            assert len(decode_record(encode_record((found,)))[0].units) == len(names)
            yield "document with problems" if found.problems else "document"
    except FormatError:
        yield "format error"


class _TooLong(BaseException):
    """A case took more than its time."""


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


def run(name: str, seed: int, cases: range, keep: Path | None) -> tuple[Counter[str], list[str], float]:
    """Run some cases in this process; return what came of them, the failures, and the longest time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY << 20, MEMORY << 20))
    signal.signal(signal.SIGALRM, _ring)
    counts: Counter[str] = Counter()
    failures: list[str] = []
    longest = 0.0
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="kgbuild-fuzz-") as folder:
            source = lay(name, random.Random(f"{seed} {name} {case}"), Path(folder))
            faulthandler.dump_traceback_later(6 * SECONDS, exit=True)  # for what does not return to Python
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            begun = time.perf_counter()
            try:
                counts.update(check(source, name))
            except (Exception, _TooLong):  # noqa: BLE001  whatever it is, it is what we look for
                failures.append(f"case {case}: {''.join(traceback.format_exc().splitlines(keepends=True)[-5:])}")
                if keep:
                    shutil.copytree(folder, keep / f"{name}-{seed}-{case}", dirs_exist_ok=True)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
                faulthandler.cancel_dump_traceback_later()
            longest = max(longest, time.perf_counter() - begun)
    return counts, failures, longest


def main() -> None:
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--reader", required=True, choices=[*BUILT_IN, "all"])
    parser.add_argument("--count", type=int, default=1000, help="cases for each reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", type=int, help="run this case alone")
    parser.add_argument("--keep", type=Path, help="where to put the files of failing cases")
    arguments = parser.parse_args()
    failed = False
    for name in BUILT_IN if arguments.reader == "all" else [arguments.reader]:
        cases = range(arguments.count) if arguments.only is None else range(arguments.only, arguments.only + 1)
        failed |= not campaign(name, arguments.seed, cases, arguments.jobs, arguments.keep)
    sys.exit(failed)


def campaign(name: str, seed: int, cases: range, jobs: int, keep: Path | None) -> bool:
    try:
        samples(name)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return name in SAMPLES
    begun = time.perf_counter()
    chunks = [cases[first : first + _CHUNK] for first in range(0, len(cases), _CHUNK)]
    counts: Counter[str] = Counter()
    failures: list[str] = []
    longest = 0.0
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        pending = [pool.submit(run, name, seed, chunk, keep) for chunk in chunks]
        for chunk, each in zip(chunks, pending, strict=True):
            try:
                found, wrong, slowest = each.result()
            except Exception as error:  # noqa: BLE001  the process died, with all that it had not handed over
                failures.append(f"cases {chunk[0]} to {chunk[-1]}: the process ended: {error!r}")
                break
            counts += found
            failures += wrong
            longest = max(longest, slowest)
    shown = ", ".join(f"{count:,} {what}" for what, count in counts.most_common())
    print(
        f"{name}: {len(cases):,} cases, {len(failures)} failures, {time.perf_counter() - begun:.0f} s, the longest {longest:.2f} s: {shown}"
    )
    for failure in failures[:20]:
        print(failure, file=sys.stderr)
    return not failures


if __name__ == "__main__":
    main()
