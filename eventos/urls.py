app_name = "eventos"

urlpatterns = []
