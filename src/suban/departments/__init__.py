"""Departments' own systems (部门自建系统): a case pushed once, its states and its result received."""
