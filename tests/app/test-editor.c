/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-test.h"

#include "editor/cc-case-save.h"
#include "editor/cc-editor-texts.h"
#include "editor/cc-similar-banner.h"
#include "widgets/cc-wrap-box.h"

#include <string.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-history.h>

static void
enter_victim (EditorTest *self)
{
  editor_test_start (self, "VI");
  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo; Jalloh");
  editor_test_type (self, "X_VI_ID_GIVEN", "Awa");
  editor_test_tick (self, "VI03", "Female");
  editor_test_type (self, "VI05", "3/2008");
  editor_test_type (self, "VI06", "14-15");
  editor_test_choose (self, "VI08", "sénég");
  editor_test_choose (self, "VI08", "MLI");
  editor_test_type (self, "VI19", "14/3/2023");
  cc_field_row_set_no_value (editor_test_row (self, "X_VI_REGON"), CC_NO_VALUE_UNKNOWN);
  editor_test_go_to (self, "VE");
  editor_test_choose (self, "VE03", "begging");
  editor_test_choose (self, "VE11", "sen");
  editor_test_go_to (self, "VS");
  editor_test_choose (self, "VS01", "presum");
  editor_test_type (self, "VS02", "2023");
}

/* A case typed and saved is the same case when it is opened again, and one act of the chain. */
static void
test_enter (EditorTest *self, gconstpointer data)
{
  const gint64 before = editor_test_get_last (self);
  gint64       record;

  enter_victim (self);
  g_assert_true (cc_case_editor_is_dirty (self->editor));
  editor_test_save (self);
  record = self->saved;
  g_assert_cmpint (record, >, 0);
  g_assert_cmpint (editor_test_get_last (self), ==, before + 1);
  g_assert_false (cc_case_editor_is_dirty (self->editor));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (self->editor->form)));
  editor_test_load (self, record);
  editor_test_assert_value (self, "VI", "X_VI_ID_FAMILY", "Diallo");
  editor_test_assert_value (self, "VI", "X_VI_ID_GIVEN", "Awa");
  editor_test_assert_value (self, "VI", "VI03", "Female");
  editor_test_assert_value (self, "VI", "VI05", "March 2008");
  editor_test_assert_value (self, "VI", "VI06", "14 to 15");
  editor_test_assert_value (self, "VI", "VI08", "Senegal, Mali");
  editor_test_assert_value (self, "VI", "VI19", "14 March 2023");
  editor_test_assert_value (self, "VI", "X_VI_REGON", "Unknown");
  editor_test_assert_value (self, "VE", "VE11", "Senegal");
  editor_test_assert_value (self, "VS", "VS02", "2023");
  /* The event of which nothing was said is none. */
  g_assert_null (editor_test_stored (self, "EV"));
  g_assert_cmpint (editor_test_stored (self, "VE")->parents[1], ==, 0);
  /* What the fields show is what they would store: nothing is changed by looking. */
  g_assert_false (cc_case_editor_is_dirty (self->editor));
  editor_test_go_to (self, "VI");
  g_assert_false (cc_case_editor_is_dirty (self->editor));
}

/* An edit is one act of the changed records, and undoing it gives the case back. */
static void
test_edit_and_undo (EditorTest *self, gconstpointer data)
{
  GError *error = NULL;
  gint64  record, seq, undo;

  enter_victim (self);
  editor_test_save (self);
  record = self->saved;
  editor_test_go_to (self, "VI");
  editor_test_type (self, "VI06", "17");
  g_assert_true (cc_case_editor_is_dirty (self->editor));
  editor_test_save (self);
  seq = editor_test_get_last (self);
  editor_test_assert_value (self, "VI", "VI06", "17");
  g_assert_true (cc_history_undo (cc_session_get_file (self->session), seq, NULL, &undo, &error));
  g_assert_no_error (error);
  editor_test_load (self, record);
  editor_test_assert_value (self, "VI", "VI06", "14 to 15");
  editor_test_assert_value (self, "VI", "VI03", "Female");
}

static void
test_delete (EditorTest *self, gconstpointer data)
{
  GError *error = NULL;
  gint64  record, seq, undo;

  enter_victim (self);
  editor_test_save (self);
  record = self->saved;
  editor_test_go_to (self, "VS");
  editor_test_act (self, "editor.delete");
  g_assert_true (cc_case_editor_is_dirty (self->editor));
  editor_test_save (self);
  g_assert_null (editor_test_stored (self, "VS"));
  g_assert_nonnull (editor_test_stored (self, "VE"));
  /* The whole person, with what hangs on it. */
  editor_test_go_to (self, "VI");
  editor_test_act (self, "editor.delete");
  editor_test_save (self);
  g_assert_cmpuint (self->n_closed, ==, 1);
  g_assert_cmpint (self->saved, ==, 0);
  seq = editor_test_get_last (self);
  g_assert_true (cc_history_undo (cc_session_get_file (self->session), seq, NULL, &undo, &error));
  g_assert_no_error (error);
  editor_test_load (self, record);
  g_assert_nonnull (editor_test_stored (self, "VE"));
}

/* Answers set aside are kept while typing, are not stored, and come back. */
static void
test_set_aside (EditorTest *self, gconstpointer data)
{
  GtkWidget *dialog, *button;

  enter_victim (self);
  editor_test_choose (self, "VS06", "declined");
  editor_test_choose (self, "VS01", "identified");
  g_assert_cmpstr (cc_code_entry_get_text (editor_test_code_entry (self, "VS06")), !=, "");
  g_assert_false (gtk_widget_is_sensitive (
      cc_code_entry_get_text_widget (editor_test_code_entry (self, "VS06"))));
  editor_test_choose (self, "VS01", "presum");
  g_assert_true (gtk_widget_is_sensitive (
      cc_code_entry_get_text_widget (editor_test_code_entry (self, "VS06"))));
  editor_test_choose (self, "VS01", "identified");
  editor_test_act (self, "editor.save");
  app_test_settle ();
  dialog = editor_test_find_dialog ();
  g_assert_nonnull (dialog);
  button =
      gtk_widget_get_ancestor (app_test_find (dialog, GTK_TYPE_LABEL, "_Restore"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "save");
  app_test_wait (editor_test_is_saved, self);
  editor_test_assert_value (self, "VS", "VS01", "Presumed victim");
  g_assert_nonnull (cc_record_find (editor_test_stored (self, "VS"), "VS06"));
}

/* Who saves in the middle of the work stays there: on the same part and question, with the parts
 * that are still empty. */
static void
test_save_in_between (EditorTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  CcCodeEntry *entry;

  editor_test_start (self, "VI");
  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo");
  editor_test_go_to (self, "VE");
  entry = editor_test_code_entry (self, "VE11");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  app_test_settle ();
  before = cc_case_draft_list (self->editor->draft);
  editor_test_save (self);
  app_test_settle ();
  after = cc_case_draft_list (self->editor->draft);
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_cmpuint (cc_case_tree_get_n (self->editor->tree), ==, after->len);
  g_assert_false (cc_case_editor_is_dirty (self->editor));
  g_assert_cmpstr (self->editor->unit->record->unit->abbr, ==, "VE");
  g_assert_nonnull (self->editor->at);
  g_assert_cmpstr (self->editor->at->id, ==, "VE11");
  /* A window that other tests open may take the keys meanwhile; the place keeps them. */
  g_assert_nonnull (gtk_window_get_focus (self->window));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (self->window),
                                         GTK_WIDGET (editor_test_row (self, "VE11"))));
  /* What is answered there now hangs on the person that is in the file. */
  editor_test_choose (self, "VE11", "Senegal");
  editor_test_save (self);
  editor_test_load (self, self->saved);
  editor_test_assert_value (self, "VE", "VE11", "Senegal");
  editor_test_assert_value (self, "VI", "X_VI_ID_FAMILY", "Diallo");
}

static CcInterval
get_birth (EditorTest *self)
{
  return cc_field_row_get_value (editor_test_row (self, "VI05"))->date;
}

static gboolean
birth_is_known (gpointer user_data)
{
  return cc_interval_is_known (get_birth (user_data));
}

/* What is no answer is said at the field, bars nothing but itself, and is asked about. */
static void
test_unread (EditorTest *self, gconstpointer data)
{
  editor_test_start (self, "VI");
  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo");
  editor_test_type (self, "VI19", "31/2/2023");
  gtk_widget_grab_focus (
      app_test_find (GTK_WIDGET (editor_test_row (self, "VI06")), GTK_TYPE_TEXT, NULL));
  app_test_settle ();
  g_assert_cmpstr (cc_field_row_get_unread (editor_test_row (self, "VI19")), ==, "31/2/2023");
  g_assert_nonnull (app_test_find (GTK_WIDGET (editor_test_row (self, "VI19")), GTK_TYPE_LABEL,
                                   "There is no such day: February 2023 has 28 days."));
  /* It stays while other parts are shown. */
  editor_test_go_to (self, "VS");
  editor_test_go_to (self, "VI");
  g_assert_cmpstr (cc_field_row_get_unread (editor_test_row (self, "VI19")), ==, "31/2/2023");
  /* A text in a list that nobody left before going on is kept as well. */
  editor_test_go_to (self, "VE");
  gtk_widget_grab_focus (GTK_WIDGET (editor_test_code_entry (self, "VE11")));
  cc_code_entry_type (editor_test_code_entry (self, "VE11"), "Atlantis");
  editor_test_go_to (self, "VI");
  editor_test_go_to (self, "VE");
  g_assert_cmpstr (cc_field_row_get_unread (editor_test_row (self, "VE11")), ==, "Atlantis");
  editor_test_go_to (self, "VI");
  editor_test_type (self, "VI19", "28/2/2023");
  g_assert_null (cc_field_row_get_unread (editor_test_row (self, "VI19")));
  /* A word that says "unknown" is one of the four kinds. */
  editor_test_type (self, "VI19", "unknown");
  gtk_widget_grab_focus (
      app_test_find (GTK_WIDGET (editor_test_row (self, "VI06")), GTK_TYPE_TEXT, NULL));
  app_test_settle ();
  g_assert_cmpint (cc_field_row_get_value (editor_test_row (self, "VI19"))->no_value, ==,
                   CC_NO_VALUE_UNKNOWN);
  /* A date of birth in the age field is the date of birth. */
  editor_test_type (self, "VI06", "2006");
  gtk_widget_grab_focus (
      app_test_find (GTK_WIDGET (editor_test_row (self, "VI05")), GTK_TYPE_TEXT, NULL));
  app_test_wait (birth_is_known, self);
  g_assert_cmpint (get_birth (self).first, ==, cc_interval_year (2006).first);
}

/* What is put into a field that has no keys, as a text that is dropped there, is taken when they
 * come to another, and before the case is stored. */
static void
test_put (EditorTest *self, gconstpointer data)
{
  editor_test_start (self, "VI");
  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo");
  editor_test_put (self, "VI19", "unknown");
  gtk_widget_grab_focus (editor_test_text (self, "VI06"));
  g_assert_cmpint (cc_field_row_get_value (editor_test_row (self, "VI19"))->no_value, ==,
                   CC_NO_VALUE_UNKNOWN);
  gtk_widget_grab_focus (editor_test_text (self, "VI05"));
  editor_test_put (self, "VI06", "2006");
  cc_unit_form_settle (self->editor->form);
  g_assert_cmpint (get_birth (self).first, ==, cc_interval_year (2006).first);
  editor_test_put (self, "VI19", "28/2/2023");
  editor_test_put (self, "VI19", "unknown");
  editor_test_go_to (self, "VE");
  cc_code_entry_type (editor_test_code_entry (self, "VE11"), "Senegal");
  editor_test_save (self);
  editor_test_load (self, self->saved);
  editor_test_assert_value (self, "VE", "VE11", "Senegal");
  editor_test_go_to (self, "VI");
  g_assert_cmpint (cc_field_row_get_value (editor_test_row (self, "VI19"))->no_value, ==,
                   CC_NO_VALUE_UNKNOWN);
}

/* A check speaks at its field while somebody types, and its finding is stored with the case. */
static void
test_findings (EditorTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) records = NULL;

  editor_test_start (self, "VI");
  editor_test_type (self, "VI05", "2010");
  editor_test_type (self, "VI19", "2009");
  records = cc_case_draft_list_checked (self->editor->draft, self->editor->unit);
  g_assert_cmpuint (records->len, >, 0);
  editor_test_save (self);
  findings = cc_finding_list (cc_session_get_file (self->session), 0, "open", NULL);
  for (guint i = findings->len; i > 0; i--)
    if (((CcFinding *) findings->pdata[i - 1])->record != self->saved)
      g_ptr_array_remove_index (findings, i - 1);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (((CcFinding *) findings->pdata[0])->rule, ==,
                   "intake.check.birth-after-detection");
  g_assert_nonnull (app_test_find (GTK_WIDGET (editor_test_row (self, "VI19")), GTK_TYPE_LABEL,
                                   "The date of birth is later than the day of detection."));
  editor_test_type (self, "VI05", "1990");
  editor_test_save (self);
  g_clear_pointer (&findings, g_ptr_array_unref);
  findings = cc_finding_list (cc_session_get_file (self->session), 0, "open", NULL);
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpint (((CcFinding *) findings->pdata[i])->record, !=, self->saved);
}

/* Two persons in one event, a perpetrator, a relationship: everything is reachable and linked. */
static void
test_whole_case (EditorTest *self, gconstpointer data)
{
  CcDraftUnit *event;

  editor_test_start (self, "EV");
  editor_test_type (self, "EV02", "PV 12/2023");
  editor_test_type (self, "EV06", "2023-05-04");
  editor_test_act (self, "editor.add-victim");
  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo");
  editor_test_act (self, "editor.add-victim");
  editor_test_type (self, "X_VI_ID_FAMILY", "Ndiaye");
  editor_test_act (self, "editor.add-perpetrator");
  editor_test_type (self, "X_PE_ID_FAMILY", "Sow");
  for (guint round = 0; round < 40; round++)
    {
      /* Everything that can be added, added: links come to an end, rows would not. */
      g_autoptr (GPtrArray) offers = cc_case_draft_list_offers (self->editor->draft);

      for (guint i = 0; i < offers->len; i++)
        {
          const CcDraftOffer *offer = offers->pdata[i];
          g_autofree char    *name = cc_editor_name_offer (self->editor->draft, offer);

          g_assert_true (g_str_has_prefix (name, "Add "));
          if (strcmp (offer->unit->abbr, "VP") == 0)
            {
              gtk_widget_activate_action (GTK_WIDGET (self->editor), "editor.add", "u", i);
              break;
            }
        }
    }
  event = cc_case_draft_get_units (self->editor->draft)->pdata[0];
  g_assert_cmpstr (event->record->unit->abbr, ==, "EV");
  editor_test_go_to (self, "VP");
  editor_test_choose (self, "VP02", "stranger");
  editor_test_save (self);
  g_assert_nonnull (editor_test_stored (self, "EV"));
  g_assert_nonnull (editor_test_stored (self, "PR"));
  g_assert_cmpint (editor_test_stored (self, "PR")->parents[1], ==,
                   editor_test_stored (self, "EV")->id);
  g_assert_cmpint (editor_test_stored (self, "VE")->parents[1], ==,
                   editor_test_stored (self, "EV")->id);
  g_assert_nonnull (editor_test_stored (self, "VP"));
  /* A status decision of which nothing was said is none. */
  g_assert_null (editor_test_stored (self, "VS"));
}

/* An imported record that nobody touched is left alone, whatever the rules say of it. */
static void
test_imported (EditorTest *self, gconstpointer data)
{
  editor_test_load (self, 1);
  g_assert_false (cc_case_editor_is_dirty (self->editor));
  g_assert_cmpstr (self->editor->unit->record->unit->abbr, ==, "VI");
  editor_test_type (self, "VI06", "31");
  editor_test_save (self);
  editor_test_assert_value (self, "VI", "VI06", "31");
  g_assert_cmpint (self->editor->unit->submission, >, 0);
}

/* Keys of the list: it opens, narrows, moves, takes and gives back. */
static void
test_code_entry (EditorTest *self, gconstpointer data)
{
  CcCodeEntry *entry;
  guint        all;

  editor_test_start (self, "VI");
  editor_test_go_to (self, "VE");
  entry = editor_test_code_entry (self, "VE11");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  g_assert_true (cc_code_entry_press (entry, GDK_KEY_Down));
  all = cc_code_entry_get_n_choices (entry);
  g_assert_cmpuint (all, >, 200);
  g_assert_true (cc_code_entry_press (entry, GDK_KEY_Escape));
  g_assert_false (cc_code_entry_is_open (entry));
  cc_code_entry_type (entry, "ni");
  g_assert_cmpuint (cc_code_entry_get_n_choices (entry), <, all);
  cc_code_entry_press (entry, GDK_KEY_Down);
  cc_code_entry_press (entry, GDK_KEY_Escape);
  g_assert_cmpstr (cc_code_entry_get_text (entry), ==, "");
  /* Tab takes what fits best and goes on. */
  cc_code_entry_type (entry, "nigeria");
  g_assert_false (cc_code_entry_press (entry, GDK_KEY_Tab));
  g_assert_cmpstr (cc_code_entry_get_text (entry), ==, "Nigeria");
  /* What is in no list is said to be so. */
  cc_code_entry_type (entry, "Atlantis");
  cc_code_entry_settle (entry);
  g_assert_cmpstr (cc_field_row_get_unread (editor_test_row (self, "VE11")), ==, "Atlantis");
  /* Several: "none", "unknown" and the rest exclude each other. */
  editor_test_choose (self, "VE07", "threat");
  editor_test_choose (self, "VE07", "deception");
  g_assert_cmpuint (cc_field_row_get_value (editor_test_row (self, "VE07"))->codes->len, ==, 2);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (editor_test_row (self, "VE07")),
                                             "field.complete", NULL));
  g_assert_cmpint (cc_field_row_get_value (editor_test_row (self, "VE07"))->complete, ==, 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (editor_test_row (self, "VE07")),
                                             "field.unknown", NULL));
  g_assert_cmpuint (cc_field_row_get_value (editor_test_row (self, "VE07"))->codes->len, ==, 0);
  editor_test_choose (self, "VE07", "threat");
  g_assert_cmpint (cc_field_row_get_value (editor_test_row (self, "VE07"))->no_value, ==,
                   CC_NO_VALUE_NONE);
}

static gboolean
found_similar (gpointer user_data)
{
  EditorTest *self = user_data;

  return cc_similar_banner_get_n (CC_SIMILAR_BANNER (self->editor->similar_place)) == 1;
}

static void
test_similar (EditorTest *self, gconstpointer data)
{
  enter_victim (self);
  editor_test_save (self);
  editor_test_start (self, "VI");
  editor_test_type (self, "X_VI_ID_FAMILY", "Jallow");
  editor_test_type (self, "X_VI_ID_GIVEN", "Awa");
  editor_test_type (self, "VI05", "2008");
  app_test_wait (found_similar, self);
}

/* Every place where the keys can stop has a name, and Tab comes to all of them. */
static guint
check_names (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return 0;
  if (GTK_IS_TEXT (widget) || GTK_IS_LIST_VIEW (widget) || CC_IS_FIELD_ROW (widget)
      || (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) == NULL
          && gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON) == NULL
          && widget != gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON)))
    {
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                                       GTK_ACCESSIBLE_PROPERTY_LABEL));
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += check_names (child);
  return n;
}

static void
test_names_and_tab (EditorTest *self, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  editor_test_start (self, "VI");
  app_test_settle ();
  g_assert_cmpuint (check_names (GTK_WIDGET (self->editor)), >, 10);
  cc_unit_form_focus (self->editor->form, NULL);
  for (guint i = 0; i < 200; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (self->window);
      GtkWidget *field = gtk_widget_get_ancestor (focus, CC_TYPE_FIELD_ROW);

      if (field != NULL)
        g_hash_table_add (seen, field);
      gtk_widget_child_focus (GTK_WIDGET (self->window), GTK_DIR_TAB_FORWARD);
    }
  g_assert_true (g_hash_table_contains (seen, editor_test_row (self, "X_VI_ID_FAMILY")));
  g_assert_true (g_hash_table_contains (seen, editor_test_row (self, "VI03")));
  g_assert_true (g_hash_table_contains (seen, editor_test_row (self, "VI08")));
  g_assert_true (g_hash_table_contains (seen, editor_test_row (self, "VI20")));
  /* What is folded away is not walked through. */
  g_assert_false (g_hash_table_contains (seen, editor_test_row (self, "VI14")));
}

static void
test_templates (void)
{
  GtkWidget *editor = g_object_ref_sink (cc_case_editor_new ());
  GtkWidget *form = g_object_ref_sink (GTK_WIDGET (cc_unit_form_new ()));
  GtkWidget *tree = g_object_ref_sink (GTK_WIDGET (cc_case_tree_new ()));
  GtkWidget *entry = g_object_ref_sink (GTK_WIDGET (cc_code_entry_new ()));
  GtkWidget *wrap = g_object_ref_sink (GTK_WIDGET (cc_wrap_box_new ()));

  g_assert_finalize_object (editor);
  g_assert_finalize_object (form);
  g_assert_finalize_object (tree);
  g_assert_finalize_object (entry);
  g_assert_finalize_object (wrap);
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/app/editor/" name, EditorTest, NULL, editor_test_set_up, func,                     \
              editor_test_tear_down)
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/editor/templates", test_templates);
  ADD ("enter", test_enter);
  ADD ("edit-and-undo", test_edit_and_undo);
  ADD ("delete", test_delete);
  ADD ("set-aside", test_set_aside);
  ADD ("save-in-between", test_save_in_between);
  ADD ("unread", test_unread);
  ADD ("put", test_put);
  ADD ("findings", test_findings);
  ADD ("whole-case", test_whole_case);
  ADD ("imported", test_imported);
  ADD ("code-entry", test_code_entry);
  ADD ("similar", test_similar);
  ADD ("names-and-tab", test_names_and_tab);
  return g_test_run ();
}
