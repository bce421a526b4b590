"""The engine that is fast and the evaluator that is plain never disagree."""

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.judge.query import plain, read
from monitor.judge.query.compiler import Compiler
from monitor.judge.query.lists import Resolver
from monitor.judge.query.matcher import compile_queries
from monitor.judge.query.syntax import parse
from monitor.judge.query.terms import Document
from monitor.judge.query.view import View
from monitor.records import Entity

EVERYTHING = 10**9
WORDS = ("freed", "Freed", "free", "man", "man’s", "judge", "not", "re-tried", "well-known", "été")
TERMS = (
    *("freed", "man", "judge", "retried", '"not"', "fre*", "ju*", "=Freed", "=fre*", "été"),
    *('"freed man"', '"well known"', '"man fre*"', '="judge Freed"', "well-known", "@out", "@who"),
    *("entity:courts", '"man man"', "outlet:judge", "url:man", "url:fre*"),
)
LISTS = {"out": ["freed", "fre*", "man judge"], "who": ["judge", "@out", '(man NEAR/2 "not")']}

terms = st.sampled_from(TERMS)
unscoped = st.sampled_from([term for term in TERMS if ":" not in term and "=" not in term])
fields = st.sampled_from(("title:", "lead:", "body:", "outlet:"))
scoped = st.builds(
    lambda f, t: t if t.startswith(("outlet", "url", "entity")) else f + t, fields, terms
)


def _places(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    near = st.sampled_from(("NEAR/1", "NEAR/2", "NEAR/4", "THEN/1", "THEN/3", "OR"))
    return st.builds(lambda a, op, b: f"({a} {op} {b})", inner, near, inner)


def _queries(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    join = st.sampled_from(("AND", "OR", "AND NOT", "OR NOT"))
    return st.one_of(
        st.builds(lambda a, op, b: f"({a} {op} {b})", inner, join, inner),
        st.builds(lambda a: f"NOT ({a})", inner),
    )


places = st.recursive(st.one_of(terms, scoped), _places, max_leaves=4)
simple = st.recursive(places, _queries, max_leaves=4)
in_sentence = st.builds("SENTENCE({})".format, simple)
in_paragraph = st.builds(
    "PARAGRAPH({})".format, st.recursive(in_sentence | places, _queries, max_leaves=3)
)
in_field = st.builds("title:SENTENCE({})".format, st.recursive(unscoped, _queries, max_leaves=3))
queries = st.recursive(
    st.one_of(simple, in_sentence, in_paragraph, in_field), _queries, max_leaves=3
)

texts = st.lists(st.sampled_from((*WORDS, ". ", ".\n\n", ", ")), max_size=30).map(" ".join)
documents = st.builds(
    read, texts, texts, st.sampled_from(("Judge", "")), st.sampled_from(("", "man/free"))
)


@st.composite
def entities(draw: st.DrawFn, document: Document) -> list[Entity]:
    """Entities somewhere in the body."""
    starts = draw(st.lists(st.integers(0, max(0, len(document.body))), max_size=2))
    return [
        Entity(type="x", name="x", canonical="x", source="courts", start=at, end=at + 9)
        for at in starts
    ]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_the_same_queries_are_true_for_the_same_words(data: st.DataObject) -> None:
    document = data.draw(documents)
    found = data.draw(entities(document))
    asked = data.draw(st.lists(queries, min_size=1, max_size=5, unique=True))
    matcher = compile_queries({text: text for text in asked}, LISTS)
    true = set(matcher.true(document, found))
    assert true <= set(matcher.possible(document, found))
    for text in asked:
        node = Resolver(LISTS).resolve(parse(text))
        question = plain.ask(document, found)
        assert (text in true) == plain.true(node, question), text
        compiler = Compiler()
        root = compiler.compile(node)
        spans = root.witness(View(document, found, compiler.asked), EVERYTHING)
        assert set(spans) == plain.witness(node, question), text
