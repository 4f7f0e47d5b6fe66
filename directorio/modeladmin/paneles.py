from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

CONTACTO = MultiFieldPanel([FieldRowPanel([FieldPanel("telefono"), FieldPanel("correo")])], "Contacto")
