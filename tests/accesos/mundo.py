"""Un centro con una fila de cada modelo con alcance: cada una lleva la seña de su centro en lo que se muestra."""

import datetime as dt

from django.apps import apps
from django.utils import timezone

from boletines.models import AdjuntoDeCorreo, Aporte, Edicion, Remision
from correo.models import Entrega, Envio
from directorio.models import NombreDeEntidad, Puesto, PuestoDePersonal
from eventos import models as m
from organizacion.models import Jurisdiccion
from tests import fabricas as f

from .mundo_de_capacitacion import de_capacitacion
from .mundo_de_derechos import de_derechos, del_directorio_vivo
from .papeles import archivo

ANIO, MES = 2026, 10


def modelos_con_alcance() -> list:
    """Los que se piden con ``.para(usuario)``."""
    return [modelo for modelo in apps.get_models() if hasattr(modelo._default_manager.all(), "para")]


def poblar(numero: int, sistema, organo) -> dict:
    """Las filas del centro ``numero``, por la etiqueta de su modelo; con otra llave, la segunda de un modelo."""
    sena = sena_de(numero)
    filas = _del_centro(numero, sena)
    filas |= _del_directorio(filas, sena, sistema)
    filas |= de_capacitacion(filas, sena, sistema, organo)
    filas |= _correo(filas, sena) | _lo_demas(filas, sena)
    filas |= del_directorio_vivo(filas, sena) | de_derechos(filas, sena)
    de_una = {"custodia_documento": {"clase": "inscripcion"}}
    return filas | {"valores": _valores(filas), "de_una": de_una}


def _valores(filas) -> dict:
    """Lo que va en la dirección además de la llave."""
    return {
        "adjunto": filas["adjunto"].pk,
        "clave": f"6-escaneo-{filas['eventos.Escaneo'].pk}",
        "que": "entidad",
        "a": filas["directorio.Entidad"].pk,
        "b": filas["otra"].pk,
        "clase": "operadores",
        "tipo": "entidad",
    }


def sena_de(numero: int) -> str:
    """Una palabra que no sale en ninguna otra parte del portal."""
    return f"Qanchis{numero:02d}Z"


def _del_centro(numero, sena) -> dict:
    centro = f.CentroFactory(nombre=f"Centro {numero:02d}", slug=f"centro-{numero:02d}")
    provincia = f.ProvinciaFactory(codigo=f"{30 + numero}01", nombre=f"Provincia {numero}")
    return {
        "organizacion.Centro": centro,
        "organizacion.Jurisdiccion": Jurisdiccion.objects.create(centro=centro, provincia=provincia),
        "organizacion.HorarioEspecial": f.HorarioEspecialFactory(centro=centro, motivo=sena),
        "home.AvisoDeMural": f.AvisoDeMuralFactory(centro=centro, titulo=sena),
        "eventos.Pregunta": f.PreguntaFactory(centro=centro, nombre=sena),
    }


def _del_directorio(filas, sena, sistema) -> dict:
    centro = filas["organizacion.Centro"]
    entidad = f.EntidadFactory(centro=centro, nombre=f"Municipalidad {sena}")
    operador = f.OperadorFactory(entidad=entidad, apellidos=sena, correo=f"{sena.lower()}@muni.example")
    personal = f.PersonalFactory(centro=centro, apellidos=sena, sistema=None)
    ayer = timezone.localdate() - dt.timedelta(days=1)
    return {
        "directorio.Entidad": entidad,
        "directorio.Operador": operador,
        "directorio.Personal": personal,
        "directorio.Autoridad": f.AutoridadFactory(entidad=entidad, apellidos=sena),
        "directorio.Medio": f.MedioFactory(centro=centro, nombre=f"Radio {sena}"),
        "directorio.Puesto": Puesto.objects.create(operador=operador, entidad=entidad),
        "directorio.PuestoDePersonal": PuestoDePersonal.objects.create(
            personal=personal, cargo=personal.cargo, desde=personal.desde
        ),
        "directorio.NombreDeEntidad": NombreDeEntidad.objects.create(
            entidad=entidad, nombre=f"Antes {sena}", hasta=ayer
        ),
        "eventos.Solicitud": f.SolicitudFactory(centro=centro, entidad=entidad, contacto=sena, tema=sena),
    }


def _correo(filas, sena) -> dict:
    centro, ahora = filas["organizacion.Centro"], timezone.now()
    envios = [
        Envio.objects.create(clave=f"{sena}-{n}", asunto=f"Envío {sena}", texto=sena, centro=centro, es_masivo=True)
        for n in range(2)
    ]
    enviado = f.CorreoDifundidoFactory(centro=centro, asunto=f"Enviado {sena}", envio=envios[1], enviado_en=ahora)
    return {
        "correo.Envio": envios[0],
        "correo.Entrega": Entrega.objects.create(
            envio=envios[0], clave=sena, direccion=f"{sena.lower()}@muni.example", estado=Entrega.Estado.DUDOSA
        ),
        "boletines.CorreoDifundido": f.CorreoDifundidoFactory(centro=centro, asunto=f"Borrador {sena}"),
        "enviado": enviado,
        "adjunto": AdjuntoDeCorreo.objects.create(correo=enviado, archivo=archivo()),
    }


def _lo_demas(filas, sena) -> dict:
    centro = filas["organizacion.Centro"]
    edicion, _ = Edicion.objects.get_or_create(anio=ANIO, mes=MES)
    return {
        "eventos.ProgramaMensual": m.ProgramaMensual.objects.create(centro=centro, anio=ANIO, mes=MES),
        "eventos.ImportacionDePrograma": m.ImportacionDePrograma.objects.create(centro=centro, nombre=sena),
        "boletines.Aporte": Aporte.objects.create(
            edicion=edicion, centro=centro, plazo=timezone.localdate(), editorial=sena
        ),
        "boletines.Remision": Remision.objects.create(edicion=edicion, centro=centro),
        "boletines.Suscriptor": f.SuscriptorFactory(centro=centro, correo=f"{sena.lower()}@s.example", nombre=sena),
    }
