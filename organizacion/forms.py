from wagtail.admin.forms import WagtailAdminModelForm


class CentroForm(WagtailAdminModelForm):
    """El identificador se elige una vez: va en la dirección de su página."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "slug" in self.fields:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "Va en la dirección web y ya no cambia."
