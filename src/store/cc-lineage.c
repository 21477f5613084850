/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-lineage-private.h"
#include "cc-case-file-private.h"
#include "cc-family-private.h"
#include "cc-history-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Every act's hash takes in all acts before it: files whose histories agree at one place agree up
 * to it. So the longest common beginning tells how far two copies went the same way, and the heads
 * that merges have noted tell what they know of each other since. */

void
cc_lineage_free (CcLineage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->hashes);
  g_array_unref (self->times);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->heads);
  g_free (self->file_id);
  g_free (self->origin);
  g_free (self->family);
  g_free (self->head);
  g_free (self);
}

static void
add_place (CcLineage *self, const char *hash, gint64 time)
{
  char *digits = g_strndup (hash, CC_LINEAGE_DIGITS);

  g_ptr_array_add (self->hashes, digits);
  g_array_append_val (self->times, time);
  g_hash_table_insert (self->places, digits, GUINT_TO_POINTER (self->hashes->len));
}

static gboolean
read_meta (CcLineage *self, CcConnection *connection, GError **error)
{
  GError          *problem = NULL;
  g_autofree char *anchors = NULL;
  g_autofree char *identifiers = NULL;

  self->file_id = cc_case_file_read_meta (connection, "file-id", &problem);
  if (problem == NULL)
    self->family = cc_family_read (connection, &problem);
  self->origin = cc_case_file_read_meta (connection, "package-of", NULL);
  anchors = cc_case_file_read_meta (connection, "package-anchors", NULL);
  identifiers = cc_case_file_read_meta (connection, "package-identifiers", NULL);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  self->identifiers = g_strcmp0 (identifiers, "0") != 0;
  self->making = self->origin != NULL ? 2 : 0;
  for (const char *hash = anchors; hash != NULL && strlen (hash) >= CC_LINEAGE_DIGITS;
       hash += CC_LINEAGE_DIGITS)
    add_place (self, hash, 0);
  self->inherited = (gint64) self->hashes->len;
  return TRUE;
}

static gboolean
read_acts (CcLineage *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) acts =
      cc_connection_prepare (connection, "SELECT seq, hash, time FROM audit ORDER BY seq", error);
  gboolean has_row = TRUE;

  if (acts == NULL)
    return FALSE;
  while (has_row)
    {
      const char *hash;

      if (!cc_statement_step (acts, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      hash = cc_statement_text (acts, 1);
      self->last = cc_statement_int64 (acts, 0);
      g_free (self->head);
      self->head = g_strdup (hash);
      if (self->last > self->making)
        add_place (self, hash, cc_statement_int64 (acts, 2));
      else
        g_hash_table_insert (self->places, g_strndup (hash, CC_LINEAGE_DIGITS),
                             GUINT_TO_POINTER (self->inherited));
    }
  return TRUE;
}

/* A merge that was taken back brought nothing. */
static gboolean
read_heads (CcLineage *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) merges = NULL;
  gboolean has_row = TRUE;

  merges =
      cc_connection_prepare (connection,
                             "SELECT seq, key FROM audit_change WHERE tbl = '" CC_MERGE_TABLE
                             "' AND after IS NOT NULL AND " CC_CHANGE_INDEXED " ORDER BY seq, n",
                             error);
  if (merges == NULL)
    return FALSE;
  while (has_row)
    {
      gint64 undone_by;
      gint64 seq;

      if (!cc_statement_step (merges, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      seq = cc_statement_int64 (merges, 0);
      if (!cc_history_find_undone_by (connection, seq, &undone_by, error))
        return FALSE;
      if (undone_by == 0)
        g_hash_table_insert (self->heads,
                             g_strndup (cc_statement_text (merges, 1), CC_LINEAGE_DIGITS),
                             g_memdup2 (&seq, sizeof seq));
    }
  return TRUE;
}

CcLineage *
cc_lineage_read (CcConnection *connection, GError **error)
{
  g_autoptr (CcLineage) self = g_new0 (CcLineage, 1);

  self->hashes = g_ptr_array_new ();
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_meta (self, connection, error) || !read_acts (self, connection, error)
      || !read_heads (self, connection, error))
    return NULL;
  if (self->head == NULL)
    self->head = g_strdup ("");
  return g_steal_pointer (&self);
}

gint64
cc_lineage_get_place (CcLineage *self, gint64 seq)
{
  return self->inherited + MAX (seq - self->making, 0);
}

gint64
cc_lineage_find (CcLineage *self, const char *hash)
{
  g_autofree char *digits = g_strndup (hash, CC_LINEAGE_DIGITS);

  return (gint64) GPOINTER_TO_UINT (g_hash_table_lookup (self->places, digits));
}

gint64
cc_lineage_get_time (CcLineage *self, gint64 place)
{
  if (place < 1 || place > (gint64) self->times->len)
    return 0;
  return g_array_index (self->times, gint64, place - 1);
}

gboolean
cc_lineage_knows (CcLineage *self, const char *hash)
{
  g_autofree char *digits = g_strndup (hash, CC_LINEAGE_DIGITS);

  return g_hash_table_contains (self->places, digits)
         || g_hash_table_contains (self->heads, digits);
}

gboolean
cc_lineage_holds (CcLineage *self, CcLineage *other)
{
  /* The acts that made a package said nothing new. */
  const char *last = other->hashes->len > 0
                         ? g_ptr_array_index (other->hashes, other->hashes->len - 1)
                         : other->head;

  if (g_hash_table_contains (self->heads, last))
    return TRUE;
  return g_hash_table_contains (self->places, last)
         && (self->origin == NULL || g_strcmp0 (self->file_id, other->file_id) == 0);
}

gint64
cc_lineage_seen_by (CcLineage *self, CcLineage *other)
{
  const guint    n = MIN (self->hashes->len, other->hashes->len);
  gint64         seen = 0;
  GHashTableIter iter;
  gpointer       head;

  while (seen < n
         && strcmp (g_ptr_array_index (self->hashes, seen), g_ptr_array_index (other->hashes, seen))
                == 0)
    seen++;
  g_hash_table_iter_init (&iter, other->heads);
  while (g_hash_table_iter_next (&iter, &head, NULL))
    seen = MAX (seen, cc_lineage_find (self, head));
  return seen;
}
