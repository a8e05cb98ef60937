"""The pages: the look (`ui`), sign-in (`account`), the public site (`portal`), the staff (`workbench`)."""
