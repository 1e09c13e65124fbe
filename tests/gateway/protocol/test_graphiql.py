"""GraphiQL: browsers get a page that is made of our own files, in their language; programs never see it."""

import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from gateway.protocol.documents import Documents
from gateway.protocol.graphiql import FOLDER, WORDING
from gateway.protocol.http import GraphQLHTTP
from tests.gateway.protocol.asking import JSON_UTF8, ask, code_of
from tests.gateway.protocol.tiny_gateway import context_of, served, tiny_app, tiny_schema

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


async def page(language: str = "zh-CN"):
    return await ask("GET", headers={"accept": BROWSER, "accept-language": language})


def without_page() -> Starlette:
    schema = tiny_schema()
    return Starlette(routes=[Route("/graphql", GraphQLHTTP(schema, Documents(schema), context_of))])


async def ask_for(path: str):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(tiny_app()), base_url="http://hub.test") as client:
        return await client.get(path)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_a_browser_gets_the_page_in_its_language(language):
    words = WORDING[language]

    response = await page(language)

    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f'<html lang="{language}">' in response.text
    assert f"<title>{words.title}</title>" in response.text
    assert all(text in response.text for text in (words.sign_in, words.hint, words.loading))
    assert "$" not in response.text


async def test_the_page_may_reach_no_address_but_ours():
    response = await page()

    policy = dict(each.split(" ", 1) for each in response.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert {each for sources in policy.values() for each in sources.split()} <= {
        "'none'",
        "'self'",
        "'unsafe-inline'",
        "data:",
    }
    assert "//" not in response.text
    assert response.headers["referrer-policy"] == "no-referrer"


async def test_every_file_of_the_page_is_ours_and_served():
    paths = re.findall(r'(?:src|href)="(/[^"]+)"', (await page()).text)

    assert len(paths) == 6
    for path in paths:
        file = FOLDER / Path(path).name
        response = await ask_for(path)
        assert (response.status_code, response.content) == (200, file.read_bytes())


def test_no_style_sheet_of_the_page_loads_anything():
    for sheet in FOLDER.glob("*.css"):
        urls = re.findall(r"url\(([^)]{0,40})", sheet.read_text("utf-8"))
        assert [url for url in urls if not url.strip("'\"").startswith(("data:", "#"))] == []


def test_what_we_did_not_write_has_its_licence_and_version_beside_it():
    foreign = {each.name.split(".")[0] for each in FOLDER.glob("*.min.*")}
    readme = (FOLDER / "README.txt").read_text("utf-8")

    assert foreign == {"graphiql", "react", "react-dom"}
    for name in foreign:
        assert "MIT" in (FOLDER / f"{name}.LICENSE.txt").read_text("utf-8")
    assert 'version="18.3.1"' in (FOLDER / "react.production.min.js").read_text("utf-8")
    assert "GraphiQL 4.1.2, React 18.3.1 and ReactDOM 18.3.1" in readme


async def test_programs_get_json_though_there_is_a_page():
    response = await ask("GET", params={"query": "{ hello }"})

    assert (response.status_code, response.headers["content-type"]) == (200, JSON_UTF8)


async def test_a_post_never_gets_the_page():
    response = await ask(json={"query": "{ hello }"}, headers={"accept": "text/html"})

    assert (response.status_code, code_of(response)) == (406, "NOT_ACCEPTABLE")


async def test_without_a_page_a_browser_gets_json():
    app = without_page()

    browser = await ask("GET", app=app, params={"query": "{ hello }"}, headers={"accept": BROWSER})
    only_html = await ask("GET", app=app, params={"query": "{ hello }"}, headers={"accept": "text/html"})

    assert (browser.status_code, browser.json()) == (200, {"data": {"hello": "hello world"}})
    assert only_html.status_code == 406


def test_the_page_is_the_same_behind_a_real_server():
    with served(tiny_app()) as url:
        response = httpx.get(url, headers={"accept": BROWSER}, timeout=60)

    assert response.status_code == 200
    assert WORDING["zh-CN"].title in response.text
