from __future__ import annotations

from django.urls import path

from heard.web.replies import (
    coverage,
    deciding,
    editing,
    exchange,
    files,
    folders,
    gallery,
    listing,
    starting,
    versions,
)

urlpatterns = [
    path("replies", listing.show, name="replies"),
    path("replies/new", editing.new, name="saved_reply_new"),
    path("replies/preview", editing.preview, name="saved_reply_preview"),
    path("replies/coverage", coverage.show, name="replies_coverage"),
    path("replies/folders", folders.show, name="reply_folders"),
    path("replies/folders/<int:folder_id>", folders.change, name="reply_folder"),
    path("replies/import", exchange.bring_in, name="replies_import"),
    path("replies/export", exchange.export, name="replies_export"),
    path("replies/starter", starting.add, name="replies_starter"),
    path("replies/gallery", gallery.show, name="replies_gallery"),
    path("replies/<int:reply_id>/gallery", gallery.put, name="saved_reply_gallery"),
    path("replies/files/<uuid:key>", files.file, name="reply_file"),
    path("replies/<int:reply_id>/change/<uuid:key>", files.file_of_change, name="reply_change_file"),
    path("replies/<int:reply_id>", editing.show, name="saved_reply"),
    path("replies/<int:reply_id>/approve", deciding.approve, name="saved_reply_approve"),
    path("replies/<int:reply_id>/send-back", deciding.send_back, name="saved_reply_send_back"),
    path("replies/<int:reply_id>/drop-change", deciding.drop_change, name="saved_reply_drop_change"),
    path("replies/<int:reply_id>/archive", deciding.archive, name="saved_reply_archive"),
    path("replies/<int:reply_id>/bring-back", deciding.bring_back, name="saved_reply_bring_back"),
    path("replies/<int:reply_id>/versions", versions.show, name="saved_reply_versions"),
    path(
        "replies/<int:reply_id>/versions/<int:version>/restore",
        versions.restore,
        name="saved_reply_restore",
    ),
]
