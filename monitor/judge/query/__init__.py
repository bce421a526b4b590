"""Queries as reporters write them, and the engine that asks thousands of them at once. Pure.

The language
    word  "a phrase"  exonerat*  "wrongly convict*"      whole words, folded (see `folding`)
    =Hope  ="Innocence Project"  =Exonerat*              as written, case and all
    a b   a AND b   a OR b   a NOT b   ( )               neighbours are joined by AND
    a NEAR/5 b   a THEN/5 b                              5 words apart at most (1: neighbours);
                                                         THEN in this order; a and b are words,
                                                         phrases, OR groups, lists, entities
    SENTENCE(...)  PARAGRAPH(...)                        one sentence, one paragraph answers all
    title:a  lead:(a OR b)  body: outlet: url:           one field; without, title and body
    entity:gazetteer-name                                an entity given by the caller
    @name                                                any item of a named list of the beat
    # to the end of the line                             a comment

NOT binds closer than AND, AND closer than OR, NEAR and THEN closest. A phrase may run over the end
of a sentence, but nothing runs over the end of the title. In SENTENCE(a NOT b) the NOT is asked of
the same sentence. `lead:` is the first two paragraphs, more up to 80 words.

The pieces
    matcher = compile_queries({"freed": "SENTENCE(@freed man)"}, lists={"freed": ["walked free"]})
    document = read(title, body, outlet, url)
    matcher.match(document, entities)    {key: (Match, ...)} of the queries that are true
    matcher.hits(document, entities)     {key: Hits(matches, sentences)}
    matcher.true(document, entities)     [key]
    matcher.possible(document, entities) [key] of all that are true and few others, at half the cost
    matcher.view(document, entities)     View: instead of both, where the same matcher, or one for
                                         `only` some of its queries, is asked several times
    matcher.always                       keys of queries that no word makes skippable
    parse(text)                          Query, or QueryError(problem, line, column, excerpt)
    check(text, lists, position)         every Mistake that makes a query unusable
    lint(text, lists, position)          the same, and advice
    lint_lists(lists, positions)         every Mistake in the items of named lists
    Checker(lists, gazetteers)           the same for all queries of a beat, as QueryErrors

Matches are the words of the positive terms: of a term all occurrences, of AND a share from each
side, of NEAR both sides, of SENTENCE only those in sentences that answer; about 20 in all (`most`).
`Hits.sentences` are indices into `document.sentences` of the sentences those words are in.
"""

from monitor.judge.query.matcher import Hits, Matcher, compile_queries
from monitor.judge.query.mistakes import Checker, Position, check, lint, lint_lists
from monitor.judge.query.syntax import parse
from monitor.judge.query.terms import Document, Sentence, read
from monitor.judge.query.tree import Query, QueryError
from monitor.judge.query.view import View

__all__ = [
    "Checker",
    "Document",
    "Hits",
    "Matcher",
    "Position",
    "Query",
    "QueryError",
    "Sentence",
    "View",
    "check",
    "compile_queries",
    "lint",
    "lint_lists",
    "parse",
    "read",
]
