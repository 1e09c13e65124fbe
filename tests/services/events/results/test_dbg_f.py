import pytest
from tests.services.events.events_hub import EventsHub
from tests.services.events.results.judging import judged
from tests.services.events.rejudging.test_rejudging import Rejudged
import tests.services.events.rejudging.test_rejudging as R
import tests.services.events.objections.test_deciding_on_objections as D
import tests.services.events.objections.test_filing_objections as F
import tests.services.events.results.test_announcing_a_result as A
import tests.services.events.results.test_finishing_a_result as N

@pytest.fixture
def pg(tmp_path, monkeypatch, new_database):
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    monkeypatch.setenv("HUB_DATABASE_EVENTS", new_database())
    hub = EventsHub()
    assert not hub.runtime.database.is_sqlite
    yield hub
    hub.stop()

WITH_STAGE=[A.test_of_two_who_propose_at_once_one_does, A.test_of_two_who_sign_at_once_one_does, A.test_propose_result_ranks_the_stage_for_those_who_run_it_and_nobody_else]
@pytest.mark.parametrize("t", WITH_STAGE, ids=lambda t:t.__name__)
def test_a(pg, t):
    t(judged(pg))

AN=[F.test_of_two_who_file_the_same_at_once_one_does, F.test_only_the_first_objection_freezes_and_only_the_last_one_releases, F.test_a_result_stays_open_while_anybody_objects_and_is_final_at_the_moment_the_last_one_is_closed,
 D.test_votes_that_come_at_once_decide_once, D.test_nobody_sits_who_is_tied_to_the_result_or_to_the_entry, D.test_the_majority_dismisses_and_the_result_is_public_again, F.test_an_objection_is_seen_by_who_filed_it_and_the_organisers_and_by_nobody_else]
@pytest.mark.parametrize("t", AN, ids=lambda t:t.__name__)
def test_b(pg, t):
    s=judged(pg); s.announce(); t(s)

RE=[R.test_what_is_applied_is_what_was_previewed_and_the_version_before_stays, R.test_the_same_is_ruled_once, R.test_an_objection_has_one_rejudging]
@pytest.mark.parametrize("t", RE, ids=lambda t:t.__name__)
def test_c(pg, t):
    s=judged(pg); s.announce(); t(Rejudged(s))

@pytest.mark.parametrize("t", [N.test_those_go_on_whom_the_rules_take_and_the_next_stage_begins_with_them, R.test_who_is_appointed_is_a_candidate_without_a_conflict], ids=lambda t:t.__name__)
def test_d(pg, t):
    t(pg)
