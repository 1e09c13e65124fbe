"""Rights: who may what in events, each a value that checks one row and filters many.

The keys are the same everywhere: `series_id`, `organization_id`, `province` (a code as 340000), `person` (a subject).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

from contracts.authority import Role
from contracts.events.judging.objections import Locus
from kit.rights.right import PUBLIC, SIGNED_IN, Right, on, person, signed_in
from kit.rights.ways import ANY

ORGANIZES = on(Role.ORGANIZER, "series_id")
SUPERVISES = on(Role.SUPERVISOR, "series_id")
SPEAKS_FOR_ALLIANCE = on(Role.SECRETARIAT, "alliance_id").exactly()
"""The hub office consents to nothing in the name of an alliance."""
ARBITRATES = on(Role.ARBITRATOR, "series_id")
OVERSEES = ORGANIZES | SUPERVISES
RUNS = OVERSEES | ARBITRATES

STANDS_AS: Mapping[Locus, Right] = {
    Locus.REPRESENTATIVE: on(Role.REPRESENTATIVE, "organization_id"),
    Locus.PROVINCE_OFFICE: on(Role.PROVINCE_OFFICE, "province"),
    Locus.DELEGATION_LEADER: on(Role.DELEGATION_LEADER, "series_id", "province"),
}
STANDS_FOR = reduce(or_, STANDS_AS.values())
"""Who stands for an organisation in a series, and so for its entries, its places in line and its awards."""
OF_ANY_ORGANIZATION = {"organization_id": ANY, "province": ANY}
"""The keys of an organisation that is named only with the command."""
ANSWERS_FOR = STANDS_FOR | ORGANIZES
ENTERS_BY_ROSTER = SIGNED_IN.given(
    "row_by_row", "逐行核对能否代为报名", "each row tells whether they stand for its organisation"
)

ALLOTS_PLACES = (
    on(Role.PROVINCE_OFFICE, "province")
    | on(Role.DELEGATION_LEADER, "series_id", "province")
    | ORGANIZES.given("whole", "全区名额", "places of the whole region")
)
RETURNS_PLACES = ALLOTS_PLACES | on(Role.REPRESENTATIVE, "organization_id")

COUNTERSIGNS = SUPERVISES.exactly()
"""The hub office can do what an organiser does, and not both."""
IS_CANDIDATE = person("person", "候选评委本人", "the candidate")
HAS_SEAT = person("person", "席位上的评委本人", "the judge in the seat")
FILED_OBJECTION = person("person", "提出异议者本人", "who filed the objection")
IS_CANDIDATE_OR_ORGANIZES = IS_CANDIDATE | ORGANIZES

JUDGES_SHEET = signed_in("分到该评分表的评委", "the judge to whom the sheet is assigned")
JUDGES_CODE = signed_in("要评该编号的评委", "a judge who has the code to judge")
COMMITTED_TO_DRAW = signed_in("为该次抽签提交承诺者", "who committed to the draw")
MAY_OBJECT = signed_in("依规则有权提出异议者", "who may object by the rules")
SITS_ON_PANEL = signed_in("该异议仲裁组的成员", "an arbitrator of the panel")
UPHELD_OBJECTION = signed_in("支持该异议的仲裁组成员", "an arbitrator of the panel who upheld the objection")
SEES_REJUDGING = signed_in(
    "主办方、监督员、仲裁员，以及受指派的评委", "organisers, supervisors, arbitrators and the judges who are appointed"
)

SEES_EDITION = PUBLIC.given("published", "已发布的", "what is published") | ORGANIZES
SEES_PANEL = (
    PUBLIC.given("public", "编码解密后、规程允许公开的", "once the codes are opened, if the rules say so") | OVERSEES
)
SEES_RESULT = PUBLIC.given("announced", "已公示的", "what is announced") | RUNS
READS_DOCUMENT = PUBLIC.given("signed", "双方签署的文本", "the document that both signed") | RUNS
SEES_MOTION = PUBLIC.given("carried", "已执行且编码已解密的", "what was carried, once codes are opened") | OVERSEES
SEES_AWARD = PUBLIC.given("granted", "有效的奖项", "awards that stand") | ANSWERS_FOR
