/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-page.h"

#include "cc-country-row.h"
#include "cc-create-work.h"
#include "cc-practice-work.h"
#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"

#include <glib/gi18n.h>

struct _CcPracticePage
{
  AdwBin parent_instance;

  GtkStack      *stack;
  GtkWidget     *form;
  GtkWidget     *done;
  CcCountryRow  *country;
  AdwActionRow  *level_row;
  GtkSpinButton *level;
  GtkSpinButton *agencies;
  AdwComboRow   *size;
  GtkLabel      *done_title;
  AdwActionRow  *folder_row;
  GtkWidget     *new_file_button;

  GCancellable         *cancellable;
  GtkFileChooserNative *chooser;
  CcPracticeOutcome    *outcome;
};

G_DEFINE_FINAL_TYPE (CcPracticePage, cc_practice_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_NEW_FILE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* In the order of the list in the template. */
static const guint sizes[] = { 200, 2000, 20000 };

static const char *
describe_level (int level)
{
  switch (level)
    {
    case 1:
      return _ ("Tidy: clear dates, names spelled one way");
    case 2:
      return _ ("Careful: few gaps, few slips");
    case 3:
      return _ ("Ordinary: gaps, several spellings, days and months exchanged");
    case 4:
      return _ ("Untidy: many gaps and slips, columns in any order");
    default:
      return _ ("Hopeless: hardly a date that can be trusted");
    }
}

static void
refresh (CcPracticePage *self)
{
  adw_action_row_set_subtitle (self->level_row,
                               describe_level (gtk_spin_button_get_value_as_int (self->level)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "practice.make",
                                 cc_country_row_get_code (self->country) != NULL);
}

static void
on_changed_cb (CcPracticePage *self)
{
  refresh (self);
}

/* ---- making ---- */

typedef struct
{
  CcPracticeOrder *order;
  char            *name;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  cc_practice_order_free (self->order);
  g_free (self->name);
  g_free (self);
}

static gpointer
make_work (CcProgress *progress, gpointer data, GError **error)
{
  const Work *work = data;

  return cc_practice_make (work->order, work->name, progress, error);
}

static void
show_outcome (CcPracticePage *self)
{
  const guint      n = self->outcome->n_files;
  g_autofree char *title = NULL;
  g_autofree char *folder = g_filename_display_name (self->outcome->folder);
  g_autofree char *escaped = g_markup_escape_text (folder, -1);

  title = g_strdup_printf (ngettext ("%u Agency Sent a File", "%u Agencies Sent a File", n), n);
  gtk_label_set_label (self->done_title, title);
  adw_action_row_set_subtitle (self->folder_row, escaped);
  gtk_stack_set_visible_child (self->stack, self->done);
  gtk_widget_grab_focus (self->new_file_button);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcPracticePage) self = CC_PRACTICE_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  CcPracticeOutcome *outcome = cc_job_run_finish (result, &error);

  if (outcome == NULL)
    {
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        cc_present_error (GTK_WIDGET (self), _ ("The Country Could Not Be Made"), error);
      return;
    }
  g_clear_pointer (&self->outcome, cc_practice_outcome_free);
  self->outcome = outcome;
  show_outcome (self);
}

static void
make_country (CcPracticePage *self, GFile *folder)
{
  Work *work = g_new0 (Work, 1);

  work->order = g_new0 (CcPracticeOrder, 1);
  work->order->country = g_strdup (cc_country_row_get_code (self->country));
  work->order->level = gtk_spin_button_get_value_as_int (self->level);
  work->order->agencies = (guint) gtk_spin_button_get_value_as_int (self->agencies);
  work->order->victims = sizes[MIN (adw_combo_row_get_selected (self->size), 2)];
  work->order->folder = g_file_get_path (folder);
  /* Translators: name of a folder; %s is a country. It must be a name that a folder can have. */
  work->name = g_strdup_printf (_ ("%s (practice)"), cc_country_row_get_label (self->country));
  cc_job_run_async (GTK_WIDGET (self), _ ("Making an Invented Country"), make_work, work, work_free,
                    (GDestroyNotify) cc_practice_outcome_free, on_made, g_object_ref (self));
}

static void
on_folder_response (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  CcPracticePage *self = CC_PRACTICE_PAGE (user_data);
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  path = folder != NULL ? g_file_get_path (folder) : NULL;
  if (path != NULL)
    make_country (self, folder);
}

static void
on_make_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcPracticePage *self = CC_PRACTICE_PAGE (widget);

  if (self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Choose a Folder"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Make It Here"),
                                   _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_folder_response), self, 0);
  cc_chooser_show (self->chooser, CC_CHOOSER_EXPORT);
}

static void
on_new_file_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcPracticePage *self = CC_PRACTICE_PAGE (widget);

  g_signal_emit (self, signals[SIGNAL_NEW_FILE], 0, cc_country_row_get_code (self->country));
}

static void
on_again_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcPracticePage *self = CC_PRACTICE_PAGE (widget);

  gtk_stack_set_visible_child (self->stack, self->form);
}

static void
on_show_folder_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcPracticePage  *self = CC_PRACTICE_PAGE (widget);
  g_autofree char *uri = NULL;

  if (self->outcome == NULL)
    return;
  uri = g_filename_to_uri (self->outcome->folder, NULL, NULL);
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), uri, GDK_CURRENT_TIME);
}

/* ---- countries ---- */

static void
on_countries_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcPracticePage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCountryList) countries = cc_countries_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (countries == NULL)
    {
      cc_present_error (GTK_WIDGET (self), _ ("The Countries Could Not Be Read"), error);
      return;
    }
  cc_country_row_set_countries (self->country, countries);
  if (cc_country_row_get_code (self->country) == NULL)
    {
      CcPracticeParams params;

      cc_practice_params_init (&params);
      cc_country_row_set_code (self->country, params.country);
    }
  refresh (self);
}

void
cc_practice_page_start (CcPracticePage *self)
{
  g_return_if_fail (CC_IS_PRACTICE_PAGE (self));
  gtk_stack_set_visible_child (self->stack, self->form);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cc_countries_load_async (TRUE, self->cancellable, on_countries_loaded, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->country));
}

/* ---- class ---- */

static void
cc_practice_page_dispose (GObject *object)
{
  CcPracticePage *self = CC_PRACTICE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_PRACTICE_PAGE);
  G_OBJECT_CLASS (cc_practice_page_parent_class)->dispose (object);
}

static void
cc_practice_page_finalize (GObject *object)
{
  CcPracticePage *self = CC_PRACTICE_PAGE (object);

  g_clear_pointer (&self->outcome, cc_practice_outcome_free);
  G_OBJECT_CLASS (cc_practice_page_parent_class)->finalize (object);
}

static void
cc_practice_page_class_init (CcPracticePageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_practice_page_dispose;
  object_class->finalize = cc_practice_page_finalize;
  signals[SIGNAL_NEW_FILE] = g_signal_new ("new-file", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (CC_TYPE_COUNTRY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/start/"
                                                             "cc-practice-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, form);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, done);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, country);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, level_row);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, level);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, agencies);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, size);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, done_title);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, CcPracticePage, new_file_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_install_action (widget_class, "practice.make", NULL, on_make_activated);
  gtk_widget_class_install_action (widget_class, "practice.new-file", NULL, on_new_file_activated);
  gtk_widget_class_install_action (widget_class, "practice.again", NULL, on_again_activated);
  gtk_widget_class_install_action (widget_class, "practice.show-folder", NULL,
                                   on_show_folder_activated);
}

static void
cc_practice_page_init (CcPracticePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  refresh (self);
}
