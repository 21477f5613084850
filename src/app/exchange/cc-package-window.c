/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-package-window.h"

#include "cc-agency-picker.h"
#include "cc-package-work.h"
#include "import/cc-import-period-group.h"
#include "library/cc-library.h"
#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-password-row.h"
#include "widgets/cc-strength-bar.h"

#include <glib/gi18n.h>

/* What is typed is counted when it stays for so long. */
#define PAUSE_MS 300

struct _CcPackageWindow
{
  CcFormWindow parent_instance;

  GtkStack            *stack;
  GtkWidget           *cancel_button;
  GtkWidget           *accept_button;
  GtkWidget           *close_button;
  AdwStatusPage       *done;
  CcAgencyPicker      *agencies;
  CcImportPeriodGroup *period;
  GtkSwitch           *victims;
  GtkSwitch           *perpetrators;
  GtkSwitch           *events;
  GtkSwitch           *identifiers;
  AdwComboRow         *audience;
  AdwActionRow        *told;
  GtkEditable         *passphrase;
  GtkEditable         *again;
  CcStrengthBar       *strength;
  CcMessageCard       *message;
  GtkLabel            *hint;

  CcSession            *session;
  char                 *name;
  CcPackageResult      *result;      /* what it would hold; NULL while that is counted */
  GCancellable         *cancellable; /* of counting */
  guint                 pause;
  GtkFileChooserNative *chooser;
  GFile                *target;
};

G_DEFINE_FINAL_TYPE (CcPackageWindow, cc_package_window, CC_TYPE_FORM_WINDOW)

/* In the order of the list in the template. */
static const char *const audiences[] = { "authority", "agency", "research" };

static GStrv
get_units (CcPackageWindow *self)
{
  const struct
  {
    GtkSwitch  *chosen;
    const char *unit;
  } units[] = { { self->victims, "victim" },
                { self->perpetrators, "perpetrator" },
                { self->events, "event" } };
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (gtk_switch_get_active (units[i].chosen))
      {
        g_strv_builder_add (names, units[i].unit);
        n++;
      }
  return n < G_N_ELEMENTS (units) ? g_strv_builder_end (names) : NULL;
}

/* FALSE where the order is not whole. */
static gboolean
read_order (CcPackageWindow *self, CcPackageValues *values, CcPackageRequest *request)
{
  const guint audience =
      MIN (adw_combo_row_get_selected (self->audience), G_N_ELEMENTS (audiences) - 1);

  request->session = cc_session_ref (self->session);
  request->entities = cc_agency_picker_get_keys (self->agencies);
  request->units = get_units (self);
  request->period = CC_INTERVAL_UNKNOWN;
  request->identifiers = gtk_switch_get_active (self->identifiers);
  request->audience = g_strdup (audiences[audience]);
  values->agencies = request->entities == NULL || request->entities[0] != NULL;
  values->units = request->units == NULL || request->units[0] != NULL;
  values->period = cc_import_period_group_get (self->period, &request->period);
  return values->agencies && values->units && values->period;
}

static void
read_values (CcPackageWindow *self, CcPackageValues *values)
{
  values->told = self->result;
  values->passphrase = gtk_editable_get_text (self->passphrase);
  values->again = gtk_editable_get_text (self->again);
  values->name = self->name;
  values->practice = cc_case_file_is_practice (cc_session_get_file (self->session));
}

static void
cc_package_window_refresh (CcFormWindow *form)
{
  CcPackageWindow  *self = CC_PACKAGE_WINDOW (form);
  CcPackageRequest *request;
  CcPackageValues   values = { 0 };
  const char       *hint;
  gboolean          mismatch;
  int               level;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "package.write", FALSE);
  if (self->session == NULL)
    return;
  request = g_new0 (CcPackageRequest, 1);
  (void) read_order (self, &values, request);
  cc_package_request_free (request);
  read_values (self, &values);
  hint = cc_package_rules_apply (&values, &level, &mismatch);
  cc_strength_bar_set_level (self->strength, (CcPassphraseLevel) level);
  cc_password_row_mark_error (GTK_WIDGET (self->again), mismatch);
  gtk_label_set_label (self->hint, hint);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "package.write",
                                 *hint == '\0' && !cc_form_window_is_busy (form));
}

/* ---- what it will hold ---- */

static void
show_told (CcPackageWindow *self, const char *title, const char *subtitle)
{
  g_autofree char *first = g_markup_escape_text (title, -1);
  g_autofree char *second = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->told), first);
  adw_action_row_set_subtitle (self->told, second);
}

static void
show_result (CcPackageWindow *self)
{
  g_autofree char *units = cc_package_describe_units (self->session, self->result);
  g_autofree char *rest = cc_package_describe_rest (self->session, self->result);

  show_told (self, units, rest);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcPackageWindow) self = CC_PACKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  CcPackageResult *counted = cc_session_read_finish (result, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_free (counted);
      return;
    }
  g_free (self->result);
  self->result = counted;
  if (counted != NULL)
    show_result (self);
  else
    {
      g_autofree char *text = cc_describe_error (error);

      show_told (self, _ ("It Could Not Be Counted"), text);
    }
  cc_package_window_refresh (CC_FORM_WINDOW (self));
}

static gboolean
on_pause_over (gpointer user_data)
{
  CcPackageWindow  *self = CC_PACKAGE_WINDOW (user_data);
  CcPackageRequest *request = g_new0 (CcPackageRequest, 1);
  CcPackageValues   values = { 0 };

  self->pause = 0;
  if (!read_order (self, &values, request))
    {
      cc_package_request_free (request);
      return G_SOURCE_REMOVE;
    }
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (self->session, cc_package_work_preview, request,
                         (GDestroyNotify) cc_package_request_free, g_free, self->cancellable,
                         on_counted, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_counting (CcPackageWindow *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->result, g_free);
}

static void
on_order_changed_cb (CcPackageWindow *self)
{
  if (self->session == NULL)
    return;
  stop_counting (self);
  /* Translators: in the place of the number of records, while they are counted. */
  show_told (self, _ ("Counting…"), "");
  self->pause = g_timeout_add (PAUSE_MS, on_pause_over, self);
  cc_form_window_changed (CC_FORM_WINDOW (self));
}

/* ---- writing ---- */

static void
cc_package_window_done (CcFormWindow *form, gpointer result)
{
  CcPackageWindow            *self = CC_PACKAGE_WINDOW (form);
  g_autofree CcPackageResult *written = result;
  g_autofree char            *units = cc_package_describe_units (self->session, written);
  g_autofree char            *name = g_file_get_basename (self->target);
  g_autofree char            *text = NULL;
  g_autofree char            *escaped = NULL;

  cc_session_changed (self->session);
  /* Translators: %1$s is the name of a file, %2$s is “120 victims, 30 perpetrators and 85 events”.
   */
  text = g_strdup_printf (_ ("“%1$s” holds %2$s. The history notes that it left. The other office "
                             "needs the passphrase of the package to bring it in."),
                          name, units);
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->done, _ ("The Package Is Written"));
  adw_status_page_set_description (self->done, escaped);
  gtk_editable_set_text (self->passphrase, "");
  gtk_editable_set_text (self->again, "");
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_widget_set_visible (self->accept_button, FALSE);
  gtk_widget_grab_focus (self->close_button);
}

void
cc_package_window_write (CcPackageWindow *self, GFile *target)
{
  CcPackageRequest *request;
  CcPackageValues   values = { 0 };

  g_return_if_fail (CC_IS_PACKAGE_WINDOW (self) && G_IS_FILE (target));
  request = g_new0 (CcPackageRequest, 1);
  if (cc_form_window_is_busy (CC_FORM_WINDOW (self)) || !read_order (self, &values, request))
    {
      cc_package_request_free (request);
      return;
    }
  g_set_object (&self->target, target);
  request->target = g_object_ref (target);
  request->passphrase = cc_secret_dup_text (gtk_editable_get_text (self->passphrase));
  cc_form_window_run (CC_FORM_WINDOW (self), _ ("Writing the Package"), cc_package_work_write,
                      request, (GDestroyNotify) cc_package_request_free, g_free);
}

static void
on_target_response (CcPackageWindow *self, int response)
{
  g_autoptr (GFile) target = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (target != NULL && self->session != NULL)
    cc_package_window_write (self, target);
}

static void
on_write_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcPackageWindow *self = CC_PACKAGE_WINDOW (widget);
  g_autofree char *name = NULL;

  if (self->chooser != NULL)
    return;
  /* Translators: the name of the file that is written; %s is that of the case file. */
  name = g_strdup_printf (_ ("%s (package).casecount"), self->name);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Hand On a Package"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Write"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_target_response), self,
                           G_CONNECT_SWAPPED);
  cc_chooser_show (self->chooser, CC_CHOOSER_EXPORT);
}

/* ---- class ---- */

static void
cc_package_window_dispose (GObject *object)
{
  CcPackageWindow *self = CC_PACKAGE_WINDOW (object);

  stop_counting (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->target);
  g_clear_pointer (&self->session, cc_session_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_PACKAGE_WINDOW);
  G_OBJECT_CLASS (cc_package_window_parent_class)->dispose (object);
}

static void
cc_package_window_finalize (GObject *object)
{
  g_free (CC_PACKAGE_WINDOW (object)->name);
  G_OBJECT_CLASS (cc_package_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, accept_button);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, close_button);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, done);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, agencies);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, period);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, victims);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, perpetrators);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, events);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, identifiers);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, audience);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, told);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, passphrase);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, again);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, strength);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, message);
  gtk_widget_class_bind_template_child (widget_class, CcPackageWindow, hint);
}

static void
cc_package_window_class_init (CcPackageWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  CC_FORM_WINDOW_CLASS (klass)->accept_action = "package.write";
  CC_FORM_WINDOW_CLASS (klass)->refresh = cc_package_window_refresh;
  CC_FORM_WINDOW_CLASS (klass)->done = cc_package_window_done;
  object_class->dispose = cc_package_window_dispose;
  object_class->finalize = cc_package_window_finalize;
  g_type_ensure (CC_TYPE_AGENCY_PICKER);
  g_type_ensure (CC_TYPE_IMPORT_PERIOD_GROUP);
  g_type_ensure (CC_TYPE_STRENGTH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/exchange/"
                                                             "cc-package-window.ui");
  bind_children (widget_class);
  cc_form_window_bind_callbacks (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_order_changed_cb);
  gtk_widget_class_install_action (widget_class, "package.write", NULL, on_write_activated);
}

static void
cc_package_window_init (CcPackageWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_form_window_set_card (CC_FORM_WINDOW (self), self->message);
  cc_password_row_name_eye (GTK_WIDGET (self->passphrase));
  cc_password_row_name_eye (GTK_WIDGET (self->again));
  cc_import_period_group_set_words (self->period, _ ("Of Which Time"), _ ("Found or Recorded In"),
                                    _ ("Any Time"));
  cc_package_window_refresh (CC_FORM_WINDOW (self));
}

static void
on_agencies_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcPackageWindow) self = CC_PACKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) agencies = cc_session_read_finish (result, &error);

  if (self->session == NULL)
    return;
  if (agencies != NULL)
    cc_agency_picker_set_agencies (self->agencies, agencies);
  else
    cc_form_window_show_error (CC_FORM_WINDOW (self), error);
}

GtkWidget *
cc_package_window_new (GtkWindow *parent, CcSession *session)
{
  CcPackageWindow *self = g_object_new (CC_TYPE_PACKAGE_WINDOW, "transient-for", parent, NULL);

  self->session = cc_session_ref (session);
  self->name = cc_library_display_name (cc_case_file_get_path (cc_session_get_file (session)));
  cc_import_period_group_set (self->period, session, CC_INTERVAL_UNKNOWN, TRUE);
  cc_session_read_async (session, cc_package_work_agencies, NULL, NULL,
                         (GDestroyNotify) g_ptr_array_unref, NULL, on_agencies_read,
                         g_object_ref (self));
  on_order_changed_cb (self);
  return GTK_WIDGET (self);
}
