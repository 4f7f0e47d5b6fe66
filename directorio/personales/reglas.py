"""Lo que vence del directorio (``comun.registros.retenciones``)."""

from django.db.models import Exists, OuterRef, Q

from comun.registros import retenciones
from comun.retencion import Regla
from custodia.archivos import borrar_archivo
from directorio.models import Fusion, Importacion, Operador, Pedido, Propuesta, Puesto

from .retiro import quitar_contactos, vaciar_propuestas


def _inactivos(limite):
    """Sin puesto desde antes del plazo y que aún tienen cómo llamarlos; con las filas que se unieron a la suya."""
    recientes = Puesto.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=limite.date()))
    con_puesto = Puesto.objects.filter(hasta__lt=limite.date())
    # De quien entró inactivo antes de que eso abriera su historia, lo último que se sabe es cuándo se verificó.
    # La que se unió a otra tampoco tiene historia suya: sigue a la que se quedó.
    sin_historia = Q(puestos=None, verificado_en__lt=limite.date(), fusionado_en=None)
    antiguos = Operador.objects.filter(Q(pk__in=con_puesto.values("operador")) | sin_historia, esta_activo=False)
    llaves = antiguos.exclude(pk__in=recientes.values("operador")).values("pk")
    suyas = Operador.objects.filter(Q(pk__in=llaves) | Q(fusionado_en__in=llaves))
    return suyas.filter(_con_datos()).distinct()


def _con_datos() -> Q:
    """En su fila o en lo que la copió."""
    de_el = Q(se_queda=OuterRef("pk")) | Q(absorbida=OuterRef("pk"))
    return (
        ~Q(correo="")
        | ~Q(telefono="")
        | Q(contactos__isnull=False)
        | Q(pk__in=Pedido.objects.exclude(correo="", nota="").values("operador"))
        | Q(pk__in=Propuesta.objects.exclude(antes="", despues="", datos={}).values("operador"))
        | Exists(Fusion.objects.filter(de_el, registro="operador").exclude(antes={}))
    )


def _propuestas(limite):
    """De antes del plazo y con lo que se escribió: también las altas, que ninguna fila señala."""
    return Propuesta.objects.filter(creada_en__lt=limite).exclude(antes="", despues="", datos={})


def _vaciar_propuestas(propuestas) -> None:
    vaciar_propuestas(Propuesta.objects.filter(pk__in=[propuesta.pk for propuesta in propuestas]))


def _importaciones(limite):
    """De antes del plazo, y que aún tienen el archivo o lo leído de él; ni la que se está guardando."""
    con_datos = Q(archivo__isnull=False) | Q(renglones__isnull=False)
    antiguas = Importacion.objects.filter(con_datos, subida_en__lt=limite)
    return antiguas.exclude(estado=Importacion.Estado.APLICANDO).distinct()


def _vaciar(importaciones) -> None:
    """Quedan quién, cuándo y cuántas; sin lo leído ya no se puede confirmar ni deshacer."""
    for importacion in importaciones:
        archivo, importacion.archivo = importacion.archivo, None
        if importacion.estado in (Importacion.Estado.SUBIDA, Importacion.Estado.ENSAYADA):
            importacion.estado = Importacion.Estado.DESCARTADA
        importacion.save(update_fields=["archivo", "estado"])
        importacion.renglones.all().delete()
        if archivo:
            borrar_archivo(archivo)


retenciones.anotar(Regla("operadores", "Contactos de operadores que dejaron el puesto", _inactivos, quitar_contactos))
retenciones.anotar(Regla("propuestas", "Correcciones propuestas en las campañas", _propuestas, _vaciar_propuestas))
retenciones.anotar(Regla("importaciones", "Archivos importados al directorio", _importaciones, _vaciar))
