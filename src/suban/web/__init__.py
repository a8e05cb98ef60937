"""The pages: one look (`ui`), sign-in (`account`), the public site (`portal`), the staff's site (`workbench`)."""
