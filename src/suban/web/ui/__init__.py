"""The one look of both sites: layout, design tokens, components, form kit, error pages."""
