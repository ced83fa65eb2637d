"""Prints the OpenAPI document, for docs/openapi.json."""

import json
import sys

from .openapi import document

json.dump(document(), sys.stdout, indent=2, ensure_ascii=False)
sys.stdout.write("\n")
