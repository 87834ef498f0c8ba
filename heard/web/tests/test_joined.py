"""What `collectstatic` makes of the style sheets."""

from __future__ import annotations

from pathlib import Path

from heard.web.joined import STATIC, STYLES, Joined


def test_all_style_sheets_are_one_file_with_the_layers_said_first(collected: Path) -> None:
    joined = collected / Joined().stored_name(STYLES)
    said = joined.read_text()
    assert joined.name != Path(STYLES).name  # by its hash, so that browsers may keep it for good
    assert joined.with_name(f"{joined.name}.gz").exists()
    assert said.startswith("@layer reset, tokens, base, components, screens;")
    for sheet in (STATIC / "css").rglob("*.css"):
        assert sheet.read_text() in said
    assert said.index("@layer base {") < said.index("@layer components {") < said.index("@layer screens {")
