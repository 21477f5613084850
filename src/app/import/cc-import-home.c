/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-home.h"

#include "cc-import-names.h"
#include "cc-import-queue-row.h"
#include "cc-import-send-back.h"
#include "cc-import-texts.h"
#include "widgets/cc-isolate.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>

/* Deliveries on one screen of the list; older ones are turned to. */
#define SCREEN 40
/* Lines made at once: more than a window shows of them. The others follow one frame after another,
 * so that a long list does not hold up the page. */
#define STEP 4
/* Before the first frame, which has the looks of the whole page to find as well. */
#define FIRST 1
#define KEY   "submission"

struct _CcImportHome
{
  AdwBin parent_instance;

  GtkWidget  *drop_area;
  GtkLabel   *drop_title;
  GtkLabel   *drop_text;
  GtkWidget  *choose;
  GtkLabel   *forgotten;
  GtkWidget  *queue_group;
  GtkListBox *queue_list;
  GtkWidget  *delivery_group;
  GtkListBox *delivery_list;
  GtkWidget  *newer;
  GtkWidget  *older;

  CcSession *session;
  GPtrArray *submissions; /* oldest first */
  GPtrArray *entities;
  guint      first;  /* of the deliveries shown, newest is 0 */
  guint      making; /* source: lines are still to be made */
  gint64     wanted; /* to be unfolded as soon as it is loaded, 0 for none */
  gboolean   read_only;
};

enum
{
  FILES,
  CHOOSE,
  OPENED,
  REMOVED,
  UNDO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportHome, cc_import_home, ADW_TYPE_BIN)

static gboolean
on_dropped (GtkDropTarget *target, const GValue *value, double x, double y, CcImportHome *self)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) dropped = NULL;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) || self->read_only)
    return FALSE;
  dropped = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *item = dropped; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  g_signal_emit (self, signals[FILES], 0, files);
  return TRUE;
}

static void
on_choose_cb (CcImportHome *self)
{
  g_signal_emit (self, signals[CHOOSE], 0);
}

static void
on_queue_activated_cb (CcImportHome *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPENED], 0,
                 cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (row)));
}

static void
on_row_removed (CcImportHome *self, CcImportQueueRow *row)
{
  g_autoptr (CcImportDraft) draft = g_object_ref (cc_import_queue_row_get_draft (row));

  g_signal_emit (self, signals[REMOVED], 0, draft);
}

static GtkWidget *
create_queue_row (gpointer item, gpointer user_data)
{
  CcImportQueueRow *row = cc_import_queue_row_new (item);

  g_signal_connect_object (row, "removed", G_CALLBACK (on_row_removed), user_data,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (row);
}

static void
on_queue_changed (GListModel   *drafts,
                  guint         position,
                  guint         removed,
                  guint         added,
                  CcImportHome *self)
{
  gtk_widget_set_visible (self->queue_group, g_list_model_get_n_items (drafts) > 0);
  if (added > 0)
    cc_import_home_set_forgotten (self, 0);
}

static const char *
find_agency (CcImportHome *self, gint64 id)
{
  for (guint i = 0; i < self->entities->len; i++)
    {
      const CcEntity *entity = g_ptr_array_index (self->entities, i);

      if (entity->id == id)
        return entity->name;
    }
  return "";
}

static const CcSubmission *
find_submission (CcImportHome *self, gint64 id)
{
  for (guint i = 0; i < self->submissions->len; i++)
    {
      const CcSubmission *submission = g_ptr_array_index (self->submissions, i);

      if (submission->id == id)
        return submission;
    }
  return NULL;
}

static void
on_details (GtkWidget *button, gpointer user_data)
{
  g_autofree char *target = g_strdup_printf ("submission:%" G_GINT64_FORMAT, *(gint64 *) user_data);

  gtk_widget_activate_action (button, "win.go", "(ss)", "cases", target);
}

static void
on_parked (GtkWidget *button, gpointer user_data)
{
  gtk_widget_activate_action (button, "win.go", "(ss)", "cases", "state:parked");
}

static void
on_undo (GtkWidget *button, gpointer user_data)
{
  GtkWidget *home = gtk_widget_get_ancestor (button, CC_TYPE_IMPORT_HOME);

  g_signal_emit (home, signals[UNDO], 0, *(gint64 *) user_data);
}

static void
on_send_back (GtkWidget *button, gpointer user_data)
{
  CcImportHome       *self = CC_IMPORT_HOME (gtk_widget_get_ancestor (button, CC_TYPE_IMPORT_HOME));
  const CcSubmission *submission = find_submission (self, *(gint64 *) user_data);

  if (submission != NULL)
    cc_import_send_back (GTK_WIDGET (self), self->session, submission->id, submission->file_name,
                         NULL);
}

static void
free_number (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
add_button (GtkWidget *box, const char *label, const char *name, GCallback clicked, gint64 id)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gint64    *number = g_new (gint64, 1);

  *number = id;
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                         GTK_JUSTIFY_CENTER);
  g_signal_connect_data (button, "clicked", clicked, number, free_number, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_flow_box_append (GTK_FLOW_BOX (box), button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static GtkWidget *
create_buttons (CcImportHome *self, const CcSubmission *submission, const char *title)
{
  GtkWidget       *box = gtk_flow_box_new ();
  g_autofree char *records = g_strdup_printf (_ ("Records of %s"), title);
  g_autofree char *parked = g_strdup_printf (_ ("Rows set aside of %s"), title);
  g_autofree char *questions = g_strdup_printf (_ ("Send %s back with questions"), title);
  g_autofree char *undo = g_strdup_printf (_ ("Take %s back"), title);
  const gboolean   live = g_str_equal (submission->state, "live") && !self->read_only;

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (box), 6);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (!submission->nil)
    add_button (box, _ ("Show the _Records"), records, G_CALLBACK (on_details), submission->id);
  if (submission->parked > 0)
    add_button (box, _ ("Rows _Set Aside"), parked, G_CALLBACK (on_parked), submission->id);
  if (live && !submission->nil && submission->file_name != NULL)
    add_button (box, _ ("Send _Back With Questions…"), questions, G_CALLBACK (on_send_back),
                submission->id);
  if (live)
    add_button (box, _ ("_Take It Back…"), undo, G_CALLBACK (on_undo), submission->id);
  return box;
}

static gint64
get_id (GtkListBoxRow *row)
{
  return *(const gint64 *) g_object_get_data (G_OBJECT (row), KEY);
}

/* What can be done with a delivery is made when its line is opened. */
static void
fill_inside (CcImportHome *self, AdwExpanderRow *row)
{
  const CcSubmission *submission = find_submission (self, get_id (GTK_LIST_BOX_ROW (row)));
  AdwBin             *inside = g_object_get_data (G_OBJECT (row), "inside");
  GtkWidget          *buttons = NULL;

  if (submission != NULL && adw_expander_row_get_expanded (row))
    buttons = create_buttons (self, submission,
                              adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  if (buttons != NULL)
    adw_bin_set_child (inside, buttons);
}

static void
on_expanded (AdwExpanderRow *row, GParamSpec *spec, CcImportHome *self)
{
  fill_inside (self, row);
}

static void
show_delivery (CcImportHome *self, AdwExpanderRow *row, const CcSubmission *submission)
{
  g_autofree char *period = cc_interval_is_known (submission->period)
                                ? cc_session_format_interval (self->session, submission->period)
                                : g_strdup (_ ("no period stated"));
  g_autofree char *agency = cc_isolate (find_agency (self, submission->entity));
  g_autofree char *title = g_strdup_printf (_ ("%s · %s"), agency, period);
  g_autofree char *file = cc_isolate (submission->file_name);
  g_autofree char *counts = cc_import_describe_delivery (self->session, submission);
  g_autofree char *subtitle = submission->file_name != NULL && submission->file_name[0] != '\0'
                                  ? g_strdup_printf ("%s\n%s", file, counts)
                                  : g_strdup (counts);
  const gboolean   live = g_str_equal (submission->state, "live");
  GtkWidget       *state = g_object_get_data (G_OBJECT (row), "state");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (row, subtitle);
  if (!live && state == NULL)
    {
      state = gtk_label_new (_ ("Taken back"));
      gtk_widget_add_css_class (state, "dim-label");
      adw_expander_row_add_action (row, state);
      g_object_set_data (G_OBJECT (row), "state", state);
    }
  if (state != NULL)
    gtk_widget_set_visible (state, !live);
  if (live)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  fill_inside (self, row);
}

static GtkWidget *
create_delivery (CcImportHome *self, const CcSubmission *submission)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *inside = adw_bin_new ();

  g_object_set_data_full (G_OBJECT (row), KEY, g_memdup2 (&submission->id, sizeof submission->id),
                          g_free);
  g_object_set_data (G_OBJECT (row), "inside", inside);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), inside);
  show_delivery (self, ADW_EXPANDER_ROW (row), submission);
  cc_import_name_parts (row);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), self);
  return row;
}

static gboolean
has_line (CcImportHome *self, gint64 id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->delivery_list, i)) != NULL; i++)
    if (get_id (row) == id)
      return TRUE;
  return FALSE;
}

/* Brings the lines to what is to be shown; those that stay keep the keys and what is unfolded.
 * Returns: FALSE where `most` new lines did not suffice. */
static gboolean
make_lines (CcImportHome *self, guint most)
{
  const guint    n = self->submissions->len;
  const guint    n_shown = MIN (SCREEN, n - MIN (self->first, n));
  GtkListBoxRow *row;

  for (guint i = 0; i < n_shown; i++)
    {
      const CcSubmission *submission =
          g_ptr_array_index (self->submissions, n - 1 - self->first - i);

      while ((row = gtk_list_box_get_row_at_index (self->delivery_list, (int) i)) != NULL
             && get_id (row) != submission->id && has_line (self, submission->id))
        gtk_list_box_remove (self->delivery_list, GTK_WIDGET (row));
      if (row != NULL && get_id (row) == submission->id)
        continue;
      if (most-- == 0)
        return FALSE;
      gtk_list_box_insert (self->delivery_list, create_delivery (self, submission), (int) i);
    }
  while ((row = gtk_list_box_get_row_at_index (self->delivery_list, (int) n_shown)) != NULL)
    gtk_list_box_remove (self->delivery_list, GTK_WIDGET (row));
  return TRUE;
}

static gboolean
on_make_lines (gpointer user_data)
{
  CcImportHome *self = user_data;

  if (!make_lines (self, STEP))
    return G_SOURCE_CONTINUE;
  self->making = 0;
  return G_SOURCE_REMOVE;
}

static void
show_screen (CcImportHome *self)
{
  const guint    n = self->submissions->len;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->delivery_list, i)) != NULL; i++)
    {
      const CcSubmission *submission = find_submission (self, get_id (row));

      if (submission != NULL)
        show_delivery (self, ADW_EXPANDER_ROW (row), submission);
    }
  g_clear_handle_id (&self->making, g_source_remove);
  if (!make_lines (self, FIRST))
    /* After the frame that shows the first one. */
    self->making = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_make_lines, self, NULL);
  gtk_widget_set_visible (self->delivery_group, n > 0);
  gtk_widget_set_visible (self->newer, n > SCREEN);
  gtk_widget_set_visible (self->older, n > SCREEN);
  gtk_widget_set_sensitive (self->newer, self->first > 0);
  gtk_widget_set_sensitive (self->older, self->first + SCREEN < n);
}

/* Another screen begins with its own lines. */
static void
turn_to (CcImportHome *self, guint first)
{
  GtkListBoxRow *row;

  if (self->first != first)
    while ((row = gtk_list_box_get_row_at_index (self->delivery_list, 0)) != NULL)
      gtk_list_box_remove (self->delivery_list, GTK_WIDGET (row));
  self->first = first;
  show_screen (self);
}

static void
on_newer_cb (CcImportHome *self)
{
  turn_to (self, self->first - MIN (self->first, SCREEN));
}

static void
on_older_cb (CcImportHome *self)
{
  if (self->first + SCREEN < self->submissions->len)
    turn_to (self, self->first + SCREEN);
}

static void
cc_import_home_dispose (GObject *object)
{
  CcImportHome *self = CC_IMPORT_HOME (object);

  g_clear_handle_id (&self->making, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_IMPORT_HOME);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  G_OBJECT_CLASS (cc_import_home_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, GType type)
{
  if (type == G_TYPE_NONE)
    return g_signal_new (name, CC_TYPE_IMPORT_HOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 0);
  return g_signal_new (name, CC_TYPE_IMPORT_HOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, type);
}

static void
cc_import_home_class_init (CcImportHomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_home_dispose;
  signals[FILES] = add_signal ("files", G_TYPE_LIST_MODEL);
  signals[CHOOSE] = add_signal ("choose", G_TYPE_NONE);
  signals[OPENED] = add_signal ("opened", CC_TYPE_IMPORT_DRAFT);
  signals[REMOVED] = add_signal ("removed", CC_TYPE_IMPORT_DRAFT);
  signals[UNDO] = add_signal ("undo", G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/import/cc-import-home.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, drop_area);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, drop_title);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, drop_text);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, choose);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, forgotten);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, queue_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, queue_list);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, delivery_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, delivery_list);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, newer);
  gtk_widget_class_bind_template_child (widget_class, CcImportHome, older);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_queue_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_newer_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_older_cb);
}

static void
cc_import_home_init (CcImportHome *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->delivery_list));
  cc_import_name_parts (self->queue_group);
  cc_import_name_parts (self->delivery_group);
  g_signal_connect (target, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  self->submissions = g_ptr_array_new ();
  self->entities = g_ptr_array_new ();
}

/**
 * drafts: (transfer none): GListModel of CcImportDraft
 */
void
cc_import_home_set_queue (CcImportHome *self, GListModel *drafts)
{
  g_return_if_fail (CC_IS_IMPORT_HOME (self) && G_IS_LIST_MODEL (drafts));
  gtk_list_box_bind_model (self->queue_list, drafts, create_queue_row, self, NULL);
  g_signal_connect_object (drafts, "items-changed", G_CALLBACK (on_queue_changed), self, 0);
  on_queue_changed (drafts, 0, 0, 0, self);
}

/**
 * submissions: (transfer full) (element-type CcSubmission): as cc_submission_list () gives them
 * entities: (transfer full) (element-type CcEntity)
 */
void
cc_import_home_show_deliveries (CcImportHome *self,
                                CcSession    *session,
                                GPtrArray    *submissions,
                                GPtrArray    *entities)
{
  g_return_if_fail (CC_IS_IMPORT_HOME (self) && submissions != NULL && entities != NULL);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  g_ptr_array_unref (self->submissions);
  g_ptr_array_unref (self->entities);
  self->submissions = submissions;
  self->entities = entities;
  if (self->first >= submissions->len)
    self->first = 0;
  gtk_label_set_label (self->drop_title, submissions->len > 0
                                             ? _ ("Drop New Spreadsheets Here")
                                             : _ ("Bring in the First Spreadsheets"));
  show_screen (self);
  if (self->wanted != 0)
    cc_import_home_open_delivery (self, self->wanted);
}

void
cc_import_home_open_delivery (CcImportHome *self, gint64 id)
{
  const guint n = self->submissions->len;

  g_return_if_fail (CC_IS_IMPORT_HOME (self));
  self->wanted = id;
  for (guint i = 0; i < n; i++)
    {
      const CcSubmission *submission = g_ptr_array_index (self->submissions, n - 1 - i);
      GtkListBoxRow      *row;

      if (submission->id != id)
        continue;
      self->wanted = 0;
      turn_to (self, i / SCREEN * SCREEN);
      make_lines (self, SCREEN);
      row = gtk_list_box_get_row_at_index (self->delivery_list, (int) (i % SCREEN));
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return;
    }
}

const CcSubmission *
cc_import_home_find_delivery (CcImportHome *self, gint64 id, const char **agency)
{
  const CcSubmission *submission;

  g_return_val_if_fail (CC_IS_IMPORT_HOME (self) && agency != NULL, NULL);
  submission = find_submission (self, id);
  if (submission != NULL)
    *agency = find_agency (self, submission->entity);
  return submission;
}

void
cc_import_home_set_read_only (CcImportHome *self, gboolean read_only)
{
  g_return_if_fail (CC_IS_IMPORT_HOME (self));
  self->read_only = read_only;
  gtk_widget_set_sensitive (self->choose, !read_only);
  gtk_label_set_label (self->drop_text,
                       read_only
                           ? _ ("The case file is opened for reading only. Open it for writing to "
                                "import files.")
                           : _ ("Drop the lists that police, courts, shelters and others have "
                                "sent, or choose them: Excel workbooks and text files with "
                                "columns. They are read as they are, and stay unchanged."));
}

/**
 * n: of files that waited when the case file was locked; 0 takes the sentence away
 */
void
cc_import_home_set_forgotten (CcImportHome *self, guint n)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CC_IS_IMPORT_HOME (self));
  text = g_strdup_printf (ngettext ("%u file was still waiting when the case file was locked. "
                                    "Choose it again to import it.",
                                    "%u files were still waiting when the case file was locked. "
                                    "Choose them again to import them.",
                                    n),
                          n);
  gtk_label_set_label (self->forgotten, n > 0 ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->forgotten), n > 0);
}
