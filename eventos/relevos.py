"""Lo que una persona tiene a su cargo en las capacitaciones, y pasa a otra cuando se va (registro ``relevos``)."""

from django.db.models import Q
from django.utils import timezone

from comun.registros import relevos
from comun.relevo import Relevo
from directorio.cuentas.encargaturas import por_cese
from organizacion.models import Rol, Usuario

from .models import Expositor, Preparativos, TareaLogistica, Validacion

CARGOS_DE_PREPARATIVOS = ("apertura", "clausura", "logistica")


def del_mismo_lugar(usuario: Usuario):
    """Las cuentas del personal del mismo centro (o de la sede); primero las de su cargo y su sistema."""
    personal = usuario.personal
    cuentas = Usuario.objects.filter(personal__centro=personal.centro_id, is_active=True)
    cuentas = cuentas.exclude(pk=usuario.pk).alias(
        mismo=Q(personal__cargo=personal.cargo), sistema=Q(personal__sistema=personal.sistema_id)
    )
    return cuentas.order_by("-mismo", "-sistema", "last_name", "pk")


def _candidatos(usuario):
    return del_mismo_lugar(usuario) if hasattr(usuario, "personal") else Usuario.objects.none()


def tareas(usuario):
    filas = TareaLogistica.objects.filter(estado=TareaLogistica.Estado.PENDIENTE, responsable__usuario=usuario)
    return filas.select_related("capacitacion")


def pasar_tareas(*, de, a, por):
    return tareas(de).update(responsable=a.personal, actualizada_por=por)


def exposiciones(usuario):
    """En lo que aún no termina: lo ya dictado conserva quién lo expuso."""
    por_dictar = Q(capacitacion__fecha_fin__gte=timezone.localdate()) | Q(capacitacion__fecha_fin__isnull=True)
    filas = Expositor.objects.filter(por_dictar, personal__usuario=usuario)
    return filas.exclude(capacitacion__estado="cancelada").select_related("capacitacion")


def pasar_exposiciones(*, de, a, por):
    personal = a.personal
    return exposiciones(de).update(personal=personal, nombre=str(personal), cargo=personal.cargo_completo)


def preparativos(usuario):
    suyos = Q()
    for cargo in CARGOS_DE_PREPARATIVOS:
        suyos |= Q(**{f"{cargo}__usuario": usuario})
    return Preparativos.objects.filter(suyos, capacitacion__fecha_fin__gte=timezone.localdate())


def pasar_preparativos(*, de, a, por):
    filas = list(preparativos(de))
    for fila in filas:
        for cargo in CARGOS_DE_PREPARATIVOS:
            if getattr(fila, f"{cargo}_id") == de.personal.pk:
                setattr(fila, cargo, a.personal)
        fila.actualizados_por = por
        fila.save()
    return len(filas)


def validaciones(usuario):
    """Las decide el Responsable Técnico del sistema: pasan con el encargo de ese rol."""
    filas = Validacion.objects.vigentes().pendientes().filter(sistema__in=_sistemas(usuario))
    return filas.filter(capacitacion__cerrada_en__isnull=True).por_cercania()


def _sistemas(usuario):
    """Los de su rol de hoy, aunque su cuenta ya esté cerrada: así se reintenta un cese que falló."""
    return usuario.asignaciones.vigentes().filter(rol=Rol.RESPONSABLE_TECNICO).values("sistema")


def _de_sus_sistemas(usuario):
    asignaciones = Q(asignaciones__sistema__in=_sistemas(usuario), asignaciones__rol__in=TECNICOS)
    return Usuario.objects.filter(asignaciones).exclude(pk=usuario.pk).order_by("last_name", "pk")


TECNICOS = (Rol.RESPONSABLE_TECNICO, Rol.ENTE_RECTOR, Rol.ESPECIALISTA, Rol.IMPLANTADOR)


def pasar_validaciones(*, de, a, por):
    cuantas = validaciones(de).count()
    por_cese(rol=Rol.RESPONSABLE_TECNICO, de=de, a=a, por=por)
    return cuantas


relevos.append(Relevo("tareas", "Tareas de logística", tareas, _candidatos, pasar_tareas))
relevos.append(Relevo("exposiciones", "Capacitaciones en que expone", exposiciones, _candidatos, pasar_exposiciones))
relevos.append(
    Relevo("preparativos", "Eventos que abre, cierra o prepara", preparativos, _candidatos, pasar_preparativos)
)
relevos.append(Relevo("validaciones", "Contenidos por validar", validaciones, _de_sus_sistemas, pasar_validaciones))
