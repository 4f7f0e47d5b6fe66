from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class PanelSiSePregunta(FieldPanel):
    """Un campo que casi siempre va escondido: sin él a la vista, tampoco su rótulo."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and not self.bound_field.is_hidden


CONTACTO = MultiFieldPanel([FieldRowPanel([FieldPanel("telefono"), FieldPanel("correo")])], "Contacto")
