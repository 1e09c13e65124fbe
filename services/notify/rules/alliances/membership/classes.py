"""Notices of classes: a member is told of its new class."""

from contracts.alliances.membership.classes import MemberClassChanged
from services.notify.telling.audiences import representatives
from services.notify.telling.rule import Rule

RULES = (Rule(MemberClassChanged, representatives),)
