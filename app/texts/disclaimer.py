"""What the compendium is not, as glossary/README.md says it in the three languages."""

from app.texts.catalogues import N_

DISCLAIMER = N_("This compendium binds no state and no organisation and overrides no national document.")
