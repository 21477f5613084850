/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-learn.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-random.h>
#include <cc/store/cc-kept.h>

#include "cc-link-signoff-private.h"

/* Where bands begin. */
static const double band_starts[CC_LINK_SAMPLE_BANDS] = { 0, 0.2, 0.5, 0.9, 0.99 };

static guint
find_band (double probability)
{
  guint band = 0;

  while (band + 1 < CC_LINK_SAMPLE_BANDS && probability >= band_starts[band + 1])
    band++;
  return band;
}

typedef struct
{
  gint64 a;
  gint64 b;
  guint  band;
} Drawn;

typedef struct
{
  const char      *kind;
  gint64           model;
  guint            n;
  CcRandom         random;
  char            *body;
  char            *hash;
  GArray          *bands[CC_LINK_SAMPLE_BANDS]; /* Drawn: candidates */
  GArray          *drawn;
  CcLinkSampleBand counts[CC_LINK_SAMPLE_BANDS];
} Sampling;

/* The model alone scores: verdicts neither bind nor teach. */
static gboolean
collect_candidates (Sampling     *self,
                    CcCaseFile   *file,
                    CcConnection *reader,
                    const char   *unit,
                    CcProgress   *progress,
                    GError      **error)
{
  g_autoptr (GHashTable) verdicts = cc_link_list_verdicts (reader, self->kind, error);
  g_autoptr (CcLinkTable) table = NULL;
  g_autoptr (CcLinkResult) result = NULL;
  CcLinkParams params;

  if (!verdicts
      || !cc_link_find_model (reader, self->kind, self->model, &self->body, &self->hash, error))
    return FALSE;
  table = cc_link_prepare (file, reader, unit, progress, error);
  if (!table)
    return FALSE;
  cc_link_params_init (&params);
  params.drop = CC_LINK_SAMPLE_FLOOR;
  params.accept = 2;
  params.model = self->body;
  result = cc_link_engine_run (table, &params, progress, error);
  if (!result)
    return FALSE;
  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
      const gint64          a = cc_link_table_get_record_id (table, at->a);
      const gint64          b = cc_link_table_get_record_id (table, at->b);
      Drawn                 pair = { MIN (a, b), MAX (a, b), find_band (at->probability) };
      g_autofree char      *key = cc_link_make_pair_key (a, b);

      if (at->probability < CC_LINK_SAMPLE_FLOOR || g_hash_table_contains (verdicts, key))
        continue;
      g_array_append_val (self->bands[pair.band], pair);
      self->counts[pair.band].pairs++;
    }
  return TRUE;
}

static void
take_one (Sampling *self, guint band)
{
  GArray *from = self->bands[band];
  guint   at = cc_random_below (&self->random, from->len);
  Drawn   pair = g_array_index (from, Drawn, at);

  g_array_remove_index_fast (from, at);
  g_array_append_val (self->drawn, pair);
  self->counts[band].drawn++;
}

/* Round after round one from each band that has any left; then all in an order that says nothing.
 */
static void
draw (Sampling *self)
{
  gboolean any = TRUE;

  self->drawn = g_array_new (FALSE, FALSE, sizeof (Drawn));
  while (any)
    {
      any = FALSE;
      for (guint band = CC_LINK_SAMPLE_BANDS; band-- > 0 && self->drawn->len < self->n;)
        if (self->bands[band]->len > 0)
          {
            take_one (self, band);
            any = TRUE;
          }
    }
  for (guint i = self->drawn->len; i > 1; i--)
    {
      Drawn *pairs = (Drawn *) self->drawn->data;
      guint  other = cc_random_below (&self->random, i);
      Drawn  kept = pairs[i - 1];

      pairs[i - 1] = pairs[other];
      pairs[other] = kept;
    }
}

static gboolean
append_uuid (GString *text, CcStatement *find, gint64 record, GError **error)
{
  gboolean      has_row;
  gsize         size = 0;
  const guint8 *uuid;

  cc_statement_reset (find);
  cc_statement_bind_int64 (find, 1, record);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  uuid = has_row ? cc_statement_blob (find, 0, &size) : NULL;
  if (!uuid || size != 16)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "A record was removed while pairs were drawn. Nothing was kept; draw again.");
      return FALSE;
    }
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "%02x", uuid[i]);
  return TRUE;
}

/* A CcActFunc: numbers of rows differ between copies, so records stand by their UUID. */
static gboolean
keep_sample (CcAct *act, gpointer data, GError **error)
{
  Sampling        *self = data;
  g_autofree char *setting = cc_link_make_sample_key (self->kind);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CcStatement) find =
      cc_connection_prepare (cc_act_get_connection (act), "SELECT uuid FROM record WHERE id = ?1",
                             error);

  if (!find)
    return FALSE;
  g_string_append_printf (text, "[sample]\nmodel=%s\n\n[bands]\n", self->hash);
  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    g_string_append_printf (text, "%u=%u\n", i, self->counts[i].pairs);
  g_string_append (text, "\n[pairs]\n");
  for (guint i = 0; i < self->drawn->len; i++)
    {
      const Drawn *at = &g_array_index (self->drawn, Drawn, i);

      g_string_append_printf (text, "%u=", i);
      if (!append_uuid (text, find, at->a, error))
        return FALSE;
      g_string_append_c (text, ';');
      if (!append_uuid (text, find, at->b, error))
        return FALSE;
      g_string_append_printf (text, ";%u\n", at->band);
    }
  cc_statement_reset (find);
  return cc_act_set_setting (act, setting, text->str, error);
}

gboolean
cc_link_sample_model (CcCaseFile *file,
                      const char *unit,
                      gint64      model,
                      guint       n,
                      guint64     seed,
                      CcProgress *progress,
                      GError    **error)
{
  Sampling      self = { .kind = cc_link_get_kind (file, unit, error), .model = model, .n = n };
  CcConnection *reader = self.kind ? cc_case_file_acquire_reader (file, error) : NULL;
  gboolean      ok;

  if (!reader)
    return FALSE;
  cc_random_init (&self.random, seed);
  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    self.bands[i] = g_array_new (FALSE, FALSE, sizeof (Drawn));
  ok = collect_candidates (&self, file, reader, unit, progress, error);
  cc_case_file_release_reader (file, reader);
  if (ok)
    {
      draw (&self);
      ok = self.drawn->len >= CC_LINK_LEAST_SAMPLE;
      if (!ok)
        g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                     "%u pairs could be drawn of which nobody decided yet. To judge a model takes "
                     "at least %d; nothing was changed.",
                     self.drawn->len, CC_LINK_LEAST_SAMPLE);
    }
  ok = ok
       && cc_case_file_act (file, "sample-model", keep_sample, &self,
                            cc_progress_get_cancellable (progress), error);
  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    g_array_unref (self.bands[i]);
  g_clear_pointer (&self.drawn, g_array_unref);
  g_free (self.body);
  g_free (self.hash);
  return ok;
}
