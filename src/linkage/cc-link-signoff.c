/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-learn.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-key-file.h>
#include <cc/store/cc-kept.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cc-link-signoff-private.h"

/* The model calls a pair one from this band on. */
#define FIRST_CALLED_ONE 2

char *
cc_link_make_sample_key (const char *kind)
{
  return g_strconcat ("link-sample-", kind, NULL);
}

char *
cc_link_make_signature_key (const char *kind, const char *hash)
{
  return g_strdup_printf ("link-signed-%s-%.16s", kind, hash);
}

char *
cc_link_make_pair_key (gint64 a, gint64 b)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, MIN (a, b), MAX (a, b));
}

GHashTable *
cc_link_list_verdicts (CcConnection *connection, const char *kind, GError **error)
{
  g_autoptr (GPtrArray) decisions = cc_store_list_decisions (connection, kind, error);
  GHashTable *verdicts;

  if (!decisions)
    return NULL;
  verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                    (GDestroyNotify) cc_pair_decision_free);
  for (guint i = 0; i < decisions->len; i++)
    {
      CcPairDecision *at = decisions->pdata[i];

      if (strcmp (at->source, "accept-level") == 0)
        continue;
      decisions->pdata[i] = NULL;
      g_hash_table_insert (verdicts, cc_link_make_pair_key (at->a, at->b), at);
    }
  return verdicts;
}

/* ---- what people said of it ---- */

typedef struct
{
  char            *hash; /* of the model */
  CcLinkSampleBand counts[CC_LINK_SAMPLE_BANDS];
  GPtrArray       *items; /* CcLinkSampleItem */
} Sample;

static void
sample_clear (Sample *self)
{
  g_clear_pointer (&self->hash, g_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

static gboolean
read_uuid (const char *text, guint8 uuid[16])
{
  for (guint i = 0; i < 16; i++)
    {
      const int high = g_ascii_xdigit_value (text[2 * i]);
      const int low = high < 0 ? -1 : g_ascii_xdigit_value (text[2 * i + 1]);

      if (low < 0)
        return FALSE;
      uuid[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

static gint64
find_record (CcStatement *find, const guint8 uuid[16], GError **error)
{
  gboolean has_row;
  gint64   id;

  cc_statement_reset (find);
  cc_statement_bind_blob (find, 1, uuid, 16);
  if (!cc_statement_step (find, &has_row, error))
    return -1;
  id = has_row ? cc_statement_int64 (find, 0) : 0;
  cc_statement_reset (find);
  return id;
}

/* What stands in force about the pair. */
static gboolean
judge_item (CcLinkSampleItem *item, CcStatement *find, GHashTable *verdicts, GError **error)
{
  const gint64          a = find_record (find, item->uuid_a, error);
  const gint64          b = a < 0 ? -1 : find_record (find, item->uuid_b, error);
  g_autofree char      *key = cc_link_make_pair_key (a, b);
  const CcPairDecision *said = g_hash_table_lookup (verdicts, key);

  item->gone = a == 0 || b == 0;
  item->is_open = !item->gone && (!said || said->stale);
  item->verdict = said && !said->stale ? said->verdict : CC_VERDICT_UNDECIDED;
  return a >= 0 && b >= 0;
}

static void
count_item (Sample *self, const CcLinkSampleItem *item)
{
  CcLinkSampleBand *band = &self->counts[item->band];

  band->drawn++;
  if (item->is_open)
    return;
  if (item->gone || item->verdict == CC_VERDICT_UNDECIDED)
    band->undecided++;
  else if (item->verdict == CC_VERDICT_SAME)
    band->same++;
  else
    band->different++;
}

static gboolean
refuse_sample (GError **error)
{
  g_set_error_literal (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "The sample of pairs that was kept cannot be read. Nothing was changed; "
                       "draw another.");
  return FALSE;
}

static gboolean
read_items (Sample *self, CcKeyFile *text, CcStatement *find, GHashTable *verdicts, GError **error)
{
  for (guint i = 0; i < cc_key_file_get_n_keys (text, "pairs"); i++)
    {
      const char *value = cc_key_file_get (text, "pairs", cc_key_file_get_key (text, "pairs", i));
      CcLinkSampleItem *item = g_new0 (CcLinkSampleItem, 1);

      g_ptr_array_add (self->items, item);
      if (strlen (value) != 67 || !read_uuid (value, item->uuid_a)
          || !read_uuid (value + 33, item->uuid_b) || value[66] < '0'
          || value[66] >= '0' + CC_LINK_SAMPLE_BANDS)
        return refuse_sample (error);
      item->band = (guint) (value[66] - '0');
      if (!judge_item (item, find, verdicts, error))
        return FALSE;
      count_item (self, item);
    }
  return TRUE;
}

static gboolean
read_sample (Sample *self, CcConnection *connection, const char *kind, GError **error)
{
  g_autofree char *setting = cc_link_make_sample_key (kind);
  GError          *problem = NULL;
  g_autofree char *kept = cc_store_get_setting (connection, setting, &problem);
  g_autoptr (CcKeyFile) text = NULL;
  g_autoptr (GHashTable) verdicts = NULL;
  g_autoptr (CcStatement) find = NULL;

  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (!kept)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                           "No pairs were drawn to judge a model by. Draw a sample first.");
      return FALSE;
    }
  text = cc_key_file_load_text ("link-sample", kept, NULL);
  self->hash = text ? g_strdup (cc_key_file_get (text, "sample", "model")) : NULL;
  if (!self->hash)
    return refuse_sample (error);
  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      self->counts[i].pairs = (guint) MAX (cc_key_file_get_int (text, "bands", key, 0), 0);
    }
  self->items = g_ptr_array_new_with_free_func (g_free);
  verdicts = cc_link_list_verdicts (connection, kind, error);
  find = verdicts
             ? cc_connection_prepare (connection, "SELECT id FROM record WHERE uuid = ?1", error)
             : NULL;
  return find && read_items (self, text, find, verdicts, error);
}

/* The number of the model that bears the hash, 0 where none does, -1 with an error. */
static gint64
find_number (CcConnection *connection, const char *kind, const char *hash, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT id, body FROM link_model WHERE kind = ?1 ORDER BY id", error);
  gboolean has_row = TRUE;

  if (!rows)
    return -1;
  cc_statement_bind_text (rows, 1, kind);
  while (has_row)
    {
      g_autofree char *at = NULL;

      if (!cc_statement_step (rows, &has_row, error))
        return -1;
      at = has_row
               ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, cc_statement_text (rows, 1), -1)
               : NULL;
      if (g_strcmp0 (at, hash) == 0)
        return cc_statement_int64 (rows, 0);
    }
  return 0;
}

GPtrArray *
cc_link_list_sample (CcCaseFile *file, const char *unit, gint64 *model, GError **error)
{
  const char   *kind = cc_link_get_kind (file, unit, error);
  CcConnection *reader = kind ? cc_case_file_acquire_reader (file, error) : NULL;
  g_auto (Sample) sample = { 0 };
  gboolean ok;

  *model = -1;
  if (!reader)
    return NULL;
  ok = read_sample (&sample, reader, kind, error);
  if (ok)
    *model = find_number (reader, kind, sample.hash, error);
  cc_case_file_release_reader (file, reader);
  return ok && *model >= 0 ? g_steal_pointer (&sample.items) : NULL;
}

/* ---- signing ---- */

/* Wilson's interval for a share, at 95 %; nothing asked is nothing known. */
static void
bound_share (guint same, guint n, double *low, double *high)
{
  const double z = 1.959964;
  const double share = same / (double) MAX (n, 1);
  double       middle, half;

  *low = 0;
  *high = 1;
  if (n == 0)
    return;
  middle = (share + z * z / (2.0 * n)) / (1 + z * z / n);
  half = z * sqrt (share * (1 - share) / n + z * z / (4.0 * n * n)) / (1 + z * z / n);
  *low = MAX (middle - half, 0);
  *high = MIN (middle + half, 1);
}

static void
estimate (CcLinkSignature *self)
{
  double pairs = 0, one = 0, one_of_all = 0;

  self->low = self->high = 0;
  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    {
      const CcLinkSampleBand *band = &self->bands[i];
      const guint             n = band->same + band->different;
      const double            share = n > 0 ? band->same / (double) n : 0;
      double                  low, high;

      bound_share (band->same, n, &low, &high);
      one_of_all += share * band->pairs;
      if (i < FIRST_CALLED_ONE)
        continue;
      pairs += band->pairs;
      one += share * band->pairs;
      self->low += low * band->pairs;
      self->high += high * band->pairs;
    }
  self->precision = pairs > 0 ? one / pairs : 0;
  self->low = pairs > 0 ? self->low / pairs : 0;
  self->high = pairs > 0 ? self->high / pairs : 1;
  self->found = one_of_all > 0 ? one / one_of_all : 0;
}

/* The counts are kept; shares follow from them. */
static char *
signature_to_text (const CcLinkSignature *self)
{
  GString *text = g_string_new ("[signed]\n");

  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    {
      const CcLinkSampleBand *at = &self->bands[i];

      g_string_append_printf (text, "band%u=%u;%u;%u;%u;%u\n", i, at->pairs, at->drawn, at->same,
                              at->different, at->undecided);
    }
  return g_string_free (text, FALSE);
}

gboolean
cc_link_signature_from_text (CcLinkSignature *self, const char *text)
{
  g_autoptr (CcKeyFile) file = cc_key_file_load_text ("link-signed", text, NULL);

  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    {
      CcLinkSampleBand *at = &self->bands[i];
      g_autofree char  *key = g_strdup_printf ("band%u", i);
      const char       *value = file ? cc_key_file_get (file, "signed", key) : NULL;

      if (!value
          || sscanf (value, "%9u;%9u;%9u;%9u;%9u", &at->pairs, &at->drawn, &at->same,
                     &at->different, &at->undecided)
                 != 5)
        return FALSE;
    }
  estimate (self);
  return TRUE;
}

typedef struct
{
  const char      *kind;
  gint64           model;
  CcLinkSignature *signature;
} Signing;

/* A CcActFunc. */
static gboolean
sign (CcAct *act, gpointer data, GError **error)
{
  Signing      *self = data;
  CcConnection *connection = cc_act_get_connection (act);
  g_auto (Sample) sample = { 0 };
  g_autofree char *body = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *setting = NULL;
  g_autofree char *text = NULL;
  guint            n_open = 0;

  if (!cc_link_find_model (connection, self->kind, self->model, &body, &hash, error)
      || !read_sample (&sample, connection, self->kind, error))
    return FALSE;
  if (strcmp (sample.hash, hash) != 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "The pairs that were drawn last are of another model than %" G_GINT64_FORMAT
                   ". Draw a sample of this one; nothing was changed.",
                   self->model);
      return FALSE;
    }
  for (guint i = 0; i < sample.items->len; i++)
    n_open += ((CcLinkSampleItem *) sample.items->pdata[i])->is_open;
  if (n_open > 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   "%u of the %u pairs that were drawn wait for somebody to look at them. Nothing "
                   "was changed; sign the model when all are decided.",
                   n_open, sample.items->len);
      return FALSE;
    }
  memcpy (self->signature->bands, sample.counts, sizeof sample.counts);
  estimate (self->signature);
  setting = cc_link_make_signature_key (self->kind, hash);
  text = signature_to_text (self->signature);
  return cc_act_set_setting (act, setting, text, error);
}

gboolean
cc_link_sign_model (CcCaseFile      *file,
                    const char      *unit,
                    gint64           model,
                    CcLinkSignature *signature,
                    GCancellable    *cancellable,
                    GError         **error)
{
  Signing signing = { cc_link_get_kind (file, unit, error), model, signature };

  memset (signature, 0, sizeof *signature);
  return signing.kind && cc_case_file_act (file, "sign-model", sign, &signing, cancellable, error);
}
