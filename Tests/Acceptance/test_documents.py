"""The how-tos of moves are true: every command and every request on them is played, and answers as they say."""

import re
from xml.etree import ElementTree

import pytest

from documents import ROOT, Page, Requests, Shell

PAGES = [
    "replace-a-license", "recreate-usage", "switch-partners", "transfer-a-license", "hand-over-access",
    "read-a-cost-statement", "delegate-by-role",
]


@pytest.fixture
def sandbox(start):
    return lambda page: start("--demo", "--clock", page.clock)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", PAGES)
def test_the_commands_of_a_how_to_do_what_it_says(sandbox, tmp_path, name, language):
    page = Page(name, language)
    before_requests = page.blocks[: page.blocks.index(page.of("http")[0])]
    Shell(sandbox(page), page, tmp_path).play(before_requests)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", PAGES)
def test_the_requests_of_a_how_to_are_answered_as_it_says(sandbox, tmp_path, name, language):
    page = Page(name, language)
    program = sandbox(page)
    names = Shell(program, page, tmp_path).play([block for block in page.blocks if block.tag == "always"])
    Requests(program, page, names).play()


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_say_the_same(name):
    english, japanese = Page(name, "en"), Page(name, "ja")
    assert [block.language for block in english.blocks] == [block.language for block in japanese.blocks]
    for one, other in zip(english.of("sh"), japanese.of("sh")):
        assert one.tag == other.tag and one.commands == other.commands
    for one, other in zip(english.of("http"), japanese.of("http")):
        same = [[line for line in block.text.splitlines() if "X-Locale" not in line] for block in (one, other)]
        assert one.tag == other.tag and same[0][:2] == same[1][:2]


# Pages that explain rather than lead step by step: what they name is held together, and exists.
EXPLAINING = ["review-access", "sign-in", "webhooks", "test-in-ci", "import-a-tenant"]


@pytest.mark.parametrize("name", EXPLAINING)
def test_pages_that_explain_name_the_same_commands_and_requests_in_both_languages(name):
    said = []
    for language in ("en", "ja"):
        text = (ROOT / f"docs/howto/{name}.{language}.md").read_text("utf-8")
        spans = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^    (\S.*)$", text, re.MULTILINE)
        said.append({span for span in spans if re.match(r"(suirod?|GET|POST|PUT|PATCH|DELETE) ", span)})
    assert said[0] == said[1] and said[0], name


def test_requests_that_explaining_pages_name_are_served(program):
    paths = program.anonymous.get("/openapi.json").expect(200)["paths"]
    served = {(method.upper(), re.sub(r"\{[^}]+\}", "{}", path)) for path, item in paths.items() for method in item}
    for name in EXPLAINING:
        text = (ROOT / f"docs/howto/{name}.en.md").read_text("utf-8")
        for method, path in re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?]+)", text):
            if path.startswith("/sandbox/"):
                continue
            assert (method, re.sub(r"\{[^}]+\}", "{}", path)) in served, f"{name}: {method} {path}"


def test_links_between_pages_lead_somewhere():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    assert len(pages) > 20
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert broken == []


def test_pictures_say_in_words_what_they_show():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    pictures = [
        (page.parent / path, words) for page in pages
        for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text("utf-8"))
    ]
    assert all(len(words) > 5 for _, words in pictures)
    drawn = {path for path, _ in pictures if path.suffix == ".svg"}
    assert len(drawn) == 2
    for path in drawn:
        root = ElementTree.parse(path).getroot()
        names = {part.get("id"): part.text for part in root if part.tag.endswith(("title", "desc"))}
        assert all(len(names[name]) > 10 for name in root.get("aria-labelledby").split())
        assert "prefers-color-scheme: dark" in path.read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_python_of_the_page_about_ci_runs_as_it_stands(own, language, monkeypatch):
    text = (ROOT / f"docs/howto/test-in-ci.{language}.md").read_text("utf-8")
    recipe, story = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.setenv("SUIRO_URL", own.url)
    monkeypatch.setenv("SUIRO_SANDBOX_TOKEN", own.sandbox.token)
    names = {}
    exec(recipe, names)
    names["sandbox"]("POST", "/sandbox/v1/reset")
    agent = names["sandbox"]("POST", "/sandbox/v1/partners", {"name": "N", "kind": "direct", "country": "US"})["tokens"]

    def retrying():
        names["sandbox"]("DELETE", "/sandbox/v1/requests")
        for status in (503, 200):
            client = own.client(agent["adminAgent"])
            headers = {"MS-RequestId": "4f1c2e0a-9a41-4d0d-8f7e-0d9c6b7a1e21"}
            assert client.call("GET", "/v1/customers", None, headers).status == status

    names["run_the_program"] = retrying
    exec(story, names)
    names["test_a_retry_keeps_its_request_id"]()
