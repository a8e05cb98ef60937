"""Cases: preparing and handing in, confirming for a company, handling at the desk, looking up progress."""

from ninja import Router

from suban.api.cases import confirmations, desk, drafts, files, handing_in, materials, progress, turns

router = Router()
for part in (drafts, materials, handing_in, files, confirmations, desk, turns, progress):
    router.add_router("", part.router)
