/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/base/cc-progress.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-norm.h>

#include <string.h>

/* What is known of each stored file; see tests/data/README.md. */
typedef struct
{
  int         version;
  const char *content_hash; /* read only, as it lies there */
  gint64      victims;
  gint64      perpetrators;
  gint64      events;
  gint64      identifiers;
  gint64      acts;
  gint64      rules; /* of retention */
} Stored;

static const Stored stored[] = {
  { 1, "628265d15af9785c4a484bf1b225fdcaa62c0e0b52d143433a5992152b01d64c", 49, 28, 18, 447, 18, 0 },
  { 2, "0ba7e518b0db38d05621f2390ad9fac415560ea27d8d9fea370241e56cfff4ec", 49, 28, 18, 447, 21, 2 },
};

typedef struct
{
  CcPack *pack;
  char   *folder;
  char   *path;
} Copy;

static char *
read_checksum (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize            size;
  GError          *error = NULL;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, size);
}

static void
copy_set_up (Copy *copy, gconstpointer data)
{
  const Stored    *known = data;
  g_autofree char *name = g_strdup_printf ("case-file-v%d.casecount", known->version);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *bytes = NULL;
  gsize            size;
  GError          *error = NULL;

  copy->pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  copy->folder = g_dir_make_tmp ("casecount-migration-XXXXXX", &error);
  g_assert_no_error (error);
  copy->path = g_build_filename (copy->folder, "old.casecount", NULL);
  g_file_get_contents (source, &bytes, &size, &error);
  g_assert_no_error (error);
  /* Small enough for everybody who fetches the sources. */
  g_assert_cmpuint (size, <, 800 * 1024);
  g_file_set_contents (copy->path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
copy_tear_down (Copy *copy, gconstpointer data)
{
  remove_folder (copy->folder);
  g_free (copy->folder);
  g_free (copy->path);
  cc_pack_unref (copy->pack);
}

static CcCaseFile *
open_file (Copy *copy, const char *path, CcOpenMode mode)
{
  GError     *error = NULL;
  CcCaseFile *file = cc_case_file_open (path, PASSPHRASE, copy->pack, mode, &error);

  g_assert_no_error (error);
  return file;
}

static gint64
count (CcCaseFile *file, const char *sql)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  gint64        n;

  g_assert_no_error (error);
  n = cc_connection_get_int64 (reader, sql, -1, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  return n;
}

static void
collect (CcConnection *reader, const char *sql, const char *value, GPtrArray *texts)
{
  GError *error = NULL;
  g_autoptr (CcStatement) rows = cc_connection_prepare (reader, sql, &error);
  gboolean has_row = TRUE;

  g_assert_no_error (error);
  if (value != NULL)
    cc_statement_bind_text (rows, 1, value);
  for (;;)
    {
      cc_statement_step (rows, &has_row, &error);
      g_assert_no_error (error);
      if (!has_row)
        return;
      g_ptr_array_add (texts, g_strdup (cc_statement_text (rows, 0)));
    }
}

/* Everything the file says, as text: of the tables and columns that it had when it was opened for
 * reading only. Ids of the pack and what is computed from others are left out. */
static char *
dump_said (CcConnection *reader, gint64 acts, GPtrArray *selects)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (selects->len == 0)
    {
      g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);

      collect (reader,
               "SELECT name FROM main.sqlite_master WHERE type = 'table'"
               " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN ('meta', 'variable',"
               " 'code', 'code_closure', 'person_fact', 'dirty_cluster', 'norm', 'retention')"
               " ORDER BY name",
               NULL, tables);
      for (guint i = 0; i < tables->len; i++)
        {
          const char      *table = g_ptr_array_index (tables, i);
          const gboolean   chain = g_str_has_prefix (table, "audit");
          g_autofree char *upto = g_strdup_printf (" WHERE seq <= %" G_GINT64_FORMAT, acts);
          g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

          collect (reader,
                   "SELECT group_concat ('quote (\"' || name || '\")', ' || '','' || ')"
                   " FROM pragma_table_info (?1)",
                   table, list);
          g_ptr_array_add (selects,
                           g_strdup_printf ("SELECT %s AS said FROM main.\"%s\"%s ORDER BY said",
                                            (char *) g_ptr_array_index (list, 0), table,
                                            chain ? upto : ""));
        }
    }
  for (guint i = 0; i < selects->len; i++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

      collect (reader, g_ptr_array_index (selects, i), NULL, rows);
      for (guint j = 0; j < rows->len; j++)
        g_checksum_update (checksum, g_ptr_array_index (rows, j), -1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
say_all (CcCaseFile *file, gint64 acts, GPtrArray *selects)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  char         *said;

  g_assert_no_error (error);
  said = dump_said (reader, acts, selects);
  cc_case_file_release_reader (file, reader);
  return said;
}

static void
check_known (const Stored *known, CcCaseFile *file)
{
  g_autoptr (GPtrArray) problems = NULL;
  GError       *error = NULL;
  CcConnection *reader;

  g_assert_cmpint (count (file, "SELECT count (*) FROM record WHERE unit = 'VI' AND state = 0"), ==,
                   known->victims);
  g_assert_cmpint (count (file, "SELECT count (*) FROM record WHERE unit = 'PE' AND state = 0"), ==,
                   known->perpetrators);
  g_assert_cmpint (count (file, "SELECT count (*) FROM record WHERE unit = 'EV' AND state = 0"), ==,
                   known->events);
  g_assert_cmpint (count (file, "SELECT count (*) FROM identifier"), ==, known->identifiers);
  cc_case_file_verify (file, &problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("problem: %s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  reader = cc_case_file_acquire_reader (file, &error);
  g_assert_no_error (error);
  cc_norm_verify (reader, NULL, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
}

/* Reading changes no byte; tables that came later look empty. */
static void
test_read (Copy *copy, gconstpointer data)
{
  const Stored    *known = data;
  g_autofree char *bytes = read_checksum (copy->path);
  g_autofree char *bytes_after = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *backups = g_build_filename (copy->folder, "backups", NULL);
  CcCaseFile      *file = open_file (copy, copy->path, CC_OPEN_READ_ONLY);
  GError          *error = NULL;

  g_assert_cmpint (cc_case_file_get_schema_version (file), ==, known->version);
  check_known (known, file);
  g_assert_cmpint (count (file, "SELECT max (seq) FROM audit"), ==, known->acts);
  hash = cc_case_file_content_hash (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hash, ==, known->content_hash);
  g_assert_cmpint (count (file, "SELECT count (*) FROM retention WHERE months > 0"), ==,
                   known->rules);
  g_assert_cmpint (count (file, "SELECT count (*) FROM pack_file"), ==, 0);
  cc_case_file_free (file);
  bytes_after = read_checksum (copy->path);
  g_assert_cmpstr (bytes, ==, bytes_after);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
}

/* Of the newest format there is nothing to migrate. */
static gboolean
is_newest (Copy *copy, const Stored *known)
{
  g_autofree char *path = g_build_filename (copy->folder, "newest.casecount", NULL);
  GError          *error = NULL;
  CcCaseFile      *file = cc_case_file_create (path, PASSPHRASE, copy->pack, "BEN", TRUE, &error);
  gboolean         newest;

  g_assert_no_error (error);
  newest = cc_case_file_get_schema_version (file) == known->version;
  cc_case_file_free (file);
  return newest;
}

static char *
find_backup (Copy *copy)
{
  g_autofree char *folder = g_build_filename (copy->folder, "backups", NULL);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name = entries != NULL ? g_dir_read_name (entries) : NULL;
  char       *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;

  g_assert_true (entries == NULL || g_dir_read_name (entries) == NULL);
  return path;
}

/* The newest format opens as it is. */
static void
test_open (Copy *copy, gconstpointer data)
{
  const Stored *known = data;
  g_autoptr (GPtrArray) selects = g_ptr_array_new_with_free_func (g_free);
  CcCaseFile      *file = open_file (copy, copy->path, CC_OPEN_READ_ONLY);
  g_autofree char *said = say_all (file, known->acts, selects);
  g_autofree char *said_after = NULL;
  g_autofree char *backup = NULL;

  cc_case_file_free (file);
  if (!is_newest (copy, known))
    {
      g_test_skip ("not the newest format");
      return;
    }
  file = open_file (copy, copy->path, CC_OPEN_READ_WRITE);
  g_assert_cmpint (cc_case_file_get_opened_version (file), ==, known->version);
  check_known (known, file);
  said_after = say_all (file, known->acts, selects);
  g_assert_cmpstr (said, ==, said_after);
  g_assert_cmpint (count (file, "SELECT count (*) FROM audit WHERE act = 'migrate'"), ==, 0);
  cc_case_file_free (file);
  backup = find_backup (copy);
  g_assert_null (backup);
}

/* All that was said is there word for word afterwards, and the copy made before says the same. */
static void
test_migrate (Copy *copy, gconstpointer data)
{
  const Stored *known = data;
  g_autoptr (GPtrArray) selects = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *said = NULL;
  g_autofree char *said_after = NULL;
  g_autofree char *said_backup = NULL;
  g_autofree char *backup = NULL;
  CcCaseFile      *follower = open_file (copy, copy->path, CC_OPEN_READ_ONLY);
  CcCaseFile      *file;
  GError          *error = NULL;
  gint64           acts;

  said = say_all (follower, known->acts, selects);
  file = open_file (copy, copy->path, CC_OPEN_READ_WRITE);
  g_assert_cmpint (cc_case_file_get_opened_version (file), ==, known->version);
  g_assert_cmpint (cc_case_file_get_schema_version (file), >, known->version);
  check_known (known, file);
  said_after = say_all (file, known->acts, selects);
  g_assert_cmpstr (said, ==, said_after);
  acts = count (file, "SELECT max (seq) FROM audit");
  g_assert_cmpint (count (file, "SELECT count (*) FROM audit a JOIN audit_change c USING (seq)"
                                " WHERE a.act = 'migrate' AND c.key = 'format'"),
                   ==, 1);
  {
    CcConnection *reader = cc_case_file_acquire_reader (file, &error);
    g_autoptr (CcHistoryAct) act = cc_history_get (reader, known->acts + 1, &error);
    CcUndoState state;

    g_assert_no_error (error);
    g_assert_cmpstr (act->name, ==, "migrate");
    g_assert_true (cc_history_check_undo (reader, act->seq, &state, NULL, &error));
    g_assert_cmpint (state, ==, CC_UNDO_NOTHING);
    cc_case_file_release_reader (file, reader);
  }
  /* Who has it open for reading meanwhile goes on, and sees what is new. */
  g_assert_cmpint (count (follower, "SELECT max (seq) FROM audit"), ==, acts);
  g_assert_cmpint (count (follower, "SELECT count (*) FROM temp.sqlite_master"), ==, 0);
  cc_case_file_free (follower);
  backup = find_backup (copy);
  g_assert_nonnull (backup);
  follower = open_file (copy, backup, CC_OPEN_READ_ONLY);
  g_assert_cmpint (cc_case_file_get_schema_version (follower), ==, known->version);
  check_known (known, follower);
  said_backup = say_all (follower, known->acts, selects);
  g_assert_cmpstr (said, ==, said_backup);
  cc_case_file_free (follower);
  cc_case_file_free (file);
  /* A second time there is nothing to do. */
  file = open_file (copy, copy->path, CC_OPEN_READ_WRITE);
  g_assert_cmpint (cc_case_file_get_opened_version (file), >, known->version);
  g_assert_cmpint (count (file, "SELECT max (seq) FROM audit"), ==, acts);
  cc_case_file_free (file);
}

static void
cancel_at (const CcProgressState *state, gpointer data)
{
  if (g_str_equal (state->phase, "progress.migrate"))
    g_cancellable_cancel (data);
}

static void
test_cancel (Copy *copy, gconstpointer data)
{
  const Stored    *known = data;
  g_autofree char *bytes = read_checksum (copy->path);
  g_autofree char *bytes_after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CcProgress) progress = cc_progress_new (cancellable, cancel_at, cancellable);
  GError     *error = NULL;
  CcCaseFile *file;

  g_assert_null (cc_case_file_open_with_progress (copy->path, PASSPHRASE, copy->pack,
                                                  CC_OPEN_READ_WRITE, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  bytes_after = read_checksum (copy->path);
  g_assert_cmpstr (bytes, ==, bytes_after);
  g_assert_null (find_backup (copy));
  file = open_file (copy, copy->path, CC_OPEN_READ_ONLY);
  g_assert_cmpint (cc_case_file_get_schema_version (file), ==, known->version);
  cc_case_file_free (file);
}

/* Without a backup nothing is changed. */
static void
test_no_backup (Copy *copy, gconstpointer data)
{
  g_autofree char *bytes = read_checksum (copy->path);
  g_autofree char *bytes_after = NULL;
  g_autofree char *in_the_way = g_build_filename (copy->folder, "backups", NULL);
  GError          *error = NULL;

  g_assert_true (g_file_set_contents (in_the_way, "a file", -1, NULL));
  g_assert_null (
      cc_case_file_open (copy->path, PASSPHRASE, copy->pack, CC_OPEN_READ_WRITE, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "not changed"));
  g_clear_error (&error);
  bytes_after = read_checksum (copy->path);
  g_assert_cmpstr (bytes, ==, bytes_after);
}

/* The columns, keys, references and constraints of each table, the indexes and the views. The ids
 * in columns of variables are replaced by the variables' names: they depend on when a variable
 * came. */
static char *
describe_schema (CcCaseFile *file)
{
  static const char *const parts[] = {
    "SELECT m.name || '.' || ifnull ((SELECT 'v(' || v.key || ')' || ltrim (substr (c.name, 2),"
    "  '0123456789') FROM variable v WHERE c.name GLOB 'v[0-9]*'"
    "  AND v.id = CAST (substr (c.name, 2) AS INTEGER)), c.name)"
    " || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || ifnull (c.dflt_value, '-') || ' ' || c.pk"
    " FROM sqlite_master m, pragma_table_info (m.name) c WHERE m.type IN ('table', 'view')"
    " AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1",
    "SELECT m.name || '.' || f.\"from\" || ' to ' || f.\"table\" || '.' || ifnull (f.\"to\", '')"
    " FROM sqlite_master m, pragma_foreign_key_list (m.name) f WHERE m.type = 'table' ORDER BY 1",
    "SELECT m.name || ' index ' || i.\"unique\" || i.origin || ' ' || (SELECT group_concat (x.name)"
    "  FROM pragma_index_info (i.name) x) FROM sqlite_master m, pragma_index_list (m.name) i"
    " WHERE m.type = 'table' ORDER BY 1",
    /* Of the tables that have no columns of variables, every word. */
    "SELECT type || ' ' || name || ' ' || sql FROM sqlite_master m WHERE sql IS NOT NULL"
    " AND name <> 'person_fact' AND NOT (type = 'table' AND EXISTS (SELECT 1 FROM"
    "  pragma_table_info (m.name) c WHERE c.name GLOB 'v[0-9]*')) ORDER BY 1",
  };
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  g_autoptr (GRegex) space = g_regex_new ("[\\s\"]+", 0, 0, NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

      collect (reader, parts[i], NULL, lines);
      g_assert_cmpuint (lines->len, >, 0);
      for (guint j = 0; j < lines->len; j++)
        {
          g_autofree char *line =
              g_regex_replace (space, g_ptr_array_index (lines, j), -1, 0, " ", 0, NULL);

          g_string_append_printf (all, "%s\n", line);
        }
    }
  cc_case_file_release_reader (file, reader);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
test_same_schema (Copy *copy, gconstpointer data)
{
  g_autofree char *fresh_path = g_build_filename (copy->folder, "fresh.casecount", NULL);
  g_autofree char *fresh_schema = NULL;
  g_autofree char *migrated_schema = NULL;
  g_auto (GStrv) fresh_lines = NULL;
  g_auto (GStrv) migrated_lines = NULL;
  GError     *error = NULL;
  CcCaseFile *fresh = cc_case_file_create (fresh_path, PASSPHRASE, copy->pack, "BEN", TRUE, &error);
  CcCaseFile *migrated = open_file (copy, copy->path, CC_OPEN_READ_WRITE);

  g_assert_no_error (error);
  g_assert_cmpint (cc_case_file_get_schema_version (fresh), ==,
                   cc_case_file_get_schema_version (migrated));
  fresh_schema = describe_schema (fresh);
  migrated_schema = describe_schema (migrated);
  fresh_lines = g_strsplit (fresh_schema, "\n", -1);
  migrated_lines = g_strsplit (migrated_schema, "\n", -1);
  for (guint i = 0; fresh_lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) migrated_lines, fresh_lines[i]))
      g_test_message ("only in a fresh file: %s", fresh_lines[i]);
  for (guint i = 0; migrated_lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) fresh_lines, migrated_lines[i]))
      g_test_message ("only in a migrated file: %s", migrated_lines[i]);
  g_assert_true (g_str_equal (fresh_schema, migrated_schema));
  cc_case_file_free (fresh);
  cc_case_file_free (migrated);
}

static void
add (const Stored *known, const char *name, void (*func) (Copy *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/store/migration/v%d/%s", known->version, name);

  g_test_add (path, Copy, known, copy_set_up, func, copy_tear_down);
}

static void
skip_newest (Copy *copy, gconstpointer data, void (*func) (Copy *, gconstpointer))
{
  if (is_newest (copy, data))
    g_test_skip ("the newest format");
  else
    func (copy, data);
}

static void
test_migrate_older (Copy *copy, gconstpointer data)
{
  skip_newest (copy, data, test_migrate);
}

static void
test_cancel_older (Copy *copy, gconstpointer data)
{
  skip_newest (copy, data, test_cancel);
}

static void
test_no_backup_older (Copy *copy, gconstpointer data)
{
  skip_newest (copy, data, test_no_backup);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    {
      add (&stored[i], "read", test_read);
      add (&stored[i], "migrate", test_migrate_older);
      add (&stored[i], "open", test_open);
      add (&stored[i], "cancel", test_cancel_older);
      add (&stored[i], "no-backup", test_no_backup_older);
      add (&stored[i], "same-schema", test_same_schema);
    }
  return g_test_run ();
}
