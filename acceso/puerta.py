"""Con qué se comprueba una contraseña al entrar."""

from allauth.account.auth_backends import AuthenticationBackend


class Puerta(AuthenticationBackend):
    """La de allauth, que resume una contraseña aunque el usuario no exista, sin su excepción para cuentas cerradas.

    allauth aparta al de cuenta cerrada para decirle que lo está: aquí se le responde como a un desconocido.
    """

    @classmethod
    def _stash_user(cls, user):
        return None
