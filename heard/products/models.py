"""What a workspace sells, as customers and colleagues call it."""

from __future__ import annotations

from django.db import models

from heard.workspaces.models import OfWorkspace, Workspace


class Product(models.Model):
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    code = models.CharField(max_length=40)  # names it in links and programs
    names = models.JSONField(default=dict)  # by language
    is_on = models.BooleanField(default=True)  # can be chosen; what was chosen stays

    objects = OfWorkspace["Product"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "code", name="product_code_once"),)

    def __str__(self) -> str:
        return self.named(self.workspace.language)

    def named(self, language: str) -> str:
        """In the next best language where nobody wrote it in this one."""
        wanted = (self.names.get(language), *(self.names[code] for code in sorted(self.names)))
        return next((str(name) for name in wanted if name), self.code)
