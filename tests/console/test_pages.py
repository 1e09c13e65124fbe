"""The pages as people meet them: each says what it is for, leads on, and shows no name as markup."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urldefrag, urljoin

import pytest
from starlette.routing import compile_path

from console.catalogue import SCREENS
from console.screens.desk.screen import BY_WORD
from tests.console.browsing import Browser, Page
from tests.console.conftest import APPLICANT, COLLEGE, HOSTILE, OFFICE, SECRETARY
from tests.console.world import World

Open = Callable[..., Browser]
MOST_PAGES = 80
BEYOND = ("/graphql", "/verify", "/alliances/")
"""What the gateway shows itself."""
NO_PAGES = {"/go/{id}", "/inbox/unread"}
"""What leads on at once, and what is a figure in a page."""
ELSEWHERE = {
    "test_at_issuer.py": {"/sign-in/issuer", "/signed-in", "/signed-out"},
    "test_awards.py": {
        "/awards/{id}",
        "/awards/{id}/withdraw",
        "/competitions/{id}/grant",
        "/competitions/{id}/motions",
        "/motions/{id}",
        "/motions/{id}/{deed}",
        "/stages/{id}/grant",
    },
    "test_judging.py": {
        "/judging/seats/{id}/{answer}",
        "/judging/sheets/{id}",
        "/judging/sheets/{id}/submit",
        "/judging/stages/{id}",
    },
    "test_plans.py": {
        "/items/{id}",
        "/milestones/{id}",
        "/milestones/{id}/{deed}",
        "/plans/{id}",
        "/projects/{id}",
        "/projects/{id}/{deed}",
    },
    "test_results.py": {
        "/objections/{id}",
        "/objections/{id}/{deed}",
        "/results/{id}",
        "/results/{id}/objections/new",
        "/results/{id}/{deed}",
        "/stages/{id}/propose",
    },
}
"""What needs an issuer, a judged stage or a plan is opened by tests that have one."""


def addresses(world: World) -> dict[str, tuple[str, str]]:
    """Every page that a world has, with who opens it; in a browser too, and in pictures. A new screen is a line here."""
    competition, alliance = f"/competitions/{world.competition}", f"/registry/alliances/{world.alliance}"
    membership = f"/registry/memberships/{world.memberships[APPLICANT]}"
    organization = f"/registry/organizations/{world.organizations[COLLEGE]}"
    return {
        "start": ("", "/"),
        "sign-in": ("", "/sign-in"),
        "today": (SECRETARY, "/today"),
        "today of a college": (COLLEGE, "/today"),
        "today of nobody": ("visitor", "/today"),
        "inbox": (COLLEGE, "/inbox"),
        "unread": (COLLEGE, "/inbox?unread=1"),
        "competitions": ("", "/competitions"),
        "no competition": ("", "/competitions?search=nothing"),
        "competition": ("", competition),
        "desk": (OFFICE, f"{competition}/desk"),
        **{f"to {deed}": (OFFICE, f"{competition}/desk/change/{deed}") for deed in BY_WORD},
        **({"move a phase": (OFFICE, f"{competition}/desk/phases/{world.phase}")} if world.phase else {}),
        "entering": (COLLEGE, f"{competition}/enter"),
        "nobody enters": (SECRETARY, f"{competition}/enter"),
        "entry": (COLLEGE, f"/entries/{world.entry}"),
        "judging": (COLLEGE, "/judging"),
        "results": ("", f"{competition}/results"),
        "awards": ("", f"{competition}/awards"),
        "objections": (COLLEGE, "/objections"),
        "alliances": ("", "/registry/alliances"),
        "alliance": (SECRETARY, alliance),
        "members": (SECRETARY, f"{alliance}/members"),
        "team": (SECRETARY, f"{alliance}/team"),
        "team to the office": (OFFICE, f"{alliance}/team"),
        **{deed: (SECRETARY, f"{alliance}/team/{deed}") for deed in ("invite", "grant", "hand_over")},
        "revoke": (SECRETARY, f"{alliance}/team/revoke?thing=persona%3A{SECRETARY}"),
        "membership": (SECRETARY, membership),
        "organisations": ("", "/registry/organizations"),
        "no organisation": ("", "/registry/organizations?search=nothing&kind=MEDIA"),
        "organisation": (OFFICE, organization),
        "of a representative": (COLLEGE, organization),
        "register": (OFFICE, "/registry/organizations/register"),
        **{deed: (OFFICE, f"{organization}/{deed}") for deed in ("change", "rename", "move", "retire", "reopen")},
        "duty": (OFFICE, "/duty"),
        **{each: (OFFICE, f"/duty/{each}") for each in ("parked", "settled", "deliveries", "jobs", "holders")},
        "failed": (OFFICE, "/duty/jobs?failed=1"),
        "discard": (OFFICE, "/duty/parked/discard?thing=alliances.inbox%2F1"),
        "mine": (SECRETARY, "/mine"),
        "nothing is mine": ("visitor", "/mine"),
        "me": (COLLEGE, "/me"),
        "new address": (COLLEGE, "/me/calendar"),
        "end sessions": (COLLEGE, "/me/sessions"),
        "admit": (SECRETARY, f"{membership}/admit_member"),
        "decline": (SECRETARY, f"{membership}/decline_membership"),
        "plans": ("", "/plans"),
        "no plan": (OFFICE, "/plans?search=nothing"),
        "import a plan": (OFFICE, "/plans/import"),
        "who imports plans": (COLLEGE, "/plans/import"),
        "items": (COLLEGE, "/items"),
        "projects": (COLLEGE, "/projects"),
        "opening": (COLLEGE, "/projects/new"),
        "nobody opens": (SECRETARY, "/projects/new"),
        "search": (COLLEGE, "/search?search=alert"),
        "nothing is sought": ("", "/search"),
    }


def test_every_screen_has_an_address_here(world: World) -> None:
    opened = [path for _, path in addresses(world).values()]
    shown = {each.path for screen in SCREENS for each in screen.addresses() if each.method == "GET"}
    shown -= NO_PAGES.union(*ELSEWHERE.values())

    assert [path for path in sorted(shown) if not any(map(compile_path(path)[0].match, opened))] == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_shown_in_both_languages(browser: Open, world: World, language: str) -> None:
    for name, (persona, path) in addresses(world).items():
        page = browser(persona, language).page(path)
        assert f'<html lang="{language}">' in page.html, name
        assert page.html.count("<h1") == 1, name


def test_no_page_takes_a_name_for_markup(browser: Open, world: World) -> None:
    shown = ""
    for persona, path in addresses(world).values():
        page = browser(persona).page(path)
        shown += page.text
        assert "<script>alert" not in page.html, path
        assert "style" not in page.attributes | page.tags, path
        assert not any(name.startswith("on") for name in page.attributes), path
        assert all(each.startswith("/assets/") for each in page.loads), path
    for named in ("alliance", "competition", "track", "series", "field", COLLEGE, APPLICANT):
        assert HOSTILE.format(named) in shown, named


@pytest.mark.parametrize("persona", ["", SECRETARY, COLLEGE])
def test_no_link_leads_nowhere(browser: Open, world: World, persona: str) -> None:
    browsing = browser(persona)
    to_see, seen = ["/" if not persona else "/today"], set[str]()
    while to_see and len(seen) < MOST_PAGES:
        path = to_see.pop()
        seen.add(path)
        answer = browsing.get(path, accept="text/html")
        assert answer.status_code in (200, 303, 307), (path, answer.status_code)
        if path.startswith(BEYOND) or answer.status_code != 200:
            continue
        found = {urldefrag(urljoin(path, link)).url for link in Page(answer.text).links}
        to_see += [link for link in sorted(found - seen) if link.startswith("/") and link not in to_see]

    assert len(seen) > 5


def test_a_search_finds_and_says_where_nothing_fits(browser: Open, world: World) -> None:
    found = browser().page("/registry/alliances?search=alliance")
    none = browser("", "en").page("/registry/alliances?search=no%20such%20name")

    assert HOSTILE.format("alliance") in found.text
    assert "No alliance fits" in none.text
    assert "/registry/alliances" in none.links


def test_what_is_not_there_or_not_open_says_so_and_leads_on(browser: Open, world: World) -> None:
    missing = browser("", "en").page(f"/competitions/{world.alliance}", 404)
    nonsense = browser("", "en").page("/competitions/nonsense", 404)
    forbidden = browser(COLLEGE, "en").page(f"/registry/alliances/{world.alliance}/members", 403)

    assert "Not found" in missing.text and "Not found" in nonsense.text
    assert "This is not open to you" in forbidden.text
    assert all({"/", "/competitions", "/registry/alliances"} <= set(page.links) for page in (missing, forbidden))


def test_an_id_leads_to_the_page_of_its_thing(browser: Open, world: World) -> None:
    membership, college = world.memberships[APPLICANT], browser(SECRETARY)

    for id_, path in ((world.alliance, "registry/alliances"), (world.competition, "competitions")):
        assert browser().get(f"/go/{id_}").headers["location"] == f"/{path}/{id_}"
    assert college.get(f"/go/{membership}").headers["location"] == f"/registry/memberships/{membership}"
    assert college.get("/go/nonsense").status_code == 404
    assert college.get("/go/%2F%2Felsewhere.example").status_code == 404
    assert browser().get("/go/nonsense").headers["location"] == "/sign-in?next=%2Fgo%2Fnonsense"


def test_the_language_that_was_chosen_stays(browser: Open, world: World) -> None:
    browsing = browser("", "zh-CN")

    assert '<html lang="en">' in browsing.page("/competitions?lang=en").html
    assert '<html lang="en">' in browsing.page("/").html


def test_assets_are_kept_for_good_and_others_are_not_there(browser: Open, world: World) -> None:
    browsing = browser()
    [sheet] = [each for each in browsing.page("/").loads if each.endswith(".css")]
    kept = browsing.get(sheet)

    assert "immutable" in kept.headers["cache-control"]
    assert browsing.get("/assets/console.css").status_code == 404


def test_the_first_page_is_light(browser: Open, world: World) -> None:
    browsing = browser()
    page = browsing.page("/")
    answers = [browsing.get("/"), *(browsing.get(each) for each in set(page.loads))]

    assert sum(int(answer.headers["content-length"]) for answer in answers) <= 60_000
