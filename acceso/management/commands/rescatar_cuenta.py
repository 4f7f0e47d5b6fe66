from django.core.management.base import BaseCommand, CommandError

from acceso import actions
from acceso.permissions import es_obligatorio
from organizacion.models import Usuario


class Command(BaseCommand):
    help = (
        "Le quita a una cuenta su segundo factor, su bloqueo y sus sesiones, para que vuelva a entrar. Queda anotado."
    )

    def add_arguments(self, parser):
        parser.add_argument("usuario", help="el nombre de usuario de la cuenta")
        parser.add_argument("--motivo", required=True, help="por qué, y quién lo comprobó; queda en el rastro")

    def handle(self, *, usuario, motivo, **opciones):
        cuenta = Usuario.objects.filter(username__iexact=usuario.strip()).first()
        if cuenta is None:
            raise CommandError(f"No hay ninguna cuenta «{usuario}».")
        try:
            actions.restablecer_segundo_factor(usuario=cuenta, motivo=motivo, por=None)
        except actions.FaltaElMotivo as error:
            raise CommandError(str(error)) from error
        actions.desbloquear(usuario=cuenta, por=None)
        sigue = " y pondrá otro segundo factor" if es_obligatorio() else ""
        self.stdout.write(f"«{cuenta.username}» entra con su contraseña{sigue}.")
        self.stdout.write(f"Si tampoco sabe su contraseña: manage.py changepassword {cuenta.username}")
