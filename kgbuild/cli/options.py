"""Options that several commands share, so that they are spelled and explained once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kgbuild.stores import Place

#: where the store stands when nothing is said
DEFAULT_STORE = "kgbuild-store"


def _folder(ctx: click.Context, parameter: click.Parameter, value: str) -> Path:
    from kgbuild.stores.places import Address, parse_place

    if isinstance(parse_place(value), Address):
        raise click.BadParameter(f"{ctx.info_name} works in a folder of this machine, not at a URL: name a DIR")
    return Path(value)


#: the option of commands that work in a folder only
store = click.option(
    "--store",
    callback=_folder,
    default=DEFAULT_STORE,
    envvar="KGBUILD_STORE",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="The store's folder.",
)

_remote = (
    click.option(
        "--credentials",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="KGBUILD_CREDENTIALS",
        show_envvar=True,
        metavar="FILE",
        help="What a store at a URL is shown: names, passwords, tokens (TOML).",
    ),
    click.option("--profile", metavar="NAME|FILE", help="What kind of store is at the URL, if it cannot be told (standard, fuseki …)."),
    click.option("--query-url", metavar="URL", help="Where queries go, if elsewhere than with stores of this kind."),
    click.option("--update-url", metavar="URL", help="Where updates go."),
    click.option("--graph-url", metavar="URL", help="Where graphs go (Graph Store HTTP Protocol)."),
)


def store_or_url(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --store of commands that work with a store at a URL too, and those that say how it is reached. Gives ``store: Place``."""
    return click.option(
        "--store",
        default=DEFAULT_STORE,
        envvar="KGBUILD_STORE",
        show_default=True,
        show_envvar=True,
        metavar="DIR|URL",
        help="The store's folder, or its address.",
    )(_reaching("store", lambda place, others: command(store=place, **others), command))


def reached(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how the store at the argument URL is reached. Gives ``address: Address``."""

    def with_address(place: Place, others: dict[str, Any]) -> Any:
        from kgbuild.stores.places import Address

        if not isinstance(place, Address):
            raise click.UsageError(f"{place} is no URL: push sends the store in --store DIR to a server, such as http://127.0.0.1:7878/")
        return command(address=place, **others)

    return _reaching("url", with_address, command)


def _reaching(named: str, run: Callable[[Place, dict[str, Any]], Any], command: Callable[..., Any]) -> Callable[..., Any]:
    """Have a command run with the place that one of its parameters names, reached as the options say."""

    @functools.wraps(command)
    def with_place(
        *,
        credentials: Path | None,
        profile: str | None,
        query_url: str | None,
        update_url: str | None,
        graph_url: str | None,
        **others: Any,
    ) -> Any:
        place = _place(others.pop(named), profile or "", query_url or "", update_url or "", graph_url or "", credentials)
        return run(place, others)

    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(_remote), with_place)


def _place(store: str, profile: str, query_url: str, update_url: str, graph_url: str, credentials: Path | None) -> Place:
    from kgbuild.stores.places import Address, parse_place

    place = parse_place(store)
    if isinstance(place, Address):
        return Address(place.url, profile, query_url, update_url, graph_url, credentials)
    if profile or query_url or update_url or graph_url:
        raise click.UsageError(f"{store} is a folder: --profile, --query-url, --update-url and --graph-url are for a store at a URL")
    return place


ontology = click.option(
    "--ontology",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of Turtle files to use instead of the ontology that ships with kgbuild.",
)

reference = click.option(
    "--reference",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of Turtle files with reference data, added to what ships with kgbuild.",
)

decisions = click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="KGBUILD_DECISIONS",
    show_envvar=True,
    metavar="FILE",
    help="The file of decisions on links (Turtle).  [default: beside the store, STORE.links.ttl]",
)
