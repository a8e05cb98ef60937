"""The workbench: pages for staff over the doors of cases, licences, delivery, notices and foundation.

Views are thin: they parse, let one gate decide, call one service or query, and answer. What a page
shows is prepared as frozen values in `worklist`, `casepage`, `correction` and `desk`.
"""
