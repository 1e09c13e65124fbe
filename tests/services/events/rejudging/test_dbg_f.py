import pytest, dataclasses
from hypothesis import settings, HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test
from tests.services.events.rejudging.test_any_course_of_objections import course, AnyCourse
from services.events.results.model import Result, S
import services.events.rejudging.commands as C

def one_signs(mp):
    old=Result.countersign
    def countersign(self, *, person, digest, now):
        v=self.proposed
        if v is not None and person==v.proposed_by: v.proposed_by="x"
        return old(self, person=person, digest=digest, now=now)
    mp.setattr(Result, "countersign", countersign)
def applies_anything(mp):
    old=C.preview
    asked=[]
    def p(session,result,rejudging):
        return dataclasses.replace(old(session,result,rejudging), digest=asked[0])
    oldapply=C.apply_rejudging
    def a(session,*,rejudging,difference_digest):
        asked[:]=[difference_digest]
        return oldapply(session,rejudging=rejudging,difference_digest=difference_digest)
    mp.setattr(C,"preview",p); mp.setattr(C,"apply_rejudging",a)
def nothing(mp): pass

@pytest.mark.timeout(500)
@pytest.mark.parametrize("mutate",[nothing, applies_anything], ids=lambda m:m.__name__)
def test_m(course, monkeypatch, mutate):
    mutate(monkeypatch)
    try:
        run_state_machine_as_test(course, settings=settings(max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False, phases=[Phase.generate]))
        print('\nRESULT',mutate.__name__,'nothing found')
    except BaseException as e:
        print('\nRESULT',mutate.__name__, type(e).__name__, str(e)[:200].replace('\n',' '))
    print('RESULT', dict(sorted(course.done.items())))
