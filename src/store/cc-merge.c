/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-private.h"
#include "cc-history-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
cc_merge_is_newer (gint64 theirs, gint64 mine, const char *their_text, const char *my_text)
{
  if (theirs != mine)
    return theirs > mine;
  return g_strcmp0 (their_text, my_text) > 0;
}

static CcLineage *
read_lineage (CcCaseFile *file, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  CcLineage    *lineage;

  if (reader == NULL)
    return NULL;
  lineage = cc_lineage_read (reader, error);
  cc_case_file_release_reader (file, reader);
  return lineage;
}

static gboolean
are_kin (CcLineage *a, CcLineage *b)
{
  return g_strcmp0 (a->family, b->family) == 0;
}

static CcKinship
compare (CcLineage *mine, CcLineage *theirs)
{
  if (!are_kin (mine, theirs))
    return CC_KINSHIP_OTHER;
  if (strcmp (mine->head, theirs->head) == 0)
    return CC_KINSHIP_SAME;
  if (cc_lineage_holds (mine, theirs))
    return CC_KINSHIP_OLDER;
  if (cc_lineage_holds (theirs, mine))
    return CC_KINSHIP_NEWER;
  return CC_KINSHIP_DIVERGED;
}

gboolean
cc_exchange_compare (CcCaseFile *self, CcCaseFile *other, CcKinship *kinship, GError **error)
{
  g_autoptr (CcLineage) mine = read_lineage (self, error);
  g_autoptr (CcLineage) theirs = mine != NULL ? read_lineage (other, error) : NULL;

  if (theirs == NULL)
    return FALSE;
  *kinship = compare (mine, theirs);
  return TRUE;
}

static gboolean
read_salt (const char *path, guint8 salt[CC_SALT_SIZE])
{
  const int      fd = cc_raw_file_open (path);
  const gboolean ok = fd >= 0 && pread (fd, salt, CC_SALT_SIZE, 0) == CC_SALT_SIZE;

  cc_raw_file_close (fd);
  return ok;
}

gboolean
cc_exchange_is_copy (const char *path, const char *other)
{
  guint8 a[CC_SALT_SIZE];
  guint8 b[CC_SALT_SIZE];

  return read_salt (path, a) && read_salt (other, b) && memcmp (a, b, CC_SALT_SIZE) == 0;
}

static gboolean
is_same_file (const char *path, const char *other)
{
  struct stat a, b;

  return stat (path, &a) == 0 && stat (other, &b) == 0 && a.st_dev == b.st_dev
         && a.st_ino == b.st_ino;
}

/* Sentences for what cannot be brought together. */
static gboolean
check_files (CcCaseFile *here, CcCaseFile *there, GError **error)
{
  if (is_same_file (here->path, there->path))
    g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                 "“%s” cannot be brought into itself. Nothing was changed. Choose the other copy, "
                 "or the package.",
                 here->name);
  else if (there->practice && !here->practice)
    g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                 "“%s” is a practice file: its people are invented and must not get among real "
                 "ones. Nothing was changed.",
                 there->name);
  else if (here->practice && !there->practice)
    g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                 "“%s” holds real people and must not get into the practice file “%s”. Nothing was "
                 "changed.",
                 there->name, here->name);
  else if (strcmp (here->family, there->family) != 0)
    g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                 "“%s” is neither a copy nor a package of “%s” but another case file, so its "
                 "records cannot be recognised. Nothing was changed. Import the agencies' own "
                 "files instead.",
                 there->name, here->name);
  else
    return TRUE;
  return FALSE;
}

/* Variables and codes of the other file that are not known here would be lost. */
static gboolean
check_words (CcMerge *self, GError **error)
{
  static const char *const queries[] = { "SELECT id, key FROM variable",
                                         "SELECT id, code FROM code WHERE list NOT LIKE '@%'" };
  static const char *const kinds[] = { "variable", "code" };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (CcStatement) rows = cc_connection_prepare (self->there, queries[i], error);
      gboolean has_row = TRUE;

      if (rows == NULL)
        return FALSE;
      while (has_row)
        {
          if (!cc_statement_step (rows, &has_row, error))
            return FALSE;
          if (!has_row || cc_merge_find (self, kinds[i], cc_statement_int64 (rows, 0)) != 0)
            continue;
          g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                       "“%s” uses a newer classification, with “%s”, that “%s” does not have. "
                       "Nothing was changed. Install that classification here first.",
                       self->there_file->name, cc_statement_text (rows, 1), self->here_file->name);
          return FALSE;
        }
    }
  return TRUE;
}

/* The head that came, and those it had taken in itself. */
static gboolean
note_heads (CcMerge *self, GError **error)
{
  GHashTableIter iter;
  gpointer       head;

  if (!cc_act_log (self->act, CC_MERGE_TABLE, self->there_line->head, NULL,
                   self->there_line->origin != NULL ? "package" : "copy", error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->there_line->heads);
  while (g_hash_table_iter_next (&iter, &head, NULL))
    if (!cc_lineage_knows (self->here_line, head)
        && !cc_act_log (self->act, CC_MERGE_TABLE, head, NULL, "through", error))
      return FALSE;
  return TRUE;
}

/* Persons and events count each other: whoever hangs together with a record that came or changed is
 * counted anew. What the steps stored has marked itself. */
static gboolean
mark_all (CcMerge *self, GError **error)
{
  if (self->result->others == 0 && self->result->persons == 0)
    return TRUE;
  return cc_connection_execute (self->here,
                                "INSERT OR IGNORE INTO dirty_cluster SELECT id FROM cluster WHERE "
                                "state = 0",
                                error);
}

static gboolean
take_steps (CcMerge *self, GError **error)
{
  return cc_merge_codes (self, error) && check_words (self, error) && note_heads (self, error)
         && cc_merge_rows (self, TRUE, error) && cc_merge_source_rows (self, error)
         && cc_merge_records (self, error) && cc_merge_rows (self, FALSE, error)
         && cc_merge_decisions (self, error) && cc_merge_persons (self, error)
         && mark_all (self, error);
}

static gboolean
run_merge (CcAct *act, gpointer data, GError **error)
{
  CcMerge *self = data;

  self->act = act;
  act->brings_in = TRUE;
  self->here = act->connection;
  self->here_line = cc_lineage_read (self->here, error);
  if (self->here_line == NULL)
    return FALSE;
  self->here_seen = cc_lineage_seen_by (self->here_line, self->there_line);
  self->there_seen = cc_lineage_seen_by (self->there_line, self->here_line);
  self->here_touches =
      cc_touches_read (self->here, self->here_line, self->here_seen, self->there_line, error);
  if (self->here_touches == NULL)
    return FALSE;
  self->there_touches =
      cc_touches_read (self->there, self->there_line, self->there_seen, self->here_line, error);
  if (self->there_touches == NULL)
    return FALSE;
  self->result->act = act->seq;
  return cc_connection_execute (act->connection, "PRAGMA defer_foreign_keys = ON", error)
         && take_steps (self, error);
}

static void
clear (CcMerge *self)
{
  g_clear_pointer (&self->here_line, cc_lineage_free);
  g_clear_pointer (&self->there_line, cc_lineage_free);
  g_clear_pointer (&self->here_touches, cc_touches_free);
  g_clear_pointer (&self->there_touches, cc_touches_free);
  g_clear_pointer (&self->maps, g_hash_table_unref);
  g_clear_pointer (&self->added, g_hash_table_unref);
  g_clear_pointer (&self->judged, g_array_unref);
}

/* One state of the other file, and whether there is anything in it that is not known. */
static gboolean
look_there (CcMerge *self, gboolean *known, GError **error)
{
  g_autoptr (CcLineage) mine = NULL;

  if (!cc_connection_execute (self->there, "BEGIN", error))
    return FALSE;
  self->there_line = cc_lineage_read (self->there, error);
  mine = self->there_line != NULL ? read_lineage (self->here_file, error) : NULL;
  if (mine == NULL)
    return FALSE;
  *known = cc_lineage_holds (mine, self->there_line);
  if (*known)
    self->result->unchanged =
        cc_connection_get_int64 (self->there, "SELECT count (*) FROM record", 0, NULL);
  return TRUE;
}

/* What another program wrote into the other file would stand here as if somebody had stated it: the
 * other file must pass what `verify` examines. */
static gboolean
check_whole (CcCaseFile *there, CcProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;

  if (!cc_case_file_verify_with (there, progress, &problems, error))
    return FALSE;
  if (problems->len == 0)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "“%s” is damaged, or another program changed it: %s Nothing was brought in, and "
               "nothing was changed here. Ask whoever sent it for a new one.",
               there->name, (const char *) g_ptr_array_index (problems, 0));
  return FALSE;
}

gboolean
cc_merge (CcCaseFile    *self,
          CcCaseFile    *other,
          CcProgress    *progress,
          CcMergeResult *result,
          GError       **error)
{
  CcMergeResult own = { 0 };
  CcMerge       merge = { .here_file = self, .there_file = other, .progress = progress };
  gboolean      known = FALSE;
  gboolean      ok;

  g_return_val_if_fail (self != NULL && other != NULL, FALSE);
  if (!check_files (self, other, error))
    return FALSE;
  merge.result = &own;
  merge.maps =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  merge.added = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  merge.judged = g_array_new (FALSE, FALSE, sizeof (gint64));
  merge.there = cc_case_file_acquire_reader (other, error);
  ok = merge.there != NULL && look_there (&merge, &known, error);
  if (ok && !known)
    ok = check_whole (other, progress, error)
         && cc_case_file_act (self, "merge", run_merge, &merge,
                              progress != NULL ? cc_progress_get_cancellable (progress) : NULL,
                              error);
  if (merge.there != NULL)
    cc_case_file_release_reader (other, merge.there);
  clear (&merge);
  if (ok && result != NULL)
    *result = own;
  return ok;
}
