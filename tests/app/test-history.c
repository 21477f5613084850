/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-window.h"
#include "history/cc-history-details.h"
#include "history/cc-history-lines.h"
#include "history/cc-history-load.h"
#include "history/cc-history-page.h"
#include "history/cc-history-row.h"
#include "history/cc-history-texts.h"

#include <string.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-decision.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-records.h>
#include <cc/store/cc-retention.h>

typedef struct
{
  AppTest   base;
  char     *path;
  gint64    record; /* a victim */
  CcWindow *window; /* NULL in tests without one */
} Fixture;

static void
run (CcCaseFile *file, const char *name, CcActFunc func, gpointer data)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_act (file, name, func, data, NULL, &error));
  g_assert_no_error (error);
}

static gint64
find_id (CcAct *act, const char *sql)
{
  return cc_connection_get_int64 (cc_act_get_connection (act), sql, 0, NULL);
}

static gboolean
edit (CcAct *act, gpointer data, GError **error)
{
  Fixture    *fixture = data;
  CcCaseFile *file = cc_act_get_file (act);
  CcPack     *pack = cc_case_file_get_pack (file);
  g_autoptr (CcRecord) record = NULL;
  CcValue *sex;

  fixture->record = find_id (act, "SELECT min (id) FROM record WHERE unit = 'VI'");
  record = cc_store_read_record (file, cc_act_get_connection (act), fixture->record, error);
  sex = cc_record_find (record, "VI03");
  sex->code = cc_pack_find_code (pack, "SEX", strcmp (sex->code->code, "F") == 0 ? "M" : "F");
  return cc_act_put_record (act, record, find_id (act, "SELECT min (id) FROM entity"), 0, 0, NULL,
                            error);
}

static gboolean
join (CcAct *act, gpointer data, GError **error)
{
  const gint64   a = find_id (act, "SELECT min (id) FROM record WHERE unit = 'VI'");
  const gint64   b = find_id (act, "SELECT max (id) FROM record WHERE unit = 'VI'");
  CcPairDecision decision = { .kind = (char *) "VI",
                              .a = a,
                              .b = b,
                              .verdict = CC_VERDICT_SAME,
                              .source = (char *) "review" };

  return cc_act_add_decision (act, &decision, error)
         && cc_act_join (act, cc_act_find_cluster (act, a, error),
                         cc_act_find_cluster (act, b, error), decision.id, error);
}

static gboolean
set_language (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_setting (act, "language", "fr", error);
}

/* 1 create, 2 the agencies and deliveries, 3 nil, 4 edit, 5 decide, 6 undo of 5, 7 setting */
static void
write_acts (Fixture *fixture)
{
  const CaseParams params = { .n_victims = 12 };
  GError          *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcCaseFile) file = NULL;

  case_fixture_write (fixture->path, &params);
  file = cc_case_file_open (fixture->path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  cc_case_file_set_user (file, "Awa");
  run (file, "case", edit, fixture);
  cc_case_file_set_user (file, "Binta (Head of office)");
  run (file, "decide", join, fixture);
  g_assert_true (cc_history_undo (file, 5, NULL, NULL, &error));
  run (file, "setting", set_language, NULL);
  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->path = app_test_path (&fixture->base, "senegal.casecount");
  write_acts (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->path);
  app_test_tear_down (&fixture->base, data);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return app_test_find (GTK_WIDGET (fixture->window), type, text);
}

static gboolean
is_unlocked (gpointer user_data)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (((Fixture *) user_data)->window),
                                            "page");
}

static CcHistoryDetails *
get_details (Fixture *fixture)
{
  return CC_HISTORY_DETAILS (find (fixture, CC_TYPE_HISTORY_DETAILS, NULL));
}

static const char *
get_sentence (Fixture *fixture)
{
  GtkWidget *details = find (fixture, CC_TYPE_HISTORY_DETAILS, NULL);

  return details != NULL ? cc_history_details_get_sentence (CC_HISTORY_DETAILS (details)) : NULL;
}

static gboolean
shows_something (gpointer user_data)
{
  return get_sentence (user_data) != NULL;
}

static void
go (Fixture *fixture, const char *target)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "go",
                                  g_variant_new ("(ss)", "history", target));
}

static void
open_history (Fixture *fixture)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);

  fixture->window = cc_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 700);
  gtk_window_present (GTK_WINDOW (fixture->window));
  cc_window_open (fixture->window, file);
  app_test_settle ();
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
  app_test_wait (is_unlocked, fixture);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "page",
                                  g_variant_new_string ("history"));
  app_test_wait (shows_something, fixture);
}

static gboolean
has_moment (GtkWidget *root, const char *end)
{
  if (GTK_IS_LABEL (root) && g_str_has_suffix (gtk_label_get_label (GTK_LABEL (root)), end))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_moment (child, end))
      return TRUE;
  return FALSE;
}

static gboolean
has_start (GtkWidget *root, const char *start)
{
  if (GTK_IS_LABEL (root) && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (root)), start))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_start (child, start))
      return TRUE;
  return FALSE;
}

/* The newest act is shown first, and can be taken back. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  open_history (fixture);
  g_assert_cmpstr (get_sentence (fixture), ==, "Setting changed");
  g_assert_true (cc_history_details_get_can_undo (get_details (fixture)));
  app_test_settle ();
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Case edited: Sex"));
  g_assert_true (
      has_start (GTK_WIDGET (fixture->window), "Taken back: 2 records joined as person "));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Case file created"));
  /* Who did it stands beside each, in which function too; where nobody said, that is said. */
  g_assert_true (has_moment (GTK_WIDGET (fixture->window), ", by Binta (Head of office)"));
  g_assert_true (has_moment (GTK_WIDGET (fixture->window), ", no name given"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Clinics of the North had no case in 2023"));
}

static gboolean
shows_edit (gpointer user_data)
{
  return g_strcmp0 (get_sentence (user_data), "Case edited: Sex") == 0;
}

static gboolean
shows_join (gpointer user_data)
{
  const char *sentence = get_sentence (user_data);

  return sentence != NULL && g_str_has_prefix (sentence, "2 records joined as person ");
}

/* A link leads to an act, with values in labels and the reason why it cannot be taken back. */
static void
test_targets (Fixture *fixture, gconstpointer data)
{
  g_autofree char *record = NULL;

  open_history (fixture);
  go (fixture, "act:4");
  app_test_wait (shows_edit, fixture);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Male"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Female"));
  g_assert_true (cc_history_details_get_can_undo (get_details (fixture)));
  go (fixture, "act:5");
  app_test_wait (shows_join, fixture);
  g_assert_false (cc_history_details_get_can_undo (get_details (fixture)));
  record = g_strdup_printf ("record:%" G_GINT64_FORMAT, fixture->record);
  go (fixture, record);
  app_test_settle ();
  g_assert_true (cc_page_get_can_go_back (CC_PAGE (find (fixture, CC_TYPE_HISTORY_PAGE, NULL))));
  cc_page_go_back (CC_PAGE (find (fixture, CC_TYPE_HISTORY_PAGE, NULL)));
  app_test_settle ();
  g_assert_false (cc_page_get_can_go_back (CC_PAGE (find (fixture, CC_TYPE_HISTORY_PAGE, NULL))));
}

static gboolean
is_taken_back (gpointer user_data)
{
  return get_sentence (user_data) != NULL
         && !cc_history_details_get_can_undo (get_details (user_data))
         && find (user_data, GTK_TYPE_LABEL, "Taken back: Setting changed") != NULL;
}

/* Asked and answered, the act is taken back, and the page says so. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  GtkWidget  *page;
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget  *dialog = NULL;

  open_history (fixture);
  page = find (fixture, CC_TYPE_HISTORY_PAGE, NULL);
  gtk_widget_activate_action (page, "history.undo", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        dialog = window;
    }
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "undo");
  app_test_wait (is_taken_back, fixture);
}

/* An act that cannot be read stands among the others, which can. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  const gint64 acts[] = { 2, 999 };
  CcSession   *session;
  CcCaseFile  *file;
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *moment = NULL;
  CcConnection    *reader;

  open_history (fixture);
  session = cc_window_get_session (fixture->window);
  file = cc_session_get_file (session);
  reader = cc_case_file_acquire_reader (file, NULL);
  entries = cc_history_read_entries (file, reader, NULL, acts, G_N_ELEMENTS (acts), NULL);
  cc_case_file_release_reader (file, reader);
  g_assert_nonnull (entries);
  g_assert_cmpuint (entries->len, ==, 2);
  sentence = cc_history_describe (session, g_ptr_array_index (entries, 1));
  moment = cc_history_describe_moment (session, g_ptr_array_index (entries, 1));
  g_assert_cmpstr (sentence, ==, "This act cannot be read");
  g_assert_cmpstr (moment, ==, "Number 999. The file is damaged there.");
}

static void
assert_value (CcSession *session, const char *variable, const char *noted, const char *expected)
{
  g_autofree char *label = cc_history_label_value (session, variable, noted);

  g_assert_cmpstr (label, ==, expected);
}

/* Noted values in the language of the window. */
static void
test_values (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  CcCaseFile *file =
      cc_case_file_open (fixture->path, CASE_PASSPHRASE, pack, CC_OPEN_READ_ONLY, &error);
  g_autoptr (CcSession) session = cc_session_new (file, texts);
  g_autofree char *refusal = NULL;

  g_assert_no_error (error);
  assert_value (session, "VI03", "F", "Female");
  assert_value (session, "VI03", "_U", "Unknown");
  assert_value (session, "VI06", "12..17", "12 – 17");
  assert_value (session, "VI06", "12..12", "12");
  assert_value (session, "VI06", "18..", "18 or older");
  assert_value (session, "VI19", "2024-03-05 5/3/24", "5 March 2024");
  assert_value (session, "VI08", "SEN (complete)", "Senegal");
  assert_value (session, "X_VI_ID_FAMILY", "Diatta", "Diatta");
  assert_value (session, NULL, "anything", "anything");
  g_assert_null (cc_history_label_value (session, "VI03", NULL));
  g_assert_null (cc_history_describe_refusal (session, CC_UNDO_POSSIBLE, NULL));
  for (CcUndoState state = CC_UNDO_NOT_FOUND; state <= CC_UNDO_LEFT; state++)
    {
      g_free (refusal);
      refusal = cc_history_describe_refusal (session, state, NULL);
      g_assert_nonnull (refusal);
    }
}

/* Each kind has words, and work on cases is whatever no other kind knows. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  const char *const present[] = { "create", "import", "enter-case", NULL };
  g_auto (GStrv) all = cc_history_get_kind_names (0, present);
  g_auto (GStrv) cases = cc_history_get_kind_names (2, present);

  g_assert_null (all);
  g_assert_true (g_strv_contains ((const char *const *) cases, "enter-case"));
  g_assert_false (g_strv_contains ((const char *const *) cases, "import"));
  for (guint i = 0; i < cc_history_get_n_kinds (); i++)
    g_assert_cmpint (strlen (cc_history_get_kind_label (i)), >, 3);
}

static gboolean
add_name (CcAct *act, gpointer data, GError **error)
{
  Fixture    *fixture = data;
  CcCaseFile *file = cc_act_get_file (act);
  g_autoptr (CcRecord) record =
      cc_store_read_record (file, cc_act_get_connection (act), fixture->record, error);
  CcValue *name = cc_record_add (record, cc_pack_find_variable (cc_case_file_get_pack (file),
                                                                "X_VI_ID_FAMILY"));

  name->text = g_strdup ("Diatta");
  return cc_act_put_record (act, record, find_id (act, "SELECT min (id) FROM entity"), 0, 0, NULL,
                            error);
}

/* A removal says what kinds went, and that it cannot be taken back. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  CcCaseFile *file =
      cc_case_file_open (fixture->path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_autoptr (CcSession) session = cc_session_new (file, texts);
  g_autoptr (CcHistoryView) view = NULL;
  g_autofree char *sentence = NULL;
  CcPurgeResult    result;
  CcConnection    *reader;
  CcHistoryLine   *line;

  g_assert_no_error (error);
  run (file, "edit", add_name, fixture);
  cc_retention_withdraw (file, fixture->record, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  reader = cc_case_file_acquire_reader (file, &error);
  view = cc_history_view_load (session, reader, result.act, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  sentence = cc_history_describe (session, view->entry);
  g_assert_cmpstr (sentence, ==, "Names and other identifiers removed for good");
  g_assert_cmpuint (view->lines->len, >, 0);
  line = g_ptr_array_index (view->lines, 0);
  g_assert_cmpstr (line->label, ==, "Removed for good");
  g_assert_nonnull (strstr (line->after, "Family name"));
}

static gboolean
set_rule (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_retention (act, data, error);
}

/* A rule is told in words, not as it is noted. */
static void
test_rule (Fixture *fixture, gconstpointer data)
{
  CcRetentionRule rule = { .unit = (char *) "VI",
                           .kind = (char *) "*",
                           .months = 120,
                           .counted_from = (char *) "last-contact" };
  GError         *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  CcCaseFile *file =
      cc_case_file_open (fixture->path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_autoptr (CcSession) session = cc_session_new (file, texts);
  g_autoptr (CcHistoryView) view = NULL;
  CcConnection  *reader;
  CcHistoryLine *line;
  gint64         seq;

  g_assert_no_error (error);
  run (file, "retention", set_rule, &rule);
  rule.months = 18;
  run (file, "retention", set_rule, &rule);
  reader = cc_case_file_acquire_reader (file, &error);
  seq = cc_connection_get_int64 (reader, "SELECT max (seq) FROM audit", 0, &error);
  view = cc_history_view_load (session, reader, seq, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  g_assert_cmpuint (view->lines->len, ==, 1);
  line = g_ptr_array_index (view->lines, 0);
  g_assert_cmpstr (line->label, ==, "Rule on how long identifiers are kept");
  g_assert_cmpstr (line->before, ==,
                   "Victim: every name and number. Kept for 10 years after the last contact.");
  g_assert_cmpstr (line->after, ==,
                   "Victim: every name and number. Kept for 18 months after the last contact.");
}

static void
assert_found (CcSession *session, CcConnection *reader, const char *text, guint n)
{
  CcHistoryQuery query = { .text = (char *) text };
  GError        *error = NULL;
  g_autoptr (CcHistoryList) list = cc_history_read_list (session, reader, &query, NULL, &error);

  g_assert_no_error (error);
  g_test_message ("“%s”", text);
  g_assert_cmpuint (list->acts->len, ==, n);
}

/* What is shown of an act is found, not the word that machines know it by. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  CcCaseFile *file =
      cc_case_file_open (fixture->path, CASE_PASSPHRASE, pack, CC_OPEN_READ_ONLY, &error);
  g_autoptr (CcSession) session = cc_session_new (file, texts);
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);

  g_assert_no_error (error);
  assert_found (session, reader, "joined as", 2);
  assert_found (session, reader, "TAKEN back: 2 récords", 1);
  assert_found (session, reader, "had no case", 1);
  assert_found (session, reader, "case edited: sex", 1);
  assert_found (session, reader, "decide", 0);
  assert_found (session, reader, "nil", 0);
  assert_found (session, reader, "Binta", 3);
  cc_case_file_release_reader (file, reader);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("/app/history/values", test_values);
  ADD ("/app/history/kinds", test_kinds);
  ADD ("/app/history/search", test_search);
  ADD ("/app/history/removed", test_removed);
  ADD ("/app/history/rule", test_rule);
  ADD ("/app/history/list", test_list);
  ADD ("/app/history/targets", test_targets);
  ADD ("/app/history/undo", test_undo);
  ADD ("/app/history/unreadable", test_unreadable);
  return g_test_run ();
}
