"""What can be done about attachments through the graph."""

from __future__ import annotations

import graphene

from contracts.events.attachments import attachments_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.attachments.types import Attachment
from gateway.graph.uploads import Upload


class AttachmentMutations(graphene.ObjectType):
    """A file is announced, sent in pieces to the address of its upload, and attached."""

    begin_attachment = command(forms.BeginAttachment, gives=Upload)
    complete_attachment = command(forms.CompleteAttachment, gives=Attachment, long=True)
    rename_attachment = command(forms.RenameAttachment, gives=Attachment)
    order_attachments = command(forms.OrderAttachments, gives={"attachments": [Attachment]})
    remove_attachment = command(forms.RemoveAttachment, gives={"attachments": [Attachment]})
    restore_attachment = command(forms.RestoreAttachment, gives=Attachment)
