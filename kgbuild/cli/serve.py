"""``kgbuild serve``: the store over HTTP."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from kgbuild.cli import options
from kgbuild.errors import KgbuildError, MissingExtra


@click.command("serve")
@options.store
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen; 0.0.0.0 for everywhere.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="Which port; 0: any free one.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, metavar="SECONDS", help="How long a query may take."
)
@click.option(
    "--max-memory", type=click.IntRange(0), default=2048, show_default=True, metavar="MIB", help="Memory of a query; 0: no limit."
)
@click.option("--workers", type=click.IntRange(1), metavar="N", help="How many queries are answered at a time.  [default: one a core]")
@click.option(
    "--cache", type=click.IntRange(0), default=64, show_default=True, metavar="MIB", help="Memory for answers to be given again; 0: none."
)
@click.option("--update", is_flag=True, help="Let clients that show the token write; the server then holds the store.")
@click.option("--token-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Holds the token; made if missing.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="A web page's origin that may read, * for all; may be repeated.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name of this server, behind a proxy; may be repeated.")
@click.option("--allow-service", "services", multiple=True, metavar="IRI", help="An endpoint that SERVICE may ask; may be repeated.")
@click.option("--log-queries", is_flag=True, help="Write the text of queries to the log, not only their hash.")
def command(
    *,
    store: Path,
    host: str,
    port: int,
    timeout: float,
    max_memory: int,
    workers: int | None,
    cache: int,
    update: bool,
    token_file: Path | None,
    cors: tuple[str, ...],
    names: tuple[str, ...],
    services: tuple[str, ...],
    log_queries: bool,
) -> int:
    """Serve the store over HTTP: SPARQL at /sparql, graphs at /store, read-only unless --update is given.

    What another kgbuild loads becomes visible by itself. Stop with Ctrl-C.
    """
    try:
        from kgbuild.serving.listening import run
        from kgbuild.serving.settings import Settings
    except ModuleNotFoundError as error:
        raise MissingExtra(f"serving needs the package {error.name}", hint="pip install 'kgbuild[serve]'") from error
    from kgbuild.stores import EmbeddedStore

    if update and token_file is None:
        raise click.UsageError("--update needs --token-file FILE: who shows the token in it may write")
    EmbeddedStore.open(store, read_only=True).close()
    settings = Settings(
        store=store,
        host=host,
        port=port,
        timeout=timeout,
        memory=max_memory << 20,
        kept=cache << 20,
        update=update,
        token=_token(token_file) if token_file else "",
        cors=cors,
        services=services,
        names=names,
        log_queries=log_queries,
        **({"workers": workers} if workers else {}),
    )
    started = run(settings, started=lambda address: click.echo(f"serving {store} at {address}sparql; stop with Ctrl-C", err=True))
    return 0 if started else 4


def _token(path: Path) -> str:
    """The token in a file; a new one is written where there is none."""
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32) + "\n", encoding="ascii")
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KgbuildError(f"{path}: the token cannot be read: {error}", hint="name another --token-file") from error
    if len(token) < 16:
        raise KgbuildError(f"{path}: the token is shorter than 16 characters", hint="remove the file, and a good one is made")
    return token
