"""Use cases of licences; the only writers of their tables."""

from suban.licences.services.issuing import issue_licence
from suban.licences.services.seals import (
    create_organ_seal,
    import_organ_seal,
    lay_out_trust,
    seal_document,
)
from suban.licences.services.statuses import (
    cancel_licence,
    publish_status_list,
    restore_licence,
    revoke_licence,
    suspend_licence,
)

__all__ = [
    "cancel_licence",
    "create_organ_seal",
    "import_organ_seal",
    "issue_licence",
    "lay_out_trust",
    "publish_status_list",
    "restore_licence",
    "revoke_licence",
    "seal_document",
    "suspend_licence",
]
