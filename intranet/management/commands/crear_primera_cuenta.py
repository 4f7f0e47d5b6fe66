from django.core.management.base import BaseCommand
from django.db import transaction

from acceso.enlaces import enlace_para_elegir_clave, texto_de_vigencia
from intranet.matriz import aplicar_permisos
from organizacion.actions import asignar_rol
from organizacion.models import Rol, Usuario

USUARIO = "ogauc"


class Command(BaseCommand):
    help = (
        "Crea la primera cuenta, la de la OGAUC, sin contraseña, y muestra el enlace de un solo uso con que se elige. "
        "Mientras no se haya elegido, repetirla muestra otro enlace."
    )

    def handle(self, **opciones):
        usuario = Usuario.objects.filter(username=USUARIO).first() or self._crear()
        if usuario.has_usable_password():
            self.stdout.write(f"La cuenta «{USUARIO}» ya existe y tiene su contraseña.")
            self.stdout.write(f"Si la perdió: manage.py changepassword {USUARIO}")
            return
        self.stdout.write(f"Usuario: {USUARIO}")
        self.stdout.write(f"Elija su contraseña en: {enlace_para_elegir_clave(usuario)}")
        self.stdout.write(f"El enlace vale una sola vez, {texto_de_vigencia(usuario)}; si venció, repita esta orden.")

    @transaction.atomic
    def _crear(self) -> Usuario:
        aplicar_permisos()
        usuario = Usuario.objects.create_user(USUARIO, first_name="OGAUC")
        asignar_rol(usuario=usuario, rol=Rol.OGAUC)
        return usuario
