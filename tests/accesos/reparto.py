"""Una persona por rol, y lo que a cada una le toca en las filas de su centro."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from acceso.models import TextoSalvado
from boletines.models import (
    Aporte,
    BoletinesIndexPage,
    BoletinPage,
    ComunicadoPage,
    ComunicadosIndexPage,
    CorreoDifundido,
    ImportacionDeSuscriptores,
)
from correo.models import Envio
from custodia.actions import anotar
from custodia.models import CorridaDeRetencion, Huella, Vulneracion
from directorio.escritas import grupos
from directorio.models import Indicador, Personal
from home.carga import cargar_paginas
from organizacion.models import AjustesPortal, Organo, Rol, Usuario
from organizacion.models.rol import ROLES_DE_CENTRO, ROLES_DE_SISTEMA
from tests import fabricas as f
from tests import personas

from . import mundo
from .papeles import archivo


def montar() -> dict:
    """El mundo de la matriz: un centro poblado, las páginas, los catálogos y una persona por rol."""
    sistema = f.SistemaFactory()
    organo = f.OrganoFactory(sigla="OSCE", nombre="OSCE", tipo=Organo.Tipo.ALIADO)
    filas = mundo.poblar(1, sistema, organo)
    inicio = cargar_paginas()
    AjustesPortal.objects.update(boletin_por_todos=True)
    filas |= _catalogos(sistema, organo) | _paginas(filas, inicio)
    gente = {rol: _persona(rol, filas, sistema, organo) for rol in Rol.values}
    gente["superusuario"] = f.UsuarioFactory(username="super", is_superuser=True, email="s@mef.example")
    return {"filas": filas, "gente": gente, "sistema": sistema}


def _persona(rol, filas, sistema, organo):
    donde = {}
    if rol in ROLES_DE_CENTRO:
        donde["centro"] = filas["organizacion.Centro"]
    if rol in ROLES_DE_SISTEMA:
        donde["sistema"] = sistema
    if rol == Rol.ALIADO:
        donde["organo"] = organo
    usuario = personas.con_rol(f"de.{rol.replace('_', '.')}", rol, **donde)
    Usuario.objects.filter(pk=usuario.pk).update(email=f"{rol}@mef.example")
    return Usuario.objects.get(pk=usuario.pk)


def _catalogos(sistema, organo) -> dict:
    huella = anotar(accion="probar", por=f.UsuarioFactory(username="uno"))
    return {
        "organizacion.Organo": organo,
        "organizacion.Sistema": sistema,
        "organizacion.DiaNoLaborable": f.DiaNoLaborableFactory(),
        "directorio.Indicador": Indicador.objects.first() or Indicador.objects.create(nombre="Avance", unidad="%"),
        "incidente": Vulneracion.objects.create(
            numero="INC-1",
            detectada_en=timezone.now(),
            que_paso="Se perdió una memoria.",
            datos="Correos",
            vence_en=timezone.now() + dt.timedelta(hours=48),
            informe=archivo(),
        ),
        "corrida": CorridaDeRetencion.objects.create(),
        "cuenta": f.UsuarioFactory(username="de.otro", email="otro@mef.example"),
        "home.Norma": f.NormaFactory(),
        "home.Sinonimo": f.SinonimoFactory(),
        "huella": huella or Huella.objects.first(),
        "distrito": f.DistritoFactory(),
        "importacion": ImportacionDeSuscriptores.objects.create(
            archivo=archivo("lista.csv"), procedencia="Feria", estado=ImportacionDeSuscriptores.Estado.ENSAYADA
        ),
    }


def _paginas(filas, inicio) -> dict:
    boletin = BoletinesIndexPage.objects.get().add_child(
        instance=BoletinPage(anio=mundo.ANIO, mes=mundo.MES, editorial="Este mes.", live=True)
    )
    boletin.save_revision()
    comunicado = ComunicadosIndexPage.objects.get().add_child(
        instance=ComunicadoPage(title="Cierre", resumen="Resumen", cuerpo="<p>Texto</p>", fecha=dt.date(2026, 1, 5))
    )
    imagen = Image.objects.create(title="a.png", file=get_test_image_file())
    documento = Document.objects.create(title="a", file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    return {
        "boletin": boletin,
        "comunicado": comunicado,
        "imagen": imagen,
        "documento": documento,
        "redireccion": Redirect.objects.create(old_path="/antes", redirect_link="/despues"),
        "grupo": Group.objects.first() or Group.objects.create(name="Uno"),
        "inicio": inicio,
        "pagina": Page.objects.get(pk=filas["organizacion.Centro"].pagina.pk),
    }


def le_toca(usuario, rol: str, mundo_: dict) -> dict:
    """Las filas, después de poner en ellas lo que es de ``usuario``: su borrador, su envío, su parte, su aporte."""
    filas = dict(mundo_["filas"])
    filas["texto"] = TextoSalvado.objects.create(usuario=usuario, ruta="/intranet/", datos=[])
    filas["sesion"] = UserSession.objects.create(
        user=usuario, ip="127.0.0.1", session_key=f"de-{rol}", user_agent="Firefox"
    )
    CorreoDifundido.objects.update(creado_por=usuario)
    Envio.objects.update(creado_por=usuario)
    Personal.objects.filter(usuario=usuario).update(usuario=None)
    if rol in ROLES_DE_CENTRO:
        Personal.objects.filter(pk=filas["directorio.Personal"].pk).update(usuario=usuario)
    if grupo := next(iter(grupos(usuario)), None):
        escrita = {"clave": grupo.clave}
        filas["de_una"] = filas["de_una"] | {"directorio_escrita": escrita, "directorio_vincular_escrita": escrita}
    if rol == Rol.RESPONSABLE_TECNICO:
        filas["boletines.Aporte"] = Aporte.objects.create(
            edicion=filas["boletines.Aporte"].edicion, sistema=mundo_["sistema"], plazo=timezone.localdate()
        )
    return filas
