/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-similar.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-names.h>

#include <string.h>

/* Fewer letters or digits are no number of a document. */
#define DOCUMENT_LEAST 4

/* Cancelling is looked at once in so many names. */
#define CHECK_EVERY 4096

typedef struct
{
  const CcLinkProbe *probe;
  CcPack            *pack;
  GHashTable        *skeletons; /* of the probe's names -> bit + 1 */
  GHashTable        *documents; /* folded */
  GHashTable        *seen;      /* folded name -> bits of the probe's names it shares */
  GPtrArray         *found;
  gint64             record; /* being read */
  gint64             entity;
  guint64            bits;
  gboolean           document;
} Look;

CcLinkProbe *
cc_link_probe_new (const CcUnit *unit)
{
  CcLinkProbe *self = g_new0 (CcLinkProbe, 1);

  self->unit = unit;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->documents = g_ptr_array_new_with_free_func (g_free);
  self->birth = CC_INTERVAL_UNKNOWN;
  return self;
}

void
cc_link_probe_free (CcLinkProbe *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->documents);
  g_free (self);
}

/* A name's skeleton, or the word itself where nothing is left of it. */
static char *
get_skeleton (CcPack *pack, const char *token)
{
  char *skeleton = cc_names_skeleton (pack, token);

  if (skeleton != NULL && *skeleton != '\0')
    return skeleton;
  g_free (skeleton);
  return g_strdup (token);
}

static void
prepare (Look *self)
{
  for (guint i = 0; i < self->probe->names->len; i++)
    {
      g_auto (GStrv) tokens = cc_names_tokenise (self->pack, self->probe->names->pdata[i]);

      for (guint j = 0; tokens != NULL && tokens[j] != NULL; j++)
        {
          char *skeleton = get_skeleton (self->pack, tokens[j]);

          if (g_hash_table_contains (self->skeletons, skeleton)
              || g_hash_table_size (self->skeletons) >= 60)
            g_free (skeleton);
          else
            g_hash_table_insert (self->skeletons, skeleton,
                                 GUINT_TO_POINTER (g_hash_table_size (self->skeletons) + 1));
        }
    }
  for (guint i = 0; i < self->probe->documents->len; i++)
    {
      char *folded = cc_text_fold (self->probe->documents->pdata[i]);

      if (strlen (folded) >= DOCUMENT_LEAST)
        g_hash_table_add (self->documents, folded);
      else
        g_free (folded);
    }
}

/* Most names occur many times: each is taken apart once. */
static guint64
share_bits (Look *self, const char *name, const char *folded)
{
  guint64 *known = g_hash_table_lookup (self->seen, folded);
  guint64  bits = 0;
  g_auto (GStrv) tokens = NULL;

  if (known != NULL)
    return *known;
  tokens = cc_names_tokenise (self->pack, name);
  for (guint i = 0; tokens != NULL && tokens[i] != NULL; i++)
    {
      g_autofree char *skeleton = get_skeleton (self->pack, tokens[i]);
      const guint      bit = GPOINTER_TO_UINT (g_hash_table_lookup (self->skeletons, skeleton));

      if (bit > 0)
        bits |= (guint64) 1 << (bit - 1);
    }
  g_hash_table_insert (self->seen, g_strdup (folded), g_memdup2 (&bits, sizeof bits));
  return bits;
}

static guint
count_bits (guint64 bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

/* The person that was read is one to show where a document, or two names, are the same. */
static void
close_record (Look *self)
{
  const guint n = count_bits (self->bits);

  if (self->record != 0 && self->record != self->probe->except && (self->document || n >= 2))
    {
      CcLinkSimilar *similar = g_new0 (CcLinkSimilar, 1);

      similar->record = self->record;
      similar->entity = self->entity;
      similar->n_names = n;
      similar->document = self->document;
      g_ptr_array_add (self->found, similar);
    }
  self->bits = 0;
  self->document = FALSE;
}

static gboolean
read_names (Look *self, CcConnection *connection, GCancellable *cancellable, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT i.record, i.kind, i.value, i.norm, r.entity"
                                " FROM identifier i JOIN record r ON r.id = i.record"
                                " WHERE r.unit = ?1 AND r.state = 0 AND i.kind IN ('family',"
                                " 'given', 'full_name', 'alias', 'document_no')"
                                " ORDER BY i.record",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_text (rows, 1, self->probe->unit->abbr);
  for (guint n = 0; has_row; n++)
    {
      const char *kind, *value, *norm;

      if (n % CHECK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row || cc_statement_int64 (rows, 0) != self->record)
        close_record (self);
      if (!has_row)
        break;
      self->record = cc_statement_int64 (rows, 0);
      self->entity = cc_statement_int64 (rows, 4);
      kind = cc_statement_text (rows, 1);
      value = cc_statement_text (rows, 2);
      norm = cc_statement_text (rows, 3);
      if (value == NULL || norm == NULL)
        continue;
      if (strcmp (kind, "document_no") == 0)
        self->document = self->document || g_hash_table_contains (self->documents, norm);
      else
        self->bits |= share_bits (self, value, norm);
    }
  return TRUE;
}

/* Dates of birth fit where their possible days meet, give or take a year. */
static gboolean
read_birth (CcCaseFile        *file,
            CcConnection      *connection,
            const CcLinkProbe *probe,
            CcLinkSimilar     *similar,
            gboolean          *contradicts,
            GError           **error)
{
  const CcVariable *variable =
      cc_pack_find_unit_variable (cc_case_file_get_pack (file), probe->unit->name, "birth_date");
  const gint64     id = variable != NULL ? cc_case_file_variable_id (file, variable) : 0;
  g_autofree char *sql = NULL;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  *contradicts = FALSE;
  if (id == 0 || !cc_interval_is_known (probe->birth))
    return TRUE;
  sql = g_strdup_printf ("SELECT v%" G_GINT64_FORMAT "_first, v%" G_GINT64_FORMAT
                         "_last FROM \"%s\" WHERE record = ?1",
                         id, id, probe->unit->name);
  find = cc_connection_prepare (connection, sql, error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, similar->record);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row || cc_statement_is_null (find, 0) || cc_statement_is_null (find, 1))
    return TRUE;
  similar->birth = cc_statement_int64 (find, 0) <= (gint64) probe->birth.last + 366
                   && cc_statement_int64 (find, 1) >= (gint64) probe->birth.first - 366;
  *contradicts = !similar->birth;
  return TRUE;
}

static int
compare_similar (gconstpointer a, gconstpointer b)
{
  const CcLinkSimilar *x = *(const CcLinkSimilar *const *) a;
  const CcLinkSimilar *y = *(const CcLinkSimilar *const *) b;

  if (x->document != y->document)
    return x->document ? -1 : 1;
  if (x->birth != y->birth)
    return x->birth ? -1 : 1;
  if (x->n_names != y->n_names)
    return x->n_names > y->n_names ? -1 : 1;
  return x->record < y->record ? -1 : x->record > y->record;
}

/* Names alone, with a date of birth that speaks against it, are another person. */
static gboolean
weigh (Look *self, CcCaseFile *file, CcConnection *connection, GError **error)
{
  for (guint i = self->found->len; i > 0; i--)
    {
      CcLinkSimilar *similar = self->found->pdata[i - 1];
      gboolean       contradicts;

      if (!read_birth (file, connection, self->probe, similar, &contradicts, error))
        return FALSE;
      if (contradicts && !similar->document)
        g_ptr_array_remove_index (self->found, i - 1);
    }
  return TRUE;
}

GPtrArray *
cc_link_find_similar (CcCaseFile        *file,
                      CcConnection      *connection,
                      const CcLinkProbe *probe,
                      guint              most,
                      GCancellable      *cancellable,
                      GError           **error)
{
  g_autoptr (GHashTable) skeletons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  Look self = { .probe = probe, .skeletons = skeletons, .documents = documents, .seen = seen };

  g_return_val_if_fail (file != NULL && connection != NULL && probe != NULL, NULL);
  self.pack = cc_case_file_get_pack (file);
  self.found = found;
  prepare (&self);
  if (g_hash_table_size (skeletons) < 2 && g_hash_table_size (documents) == 0)
    return g_steal_pointer (&found);
  if (!read_names (&self, connection, cancellable, error)
      || !weigh (&self, file, connection, error))
    return NULL;
  g_ptr_array_sort (found, compare_similar);
  if (found->len > most)
    g_ptr_array_set_size (found, (int) most);
  return g_steal_pointer (&found);
}
