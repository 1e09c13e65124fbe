"""What is found and refused where organisations are named in a sheet."""

from __future__ import annotations

from contracts.base import Refusal
from contracts.choices import Choice


class MatchedBy(Choice):
    """How a row of a sheet was recognised as an organisation of the registry."""

    CREDIT_CODE = "credit_code", "By its unified social credit code."
    NAME = "name", "By its name in Chinese or English."
    OTHER_NAME = "other_name", "By a former name, a short form or another name that is known here."


class NotRegistered(Refusal):
    code = "ORGANIZATION_NOT_REGISTERED"
    zh = "没有登记名为“{name}”的单位：请核对名称，或先由所在地省级机构登记。"
    en = "No organisation “{name}” is registered: check the name, or have the office of its province register it first."


class MatchAmbiguous(Refusal):
    """`candidates` names some of them with what tells them apart."""

    code = "MATCH_AMBIGUOUS"
    zh = "“{name}”可能是：{candidates}；请填写统一社会信用代码或行政区划。"
    en = "“{name}” may be any of: {candidates}; give the unified social credit code or the region."


class CreditCodeOfAnother(Refusal):
    code = "CREDIT_CODE_OF_ANOTHER"
    zh = "该统一社会信用代码登记在“{name}”名下，与本行名称不符。"
    en = "This unified social credit code is that of “{name}”, which is not called as this row says."


class CreditCodeDiffers(Refusal):
    code = "CREDIT_CODE_DIFFERS"
    zh = "“{name}”登记的统一社会信用代码是 {credit_code}，与本行不符。"
    en = "“{name}” is registered with the unified social credit code {credit_code}, not with that of this row."


class SameAsRow(Refusal):
    code = "SAME_AS_ROW"
    zh = "与第 {row} 行是同一单位。"
    en = "This is the same organisation as in row {row}."


class KindUnknown(Refusal):
    code = "KIND_UNKNOWN"
    zh = "没有“{kind}”这一单位类别。可填：{kinds}。"
    en = "“{kind}” is no kind of organisation. It can be: {kinds}."


class RegionNotFound(Refusal):
    code = "REGION_NOT_FOUND"
    zh = "没有找到行政区划“{region}”；请填写六位行政区划代码（GB/T 2260）或省、市、县全称。"
    en = "There is no region “{region}”; give its code of six digits (GB/T 2260), or province, city and county in full."
