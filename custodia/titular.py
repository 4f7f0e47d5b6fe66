"""Hallar en cualquier tabla las filas que llevan un correo de quien pide algo sobre sus datos."""

from functools import reduce
from operator import or_

from django.db.models import Q

from comun.expediente_personal import Titular


def con_su_correo(titular: Titular, *campos: str) -> Q:
    """Las que tienen uno de sus correos en alguno de ``campos``, escrito con mayúsculas o sin ellas.

    Los suyos van en minúsculas y un formulario guarda lo que se escribió. Sin correos confirmados, ninguna.
    """
    casos = (Q(**{f"{campo}__iexact": correo}) for campo in campos for correo in titular.correos)
    return reduce(or_, casos, Q(pk__in=[]))
