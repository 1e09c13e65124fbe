import pytest
from hypothesis import settings, HealthCheck
from hypothesis.stateful import run_state_machine_as_test
from tests.services.events.rejudging.test_any_course_of_objections import course, AnyCourse
from services.events.results.model import Result, S
import services.events.rejudging.commands as C
from services.events.rejudging.preview import Preview

class Any_:
    def __eq__(self, o): return True
    def __ne__(self, o): return False
    def __str__(self): return "0"*64

def frozen_shown(mp): mp.setattr(Result, "is_public", property(lambda self: self.status in {S.ANNOUNCED, S.FROZEN, S.FINAL}))
def finishes_frozen(mp):
    def finish(self, now):
        if self.status not in {S.ANNOUNCED, S.FROZEN} or now < self.notice_ends_at: return False
        self.status, self.final_at = S.FINAL, now
        return True
    mp.setattr(Result, "finish", finish)
def one_signs(mp):
    old=Result.countersign
    def countersign(self, *, person, digest, now):
        try: return old(self, person=person, digest=digest, now=now)
        except Exception:
            v=self.proposed
            if v is None: raise
            v.status, v.signed_by, v.announced_at = "announced", person, now
            self.status=S.ANNOUNCED
            return v
    mp.setattr(Result, "countersign", countersign)
def applies_anything(mp):
    import dataclasses
    old=C.preview
    def p(session,result,rejudging):
        f=old(session,result,rejudging)
        return dataclasses.replace(f, digest=C._asked[0])
    oldapply=C.apply_rejudging
    def a(session,*,rejudging,difference_digest):
        C._asked=[difference_digest]
        return oldapply(session,rejudging=rejudging,difference_digest=difference_digest)
    mp.setattr(C,"preview",p); mp.setattr(C,"apply_rejudging",a)

@pytest.mark.timeout(500)
@pytest.mark.parametrize("mutate",[frozen_shown, finishes_frozen, one_signs, applies_anything], ids=lambda m:m.__name__)
def test_m(course, monkeypatch, mutate):
    mutate(monkeypatch)
    with pytest.raises(BaseException) as e:
        run_state_machine_as_test(course, settings=settings(max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False, phases=[__import__('hypothesis').Phase.generate]))
    print(mutate.__name__, type(e.value).__name__, str(e.value)[:150])
