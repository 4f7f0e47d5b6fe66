from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from .models import NombreDeCentro


class CentroForm(WagtailAdminModelForm):
    """El identificador va en la dirección de su página: cambia con «Cambió de nombre», que cuida las de antes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "slug" in self.fields:
            self.fields["slug"].disabled = True
            self.fields["nombre"].help_text = "Aquí se corrige; si pasó a llamarse distinto, use «Cambió de nombre»."
            self.fields["slug"].help_text = "Va en la dirección web; cambia con «Cambió de nombre»."

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if NombreDeCentro.objects.filter(slug=slug).exclude(centro=self.instance.pk).exists():
            raise ValidationError("Fue de otro centro y sus direcciones aún llevan a él: elija otro.")
        return slug
