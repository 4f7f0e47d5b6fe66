"""Del mundo de ``mundo``: lo que las entidades responden de sus datos y lo que las personas piden de los suyos."""

import datetime as dt

from django.utils import timezone

from custodia.models import PasoDeSolicitud, SolicitudDeDerechos
from directorio.models import Campania, Cartera, Cese, Importacion, Pedido, Propuesta, TemaDeInteres
from organizacion.actions import asignar_rol
from organizacion.models import Rol
from tests import fabricas as f

from .papeles import archivo


def del_directorio_vivo(filas, sena) -> dict:
    centro, entidad, personal = (
        filas[f"{e}"] for e in ("organizacion.Centro", "directorio.Entidad", "directorio.Personal")
    )
    manana = timezone.localdate() + dt.timedelta(days=9)
    campania = Campania.objects.create(nombre=sena, motivo="Cambio de autoridades", centro=centro, vence_el=manana)
    pedido = Pedido.objects.create(campania=campania, centro=centro, entidad=entidad)
    quien = f.UsuarioFactory(username=f"prestado.{sena.lower()}", last_name=sena)
    return {
        "directorio.Campania": campania,
        "directorio.Pedido": pedido,
        "directorio.Propuesta": Propuesta.objects.create(
            pedido=pedido, entidad=entidad, clase="cambio", sobre="entidad", campo="correo", despues=f"{sena}@m.example"
        ),
        "directorio.Cartera": Cartera.objects.create(centro=centro, clase=Cartera.Clase.ENTIDADES),
        "directorio.TemaDeInteres": TemaDeInteres.objects.create(entidad=entidad, texto=sena, recogido_por=quien),
        "directorio.Cese": Cese.objects.create(
            personal=personal, ultimo_dia=timezone.localdate(), motivo=sena, anulado_en=timezone.now()
        ),
        "directorio.Importacion": Importacion.objects.create(
            tipo="entidad", centro=centro, archivo=archivo(), encabezados=["nombre"]
        ),
        "encargatura": asignar_rol(usuario=quien, rol=Rol.ASISTENTE, centro=centro, es_encargatura=True),
        "otra": f.EntidadFactory(centro=centro, nombre=f"Empresa {sena}"),
    }


def de_derechos(filas, sena) -> dict:
    """Una por cada derecho que tiene pantalla propia, con la identidad ya verificada y la copia lista."""
    ahora, hoy = timezone.now(), timezone.localdate()
    solicitudes = {
        derecho: SolicitudDeDerechos.objects.create(
            numero=f"{sena}-{derecho[:3]}",
            derecho=derecho,
            estado="en_atencion",
            canal="mesa",
            centro=filas["organizacion.Centro"],
            tipo_documento="dni",
            numero_documento="40000000",
            nombres="Rosa",
            apellidos=sena,
            pedido=sena,
            vence_el=hoy + dt.timedelta(days=9),
            verificada_en=ahora,
            paquete=archivo(),
            paquete_hasta=hoy + dt.timedelta(days=9),
        )
        for derecho in ("acceso", "rectificacion", "cancelacion")
    }
    solicitudes["acceso"].copia_de_documento = archivo()
    solicitudes["acceso"].save()
    paso = PasoDeSolicitud.objects.create(solicitud=solicitudes["acceso"], que="Recibida", texto=sena)
    return {
        "custodia.SolicitudDeDerechos": solicitudes["acceso"],
        "rectificacion": solicitudes["rectificacion"],
        "cancelacion": solicitudes["cancelacion"],
        "custodia.PasoDeSolicitud": paso,
    }
