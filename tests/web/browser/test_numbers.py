"""The tab Paint saves a sheet to paint by."""

from PIL import Image


def test_a_sheet_to_paint_by_is_saved_as_pdf(opened, open_view):
    picture = Image.new("RGB", (120, 60), (24, 44, 80))
    picture.paste((226, 214, 190), (60, 0, 120, 40))
    page = opened(picture)
    open_view(page, "Paint")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Sheet to paint by").click()
    assert saved.value.suggested_filename == "picture-numbers.pdf"
    assert saved.value.path().read_bytes()[:5] == b"%PDF-"
