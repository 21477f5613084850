/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-learn.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-key-file.h>
#include <cc/store/cc-kept.h>

#include <math.h>
#include <string.h>

#include "cc-link-engine-private.h"
#include "cc-link-limit-private.h"
#include "cc-link-outcome-private.h"

/* Halves of the verdicts: each is judged by what the other taught. */
#define FOLDS 2

typedef struct
{
  const char  *kind;
  CcLinkTable *table;
  CcLinkParams params;
  CcProgress  *progress;
  GArray      *labels; /* CcLinkVerdict */
  char        *model;  /* the accepted one, NULL where none is */
} Learn;

/* Which model runs use, by the hash of its text: numbers of rows differ between copies. */
static char *
make_setting (const char *kind)
{
  return g_strconcat ("link-model-", kind, NULL);
}

static char *
hash_model (const char *body)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
}

static CcStatement *
select_models (CcConnection *connection, const char *kind, GError **error)
{
  CcStatement *rows =
      cc_connection_prepare (connection,
                             "SELECT id, body FROM link_model WHERE kind = ?1 ORDER BY id", error);

  if (rows)
    cc_statement_bind_text (rows, 1, kind);
  return rows;
}

gboolean
cc_link_read_accepted (CcConnection *connection, const char *kind, char **model, GError **error)
{
  g_autofree char *setting = make_setting (kind);
  g_autofree char *wanted = NULL;
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;
  GError  *problem = NULL;

  *model = NULL;
  wanted = cc_store_get_setting (connection, setting, &problem);
  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (!wanted || *wanted == '\0')
    return TRUE;
  rows = select_models (connection, kind, error);
  while (rows && has_row)
    {
      g_autofree char *hash = NULL;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      hash = has_row ? hash_model (cc_statement_text (rows, 1)) : NULL;
      if (g_strcmp0 (hash, wanted) == 0)
        {
          *model = g_strdup (cc_statement_text (rows, 1));
          return TRUE;
        }
    }
  if (rows)
    g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                         "The model that was accepted is not in the case file any more. Accept "
                         "another, or none; nothing was changed.");
  return FALSE;
}

gboolean
cc_link_find_model (CcConnection *connection,
                    const char   *kind,
                    gint64        model,
                    char        **body,
                    char        **hash,
                    GError      **error)
{
  g_autoptr (CcStatement) rows = select_models (connection, kind, error);
  gboolean has_row = TRUE;

  while (rows && has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row || cc_statement_int64 (rows, 0) != model)
        continue;
      *body = g_strdup (cc_statement_text (rows, 1));
      *hash = hash_model (*body);
      return TRUE;
    }
  if (rows)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 "There is no model %" G_GINT64_FORMAT
                 " of this kind of record. Nothing was changed.",
                 model);
  return FALSE;
}

/* ---- how well probabilities fit verdicts ---- */

static void
add_verdict (CcLinkFit *fit, gint32 weight, gboolean same)
{
  const double p = CLAMP (cc_link_weight_to_probability (weight), 1e-9, 1 - 1e-9);
  const guint  band = MIN ((guint) (p * CC_LINK_BANDS), CC_LINK_BANDS - 1);

  fit->n++;
  fit->agreement += (p >= 0.5) == same;
  fit->log_loss -= log2 (same ? p : 1 - p);
  fit->bands[band].n++;
  fit->bands[band].stated += p;
  fit->bands[band].same += same;
}

static void
finish_fit (CcLinkFit *fit)
{
  const double n = MAX (fit->n, 1u);

  fit->agreement /= n;
  fit->log_loss /= n;
  for (guint i = 0; i < CC_LINK_BANDS; i++)
    if (fit->bands[i].n > 0)
      {
        fit->bands[i].stated /= fit->bands[i].n;
        fit->bands[i].same /= fit->bands[i].n;
        fit->calibration_error +=
            fabs (fit->bands[i].stated - fit->bands[i].same) * fit->bands[i].n / n;
      }
}

/* Learns from all labels but those of one fold (none where fold is FOLDS), and judges those. */
static CcLinkLearnt *
learn_fold (Learn *self, guint fold, gboolean from_labels, CcLinkFit *fit, GError **error)
{
  g_autoptr (GArray) taught = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  CcLinkParams  params = self->params;
  CcLinkLearnt *learnt;

  for (guint i = 0; from_labels && i < self->labels->len; i++)
    if (i % FOLDS != fold)
      g_array_append_val (taught, g_array_index (self->labels, CcLinkVerdict, i));
  params.verdicts = (const CcLinkVerdict *) taught->data;
  params.n_verdicts = taught->len;
  params.learn = from_labels;
  params.model = from_labels ? NULL : self->model;
  learnt = cc_link_engine_learn (self->table, &params, self->progress, error);
  for (guint i = 0; learnt && fit && i < self->labels->len; i++)
    if (!from_labels || i % FOLDS == fold)
      {
        const CcLinkVerdict *at = &g_array_index (self->labels, CcLinkVerdict, i);
        const guint32        a = self->table->row_at[at->a];
        const guint32        b = self->table->row_at[at->b];
        CcLinkPattern        pattern = cc_link_compare (self->table, learnt->frequencies,
                                                        cc_link_table_row (self->table, MIN (a, b)),
                                                        cc_link_table_row (self->table, MAX (a, b)));

        add_verdict (fit, cc_link_judge (&learnt->model, pattern), at->same);
      }
  return learnt;
}

/* ---- what is kept ---- */

typedef struct
{
  const char     *kind;
  const char     *body;
  CcLinkLearning *learning;
} Keep;

static gboolean
keep_model (CcAct *act, gpointer data, GError **error)
{
  Keep *self = data;

  self->learning->model =
      cc_act_add_link_model (act, self->kind, CC_LINK_MODEL_VERSION, self->body, error);
  return self->learning->model != 0;
}

static void
append_figure (GString *text, const char *key, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "%s=%s\n", key,
                          g_ascii_formatd (buffer, sizeof buffer, "%.4f", value));
}

static char *
describe_model (Learn *self, const CcLinkLearnt *learnt, const CcLinkLearning *learning)
{
  g_autofree char *model = cc_link_model_to_text (&learnt->model, self->table);
  GString         *text = g_string_new (model);

  g_string_append_printf (text, "\n[learnt]\nlabels=%u\nsame=%u\n", learning->labels,
                          learning->same);
  append_figure (text, "log-loss-before", learning->before.log_loss);
  append_figure (text, "log-loss-after", learning->after.log_loss);
  append_figure (text, "calibration-error-before", learning->before.calibration_error);
  append_figure (text, "calibration-error-after", learning->after.calibration_error);
  return g_string_free (text, FALSE);
}

static char *
learn_all (Learn *self, CcLinkLearning *learning, GError **error)
{
  CcLinkLearnt *learnt = learn_fold (self, 0, FALSE, &learning->before, error);

  if (!learnt)
    return NULL;
  learning->matches_before = learnt->model.matches;
  cc_link_learnt_free (learnt);
  for (guint fold = 0; fold < FOLDS; fold++)
    {
      learnt = learn_fold (self, fold, TRUE, &learning->after, error);
      if (!learnt)
        return NULL;
      cc_link_learnt_free (learnt);
    }
  finish_fit (&learning->before);
  finish_fit (&learning->after);
  learning->better = learning->after.log_loss < learning->before.log_loss;
  learnt = learn_fold (self, FOLDS, TRUE, NULL, error);
  if (learnt)
    {
      char *body;

      learning->matches_after = learnt->model.matches;
      body = describe_model (self, learnt, learning);
      cc_link_learnt_free (learnt);
      return body;
    }
  return NULL;
}

static gboolean
read_labels (Learn *self, CcConnection *connection, CcLinkLearning *learning, GError **error)
{
  if (!cc_link_take_verdicts (connection, self->table, self->kind, self->labels, error)
      || !cc_link_read_accepted (connection, self->kind, &self->model, error))
    return FALSE;
  learning->labels = self->labels->len;
  for (guint i = 0; i < self->labels->len; i++)
    learning->same += g_array_index (self->labels, CcLinkVerdict, i).same;
  if (learning->labels >= CC_LINK_LEAST_LABELS && learning->same > 0
      && learning->same < learning->labels)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
               "%u pairs were decided, %u of them as the same. To learn from takes at least %u, "
               "and "
               "some of either kind; nothing was changed.",
               learning->labels, learning->same, (guint) CC_LINK_LEAST_LABELS);
  return FALSE;
}

gboolean
cc_link_learn (CcCaseFile     *file,
               const char     *unit,
               guint64         seed,
               CcProgress     *progress,
               CcLinkLearning *learning,
               GError        **error)
{
  Learn            self = { .kind = cc_link_get_kind (file, unit, error), .progress = progress };
  CcConnection    *reader;
  g_autofree char *body = NULL;
  Keep             keep = { self.kind, NULL, learning };

  memset (learning, 0, sizeof *learning);
  reader = self.kind ? cc_case_file_acquire_reader (file, error) : NULL;
  if (!reader)
    return FALSE;
  cc_link_params_init (&self.params);
  self.params.seed = seed;
  self.labels = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  self.table = cc_link_prepare (file, reader, unit, progress, error);
  if (self.table && read_labels (&self, reader, learning, error))
    body = learn_all (&self, learning, error);
  cc_case_file_release_reader (file, reader);
  g_array_unref (self.labels);
  g_free (self.model);
  cc_link_table_free (self.table);
  keep.body = body;
  return body != NULL
         && cc_case_file_act (file, "learn-model", keep_model, &keep,
                              cc_progress_get_cancellable (progress), error);
}

/* ---- what was kept ---- */

void
cc_link_stored_model_free (CcLinkStoredModel *self)
{
  if (!self)
    return;
  g_free (self->user);
  g_free (self->signature.user);
  g_free (self);
}

static void
free_model (gpointer data)
{
  cc_link_stored_model_free (data);
}

/* Who set a setting to this last, and when. */
static gboolean
find_author (CcConnection *connection,
             const char   *setting,
             const char   *value,
             gint64       *time,
             char        **user,
             GError      **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection,
                             "SELECT a.time, a.user FROM audit_change c JOIN audit a ON a.seq = "
                             "c.seq WHERE c.tbl = 'setting' AND c.key = ?1 AND c.after = ?2"
                             " ORDER BY c.seq DESC LIMIT 1",
                             error);
  gboolean has_row;

  if (!find)
    return FALSE;
  cc_statement_bind_text (find, 1, setting);
  cc_statement_bind_text (find, 2, value);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *time = cc_statement_int64 (find, 0);
      g_free (*user);
      *user = g_strdup (cc_statement_text (find, 1));
    }
  return TRUE;
}

/* What people said of the pairs of its sample, and who signed that. */
static gboolean
read_signature (CcConnection      *connection,
                const char        *kind,
                const char        *hash,
                CcLinkStoredModel *model,
                GError           **error)
{
  g_autofree char *setting = cc_link_make_signature_key (kind, hash);
  GError          *problem = NULL;
  g_autofree char *text = cc_store_get_setting (connection, setting, &problem);

  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  model->is_signed = text != NULL && cc_link_signature_from_text (&model->signature, text);
  return !model->is_signed
         || find_author (connection, setting, text, &model->signature.time, &model->signature.user,
                         error);
}

static CcLinkStoredModel *
read_model (CcStatement *row)
{
  g_autoptr (CcKeyFile) body =
      cc_key_file_load_text ("link_model", cc_statement_text (row, 1), NULL);
  CcLinkStoredModel *model;

  if (!body || !cc_key_file_has_group (body, "learnt"))
    return NULL;
  model = g_new0 (CcLinkStoredModel, 1);
  model->id = cc_statement_int64 (row, 0);
  model->labels = (guint) MAX (cc_key_file_get_int (body, "learnt", "labels", 0), 0);
  model->same = (guint) MAX (cc_key_file_get_int (body, "learnt", "same", 0), 0);
  model->user = g_strdup ("");
  model->signature.user = g_strdup ("");
  return model;
}

static GPtrArray *
list_models (CcConnection *connection, const char *kind, GError **error)
{
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (free_model);
  g_autoptr (CcStatement) rows = select_models (connection, kind, error);
  g_autofree char *setting = make_setting (kind);
  g_autofree char *accepted = rows ? cc_store_get_setting (connection, setting, NULL) : NULL;
  gboolean         has_row = TRUE;

  if (!rows)
    return NULL;
  while (has_row)
    {
      CcLinkStoredModel *model;
      g_autofree char   *hash = NULL;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      model = has_row ? read_model (rows) : NULL;
      if (!model)
        continue;
      g_ptr_array_add (models, model);
      hash = hash_model (cc_statement_text (rows, 1));
      model->accepted = g_strcmp0 (hash, accepted) == 0;
      if (!read_signature (connection, kind, hash, model, error)
          || (model->accepted
              && !find_author (connection, setting, hash, &model->time, &model->user, error)))
        return NULL;
    }
  return g_steal_pointer (&models);
}

GPtrArray *
cc_link_list_models (CcCaseFile *file, const char *unit, GError **error)
{
  const char   *kind = cc_link_get_kind (file, unit, error);
  CcConnection *reader = kind ? cc_case_file_acquire_reader (file, error) : NULL;
  GPtrArray    *models;

  if (!reader)
    return NULL;
  models = list_models (reader, kind, error);
  cc_case_file_release_reader (file, reader);
  return models;
}

typedef struct
{
  const char *kind;
  gint64      model;
} Acceptance;

static gboolean
accept_model (CcAct *act, gpointer data, GError **error)
{
  Acceptance      *self = data;
  g_autofree char *setting = make_setting (self->kind);
  g_autofree char *hash = NULL;
  g_autofree char *body = NULL;

  if (self->model == 0)
    return cc_act_set_setting (act, setting, NULL, error);
  return cc_link_find_model (cc_act_get_connection (act), self->kind, self->model, &body, &hash,
                             error)
         && cc_act_set_setting (act, setting, hash, error);
}

gboolean
cc_link_accept_model (CcCaseFile   *file,
                      const char   *unit,
                      gint64        model,
                      GCancellable *cancellable,
                      GError      **error)
{
  Acceptance acceptance = { cc_link_get_kind (file, unit, error), model };

  return acceptance.kind
         && cc_case_file_act (file, "accept-model", accept_model, &acceptance, cancellable, error);
}
