"""What the applicant's pages show: fields of the form, materials, progress, in words."""
