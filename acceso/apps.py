from django.apps import AppConfig


class AccesoConfig(AppConfig):
    name = "acceso"
    verbose_name = "Acceso"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from comun import registros

        from . import actions, sesion

        # La señal es de Django: es lo único por donde pasan todas las entradas.
        user_logged_in.connect(sesion.al_entrar, dispatch_uid="acceso.sesion.al_entrar")
        registros.periodicas.anotar(actions.olvidar_textos_vencidos)
