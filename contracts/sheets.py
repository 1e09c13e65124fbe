"""Sheets: what any import of a CSV or XLSX file refuses, in words for whoever filled it in."""

from __future__ import annotations

from contracts.base import Refusal


class SheetUnreadable(Refusal):
    """It is neither a workbook nor CSV text in UTF-8, UTF-16 or GB 18030."""

    code = "SHEET_UNREADABLE"
    zh = "无法读取该文件，请另存为 XLSX 或 CSV（UTF-8 或 GBK）后重试。"
    en = "This file cannot be read; please save it as XLSX or CSV (UTF-8 or GBK) and try again."


class SheetEmpty(Refusal):
    code = "SHEET_EMPTY"
    zh = "表中没有数据行。"
    en = "The sheet has no rows."


class SheetTooLong(Refusal):
    code = "SHEET_TOO_LONG"
    zh = "一个文件最多 {most} 行，请分成几个文件。"
    en = "A file can have at most {most} rows; please split it into several."


class SheetFaulty(Refusal):
    """The sheet has faults; its preview lists them all."""

    code = "SHEET_FAULTY"
    zh = "表中有 {faults} 处错误，请先预览并改正；未导入任何内容。"
    en = "The sheet has {faults} fault(s); preview it and put them right. Nothing was imported."


class SheetDiffers(Refusal):
    """What would be imported is not what was previewed: the file is another, or the hub has changed since."""

    code = "SHEET_DIFFERS"
    zh = "文件或登记信息在预览后有变化，请重新预览后再导入。"
    en = "The file or the registry has changed since the preview; preview it again before you import it."


class RowUnreadable(Refusal):
    """The rows behind it cannot be told apart."""

    code = "ROW_UNREADABLE"
    zh = "从该行起无法读取：引号没有成对，或单元格过长。"
    en = "The file cannot be read from this row on: a quotation mark has no partner, or a cell is too long."


class ColumnMissing(Refusal):
    code = "COLUMN_MISSING"
    zh = "缺少“{column_zh}”列。"
    en = "The column “{column}” is missing."


class ColumnUnknown(Refusal):
    code = "COLUMN_UNKNOWN"
    zh = "无法识别“{column}”列。"
    en = "The column “{column}” is not known."


class ColumnTwice(Refusal):
    code = "COLUMN_TWICE"
    zh = "“{column}”列出现两次。"
    en = "The column “{column}” comes twice."


class CellsTooMany(Refusal):
    code = "CELLS_TOO_MANY"
    zh = "该行的单元格比表头多。"
    en = "This row has more cells than the header."


class CellIsFormula(Refusal):
    """A spreadsheet would calculate the cell."""

    code = "CELL_IS_FORMULA"
    zh = "单元格不能以 =、+、-、@ 开头。"
    en = "A cell must not begin with =, +, - or @."


class NumberRounded(Refusal):
    """A spreadsheet has shortened the number to fifteen digits."""

    code = "NUMBER_ROUNDED"
    zh = "号码已被表格软件改为科学记数法，请将该列设为文本后重新填写。"
    en = "The spreadsheet has rounded this number; format the column as text and enter it again."
