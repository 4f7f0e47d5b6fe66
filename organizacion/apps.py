from django.apps import AppConfig


class OrganizacionConfig(AppConfig):
    name = "organizacion"
    verbose_name = "Organización"

    def ready(self):
        from comun.registros import periodicas

        from .actions import sincronizar_grupos_de_hoy

        periodicas.anotar(sincronizar_grupos_de_hoy)
