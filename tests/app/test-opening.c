/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "cc-window.h"
#include "unlock/cc-open-message.h"
#include "unlock/cc-unlock-page.h"
#include "unlock/cc-user-page.h"

#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-repair.h>

/* ---- what is said of each state, and the way out ---- */

#define HERE                                                                                       \
  {                                                                                                \
    CC_PLACE_LOCAL, TRUE, TRUE, FALSE                                                              \
  }
#define NETWORK                                                                                    \
  {                                                                                                \
    CC_PLACE_NETWORK, TRUE, TRUE, FALSE                                                            \
  }
#define FOLDER                                                                                     \
  {                                                                                                \
    CC_PLACE_LOCAL, FALSE, FALSE, FALSE                                                            \
  }
#define FILE_RO                                                                                    \
  {                                                                                                \
    CC_PLACE_LOCAL, TRUE, FALSE, FALSE                                                             \
  }
#define CASE CC_FILE_CASE_FILE

typedef struct
{
  int           code;
  CcOpenFinding finding;
  const char   *title;
  const char   *ways; /* a(sk again) l(ook only) r(epair) b(ring in); none: another file */
} State;

static const State states[] = {
  { CC_ERROR_NOT_FOUND, { CC_FILE_ABSENT, HERE, FALSE }, "The File Is Not There", "" },
  { CC_ERROR_NOT_FOUND, { CC_FILE_ABSENT, HERE, TRUE }, "The File Is Not There", "ar" },
  { CC_ERROR_DAMAGED, { CC_FILE_EMPTY, HERE, FALSE }, "The File Is Empty", "" },
  { CC_ERROR_DAMAGED, { CC_FILE_EMPTY, HERE, TRUE }, "The File Is Empty", "ar" },
  { CC_ERROR_DAMAGED, { CC_FILE_OTHER, HERE, FALSE }, "This Is Not a Whole Case File", "" },
  { CC_ERROR_DAMAGED, { CC_FILE_OTHER, HERE, TRUE }, "This Is Not a Whole Case File", "ar" },
  { CC_ERROR_FOREIGN_FORMAT, { CC_FILE_ZIP, HERE, FALSE }, "This Is Not a Case File", "" },
  { CC_ERROR_FOREIGN_FORMAT, { CC_FILE_OFFICE, HERE, FALSE }, "This Is Not a Case File", "" },
  { CC_ERROR_FOREIGN_FORMAT, { CC_FILE_PDF, HERE, FALSE }, "This Is Not a Case File", "" },
  { CC_ERROR_FOREIGN_FORMAT, { CC_FILE_TEXT, HERE, FALSE }, "This Is Not a Case File", "" },
  { CC_ERROR_DAMAGED, { CC_FILE_TEXT, HERE, TRUE }, "This Is Not a Whole Case File", "ar" },
  { CC_ERROR_FOREIGN_FORMAT, { CC_FILE_PLAIN_SQLITE, HERE, FALSE }, "This Is Not a Case File", "" },
  { CC_ERROR_FOREIGN_FORMAT, { CC_FILE_FOLDER, HERE, FALSE }, "This Is a Folder", "" },
  { CC_ERROR_FOREIGN_FORMAT, { CASE, HERE, FALSE }, "This Is Not a Case File", "" },
  { CC_ERROR_DENIED, { CC_FILE_DENIED, HERE, FALSE }, "You May Not Read This File", "a" },
  { CC_ERROR_FAILED, { CC_FILE_UNREADABLE, HERE, FALSE }, "The File Cannot Be Read", "a" },
  { CC_ERROR_WRONG_PASSPHRASE, { CASE, HERE, FALSE }, "The Passphrase Does Not Fit", "a" },
  { CC_ERROR_WRONG_PASSPHRASE,
    { CASE, HERE, FALSE, FALSE, FALSE, 1 },
    "The Passphrase Does Not Fit",
    "ar" },
  { CC_ERROR_WRONG_PASSPHRASE, { CASE, HERE, FALSE, FALSE, TRUE }, "Caps Lock Is On", "a" },
  { CC_ERROR_DAMAGED, { CASE, HERE, FALSE }, "The File Is Damaged", "ar" },
  { CC_ERROR_NEWER_VERSION, { CASE, HERE, FALSE }, "The File Needs a Newer Casecount", "" },
  { CC_ERROR_LOCKED, { CASE, HERE, FALSE }, "The File Is in Use", "al" },
  { CC_ERROR_LOCKED, { CASE, NETWORK, FALSE }, "The File Is in Use", "a" },
  { CC_ERROR_BUSY, { CASE, HERE, FALSE }, "Another Program Holds the File", "a" },
  { CC_ERROR_READ_ONLY, { CASE, FOLDER, FALSE }, "The Folder Cannot Be Written", "alb" },
  { CC_ERROR_READ_ONLY, { CASE, FILE_RO, FALSE }, "The File Is Protected Against Writing", "alb" },
  { CC_ERROR_UNFINISHED, { CASE, FOLDER, FALSE }, "The File Was Not Closed Properly", "ab" },
  { CC_ERROR_UNFINISHED, { CASE, HERE, FALSE }, "The File Was Not Closed Properly", "a" },
  { CC_ERROR_READ_ONLY, { CASE, FOLDER, FALSE, TRUE }, "The Folder Cannot Be Written", "al" },
  { CC_ERROR_READ_ONLY,
    { CASE, FILE_RO, FALSE, TRUE },
    "The File Is Protected Against Writing",
    "al" },
  { CC_ERROR_UNFINISHED, { CASE, FOLDER, FALSE, TRUE }, "The File Was Not Closed Properly", "a" },
  { CC_ERROR_NO_LOCKS,
    { CASE, NETWORK, FALSE, TRUE },
    "The File Cannot Be Kept for One Program",
    "a" },
  { CC_ERROR_NO_SPACE, { CASE, HERE, FALSE }, "The Disk Is Full", "al" },
  { CC_ERROR_NO_LOCKS, { CASE, NETWORK, FALSE }, "The File Cannot Be Kept for One Program", "ab" },
};

static void
test_messages (void)
{
  g_autoptr (GHashTable) bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const State *state = &states[i];
      g_autoptr (GError) error = g_error_new_literal (CC_ERROR, state->code, "words of the core");
      /* A text of another name is a table; one of this name was written over. */
      const gboolean table = state->finding.kind == CC_FILE_TEXT && !state->finding.may_be_repaired;
      g_autoptr (CcOpenMessage) message =
          cc_open_message_new (error, table ? "a.csv" : "a.casecount", &state->finding);
      g_autofree char *ways =
          g_strconcat (message->ask_again ? "a" : "", message->offer_read_only ? "l" : "",
                       message->offer_repair ? "r" : "", message->offer_bring_in ? "b" : "", NULL);

      g_test_message ("%s: %s", message->title, message->body);
      g_assert_cmpstr (message->title, ==, state->title);
      g_assert_cmpstr (ways, ==, state->ways);
      g_assert_null (strstr (message->body, "words of the core"));
      g_assert_true (message->offer_bring_in || strstr (message->body, "ring in a copy") == NULL);
      if (!state->finding.may_be_repaired)
        g_assert_true (g_hash_table_add (bodies, g_strdup (message->body)));
    }
}

/* ---- the window ---- */

typedef struct
{
  AppTest   base;
  CcWindow *window;
  GString  *phases; /* that were seen */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->window = cc_window_new (NULL);
  fixture->phases = g_string_new (NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_string_free (fixture->phases, TRUE);
  app_test_tear_down (&fixture->base, data);
}

/* The core's own words about damage name the way that the window has. */
static void
test_way_of_repair (Fixture *fixture, gconstpointer data)
{
  g_assert_nonnull (strstr (cc_repair_get_way (), "Repair…"));
  g_assert_null (strstr (cc_repair_get_way (), "command"));
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return app_test_find (GTK_WIDGET (fixture->window), type, text);
}

static void
act (Fixture *fixture, const char *action)
{
  g_assert_true (
      gtk_widget_activate_action (find (fixture, CC_TYPE_UNLOCK_PAGE, NULL), action, NULL));
}

static void
type_passphrase (Fixture *fixture)
{
  GtkWidget *row = find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), CASE_PASSPHRASE);
  g_signal_emit_by_name (row, "entry-activated");
}

static gboolean
is_mapped (Fixture *fixture, const char *text)
{
  GtkWidget *label = find (fixture, GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static gboolean
is_in_use (gpointer user_data)
{
  return is_mapped (user_data, "The File Is in Use");
}

static gboolean
has_session (gpointer user_data)
{
  return cc_window_get_session (((Fixture *) user_data)->window) != NULL;
}

static gboolean
asks_who (gpointer user_data)
{
  return is_mapped (user_data, "Continue _Without a Name")
         && gtk_widget_is_sensitive (find (user_data, GTK_TYPE_LABEL, "Continue _Without a Name"));
}

static gboolean
says_still_open (gpointer user_data)
{
  return is_mapped (user_data, "The file is still open for writing elsewhere.");
}

static void
go_on_without_name (Fixture *fixture)
{
  app_test_wait (asks_who, fixture);
  g_assert_true (gtk_widget_activate_action (find (fixture, CC_TYPE_USER_PAGE, NULL),
                                             "user.continue-without", NULL));
  app_test_wait (has_session, fixture);
}

static CcSession *
get_session (Fixture *fixture)
{
  return cc_window_get_session (fixture->window);
}

/* In use elsewhere: looked at, and once the other has closed it, worked in, without the passphrase
 * being asked for again, and on the same page. */
static void
test_second (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 4 };
  g_autofree char *path = app_test_path (&fixture->base, "small.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  CcCaseFile *other;

  case_fixture_write (path, &params);
  other = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, NULL);
  cc_window_open (fixture->window, file);
  type_passphrase (fixture);
  app_test_wait (is_in_use, fixture);
  act (fixture, "unlock.open-read-only");
  app_test_wait (has_session, fixture);
  g_assert_true (cc_session_is_read_only (get_session (fixture)));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Open for _Writing"));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "page",
                                  g_variant_new_string ("history"));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "try-writing", NULL);
  app_test_wait (says_still_open, fixture);
  g_assert_true (cc_session_is_read_only (get_session (fixture)));

  g_assert_true (cc_case_file_close (other, NULL));
  cc_case_file_free (other);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "try-writing", NULL);
  go_on_without_name (fixture);
  g_assert_false (cc_session_is_read_only (get_session (fixture)));
  g_assert_cmpstr (cc_window_get_page (fixture->window), ==, "history");
}

static void
on_phase (GtkLabel *label, GParamSpec *pspec, Fixture *fixture)
{
  g_string_append_printf (fixture->phases, "%s; ", gtk_label_get_label (label));
}

/* An older file: what is done is told while it is done, after a backup. */
static void
test_older (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stored =
      g_test_build_filename (G_TEST_DIST, "..", "data", "case-file-v1.casecount", NULL);
  g_autofree char *path = app_test_path (&fixture->base, "old.casecount");
  g_autoptr (GFile) source = g_file_new_for_path (stored);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *label;

  g_assert_true (g_file_copy (source, file, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  cc_window_open (fixture->window, file);
  label = find (fixture, GTK_TYPE_LABEL, "Opening the case file…");
  g_signal_connect (label, "notify::label", G_CALLBACK (on_phase), fixture);
  type_passphrase (fixture);
  go_on_without_name (fixture);
  g_test_message ("%s", fixture->phases->str);
  g_assert_nonnull (strstr (fixture->phases->str, "Bringing the file to the new format"));
  g_assert_cmpint (cc_case_file_get_opened_version (cc_session_get_file (get_session (fixture))),
                   ==, 1);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/opening/messages", test_messages);
  ADD ("/app/opening/way-of-repair", test_way_of_repair);
  ADD ("/app/opening/second", test_second);
  ADD ("/app/opening/older", test_older);
  return g_test_run ();
}
