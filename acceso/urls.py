"""La entrada y «Mi cuenta», bajo /acceso/. De allauth se monta solo lo que se usa: ni registro, ni correos, ni redes.

Los nombres son los de allauth, que se buscan unos a otros por ellos.
"""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codigos
from allauth.mfa.totp import views as aplicacion
from allauth.mfa.webauthn import views as llaves
from django.urls import path, re_path
from django.views.generic import RedirectView

from .views import cuenta, entrada, factores, salvado, tiempo

urlpatterns = [
    path("", cuenta.mi_cuenta, name="acceso_mi_cuenta"),
    path("entrar/", entrada.Entrar.as_view(), name="account_login"),
    path("salir/", entrada.Salir.as_view(), name="account_logout"),
    path("confirmar/", reauthenticate, name="account_reauthenticate"),
    path("contrasena/", cuenta.CambiarClave.as_view(), name="account_change_password"),
    path("olvide/", entrada.olvide, name="account_reset_password"),
    path("olvide/enviado/", entrada.olvide_enviado, name="account_reset_password_done"),
    re_path(
        r"^elegir/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,80})/$",
        entrada.ElegirClave.as_view(),
        name="account_reset_password_from_key",
    ),
    path("segundo-factor/", factores.enrolar, name="acceso_enrolar"),
    # allauth vuelve a su lista de factores: la nuestra es «Mi cuenta».
    path("segundo-factor/lista/", RedirectView.as_view(pattern_name="acceso_mi_cuenta"), name="mfa_index"),
    path("segundo-factor/mostrar/", mfa.authenticate, name="mfa_authenticate"),
    path("segundo-factor/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("segundo-factor/aplicacion/", factores.ActivarAplicacion.as_view(), name="mfa_activate_totp"),
    path("segundo-factor/aplicacion/quitar/", aplicacion.deactivate_totp, name="mfa_deactivate_totp"),
    path("segundo-factor/codigos/", factores.VerCodigos.as_view(), name="mfa_view_recovery_codes"),
    path("segundo-factor/codigos/nuevos/", codigos.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("segundo-factor/codigos/bajar/", codigos.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("segundo-factor/llaves/agregar/", factores.AgregarLlave.as_view(), name="mfa_add_webauthn"),
    path("segundo-factor/llaves/entrar/", llaves.login_webauthn, name="mfa_login_webauthn"),
    path("segundo-factor/llaves/confirmar/", llaves.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("segundo-factor/llaves/<int:pk>/quitar/", factores.QuitarLlave.as_view(), name="mfa_remove_webauthn"),
    path("segundo-factor/llaves/<int:pk>/nombre/", factores.NombrarLlave.as_view(), name="mfa_edit_webauthn"),
    path("sesiones/", cuenta.sesiones, name="usersessions_list"),
    path("sesiones/cerrar-las-demas/", cuenta.cerrar_las_demas, name="acceso_cerrar_las_demas"),
    path("sesiones/<int:pk>/cerrar/", cuenta.cerrar_sesion, name="acceso_cerrar_sesion"),
    path("tiempo/", tiempo.quedan, name="acceso_sesion"),
    path("tiempo/seguir/", tiempo.seguir, name="acceso_seguir"),
    path("lo-escrito/<int:pk>/", salvado.texto, name="acceso_texto"),
    path("lo-escrito/<int:pk>/enviar/", salvado.enviar, name="acceso_texto_enviar"),
    path("lo-escrito/<int:pk>/tomar/", salvado.tomar, name="acceso_texto_tomar"),
    path("lo-escrito/<int:pk>/descartar/", salvado.descartar, name="acceso_texto_descartar"),
]
