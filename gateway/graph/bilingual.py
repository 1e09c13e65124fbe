"""Bilingual: a name in both languages, as a certificate has it."""

from __future__ import annotations

import graphene


class BilingualName(graphene.ObjectType):
    """A name on a certificate, in both languages, as it was when the certificate was issued."""

    zh = graphene.String(required=True, description="The name in Chinese.")
    en = graphene.String(required=True, description="The name in English.")
