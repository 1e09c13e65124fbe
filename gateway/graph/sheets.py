"""Sheets in the graph: what is wrong in a file that somebody would import."""

from __future__ import annotations

import graphene


class SheetFault(graphene.ObjectType):
    """What is wrong in a cell of a sheet."""

    row = graphene.Int(required=True, description="The row, counted from 1 as a spreadsheet does.")
    column = graphene.String(
        description="The column by its name here, such as organization or credit_code; null for a whole row."
    )
    heading = graphene.String(description="The heading of the column as it stands in the file.")
    value = graphene.String(description="What stands in the cell, shortened; null where it is blank.")
    code = graphene.String(required=True, description="What kind of fault it is, for programs.")
    message = graphene.String(required=True, description="The fault in the caller's language.")
