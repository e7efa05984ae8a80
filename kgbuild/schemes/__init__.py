"""Foreign label sets: tables that say which term of the ontology a label, role or attribute of another annotation scheme is.

One table a scheme, of tab-separated values, that a spreadsheet edits (:mod:`kgbuild.schemes.parsing`):

    #scheme  rams-1.0
    kind   label            context       when                        predicate        term             note
    event  contact.*.meet                                             skos:exactMatch  kg:Meeting
    event  transaction.*                  artifact=kg:Weapon&recipient=kg:State|kg:ArmedForces
                                                                      skos:narrowMatch kg:ArmsTransfer  (one line in the file)
    event  life.die.*                                                 -                -                left out on purpose
    role   communicator     *                                         skos:exactMatch  kg:speaker
    attr   Confidence=High                                            skos:closeMatch  kg:certainty=high

- ``label`` is a glob, whatever the case (:mod:`kgbuild.schemes.globs`); of an attribute, NAME or NAME=VALUE with a glob each.
- ``context``, of roles and attributes: a glob on the owner's label, or its class (or one above) as a CURIE. Empty: any.
- ``when``: conditions ``role=one|other`` joined by ``&``; each asks that a filler of the role have the label, be of the class (or one
  below, as a CURIE) or bear the text; ``@text`` stands for the words of the unit itself.
- ``term``: a class; of relations and roles a property; of attributes a property, or property=value; ``-``: left out on purpose.
- A rule of kind entity, value, topic, event or statement serves units of the other four where none of their own kind fits, since tools
  tell these kinds apart by form alone.

Where the ontology itself knows a label, it wins; but a rule that calls a label by its whole name may leave it out. Of the rules that
fit, one with a condition goes before one without; then the one with the most literal characters, in label, value and context together.
Two terms at one rank are an error: told with both lines when the table is read; where it depends on what the conditions meet, a problem
of the document (:mod:`kgbuild.schemes.applying`).
"""

from __future__ import annotations

from kgbuild.schemes.applying import Applied, ignored_count
from kgbuild.schemes.parsing import COLUMNS, parse_scheme
from kgbuild.schemes.scheme import Scheme

__all__ = ["COLUMNS", "Applied", "Scheme", "ignored_count", "parse_scheme"]
