/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-data.h"

#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-history.h>

static gboolean
read_agencies (CcSession *session, CcReviewLoad *load, GError **error)
{
  g_autoptr (GPtrArray) entities = cc_entity_list (cc_session_get_file (session), error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (entities == NULL)
    return FALSE;
  for (guint i = 0; i < entities->len; i++)
    {
      const CcEntity *entity = entities->pdata[i];

      g_array_append_val (load->agency_ids, entity->id);
      g_ptr_array_add (names, g_strdup (entity->name));
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_set_free_func (names, NULL);
  load->agency_names = (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

CcReviewWish *
cc_review_wish_new (const char *kind)
{
  CcReviewWish *wish = g_new0 (CcReviewWish, 1);

  g_strlcpy (wish->kind, kind, sizeof wish->kind);
  wish->acts = g_array_new (FALSE, FALSE, sizeof (gint64));
  return wish;
}

void
cc_review_wish_free (gpointer data)
{
  CcReviewWish *wish = data;

  g_array_unref (wish->acts);
  g_free (wish);
}

/* Whoever took them back: this page, Ctrl+Z, the button of a toast or the history. */
static gboolean
read_undone (CcConnection *connection, const CcReviewWish *wish, CcReviewLoad *load, GError **error)
{
  for (guint i = 0; i < wish->acts->len; i++)
    {
      const gint64 seq = g_array_index (wish->acts, gint64, i);
      g_autoptr (CcHistoryAct) act = cc_history_get (connection, seq, error);

      if (act == NULL)
        return FALSE;
      if (act->undone_by != 0)
        g_array_append_val (load->undone, seq);
    }
  return TRUE;
}

gpointer
cc_review_load_read (CcSession    *session,
                     CcConnection *connection,
                     gpointer      data,
                     GCancellable *cancellable,
                     GError      **error)
{
  const CcReviewWish *wish = data;
  CcReviewLoad       *load = g_new0 (CcReviewLoad, 1);

  g_strlcpy (load->kind, wish->kind, sizeof load->kind);
  load->undone = g_array_new (FALSE, FALSE, sizeof (gint64));
  load->agency_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (cc_review_read_state (connection, load->kind, &load->state, error)
      && read_agencies (session, load, error) && read_undone (connection, wish, load, error))
    {
      if (load->state.n_runs == 0)
        return load;
      load->queue = cc_review_read_queue (connection, load->kind, error);
      if (load->queue != NULL)
        return load;
    }
  cc_review_load_free (load);
  return NULL;
}

void
cc_review_load_free (gpointer data)
{
  CcReviewLoad *load = data;

  if (load == NULL)
    return;
  cc_review_queue_free (load->queue);
  g_array_unref (load->agency_ids);
  g_array_unref (load->undone);
  g_strfreev (load->agency_names);
  g_free (load);
}

gpointer
cc_review_shown_read (CcSession    *session,
                      CcConnection *connection,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error)
{
  const CcReviewItem *item = data;
  CcCaseFile         *file = cc_session_get_file (session);
  CcReviewCase       *records =
      cc_review_read_case (file, connection, item->records, item->n_records, error);
  CcCompareSource sources[CC_REVIEW_MOST_RECORDS];
  CcReviewShown  *shown;

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->records->len; i++)
    sources[i] = ((CcReviewRecord *) records->records->pdata[i])->source;
  shown = g_new0 (CcReviewShown, 1);
  shown->proposal = item->proposal;
  shown->records = records;
  shown->rows =
      cc_record_compare (cc_case_file_get_pack (file), cc_session_get_texts (session),
                         cc_session_get_language (session), sources, records->records->len);
  return shown;
}

void
cc_review_shown_free (gpointer data)
{
  CcReviewShown *shown = data;

  if (shown == NULL)
    return;
  cc_review_case_free (shown->records);
  g_ptr_array_unref (shown->rows);
  g_free (shown);
}

static void
free_reasons (gpointer data)
{
  CcReviewReasons *reasons = data;

  g_free (reasons->title);
  g_ptr_array_unref (reasons->reasons);
  g_free (reasons);
}

/* A pair of the question that a search has compared; FALSE with an error. */
static gboolean
add_pair (CcReviewEvidence     *evidence,
          CcConnection         *connection,
          const char           *kind,
          const CcReviewRecord *a,
          const CcReviewRecord *b,
          GError              **error)
{
  GError    *problem = NULL;
  double     bits;
  double     probability;
  GPtrArray *found =
      cc_review_explain (connection, kind, a->id, b->id, &bits, &probability, &problem);
  CcReviewReasons *reasons;

  if (found == NULL)
    {
      if (g_error_matches (problem, CC_ERROR, CC_ERROR_NOT_FOUND))
        {
          g_error_free (problem);
          return TRUE;
        }
      g_propagate_error (error, problem);
      return FALSE;
    }
  reasons = g_new0 (CcReviewReasons, 1);
  reasons->reasons = found;
  reasons->bits = bits;
  reasons->probability = probability;
  reasons->title = g_strdup_printf ("%s – %s", a->entity_name, b->entity_name);
  g_ptr_array_add (evidence->pairs, reasons);
  return TRUE;
}

static const char *
find_name (const CcReviewRecord *record)
{
  const CcRecord *stated = record->source.record;

  for (guint i = 0; i < stated->values->len; i++)
    {
      const CcValue *value = stated->values->pdata[i];

      if (strcmp (value->variable->name, "family") == 0 && value->text != NULL)
        return value->text;
    }
  return NULL;
}

static gboolean
read_frequency (CcReviewEvidence *evidence,
                CcConnection     *connection,
                const char       *kind,
                CcReviewCase     *records,
                GError          **error)
{
  const char   *name = records->records->len > 0 ? find_name (records->records->pdata[0]) : NULL;
  CcReviewState state;

  if (name == NULL)
    return TRUE;
  evidence->n_name = cc_review_count_name (connection, kind, name, error);
  if (evidence->n_name < 0 || !cc_review_read_state (connection, kind, &state, error))
    return FALSE;
  evidence->name = g_strdup (name);
  evidence->n_records = state.n_records;
  return TRUE;
}

gpointer
cc_review_evidence_read (CcSession    *session,
                         CcConnection *connection,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  const CcReviewQuestion *question = data;
  CcReviewEvidence       *evidence = g_new0 (CcReviewEvidence, 1);
  CcReviewCase           *records =
      cc_review_read_case (cc_session_get_file (session), connection, question->item.records,
                           question->item.n_records, error);
  gboolean ok = records != NULL;

  evidence->proposal = question->item.proposal;
  evidence->pairs = g_ptr_array_new_with_free_func (free_reasons);
  for (guint i = 0; ok && i < records->records->len; i++)
    for (guint j = i + 1; ok && j < records->records->len; j++)
      ok = add_pair (evidence, connection, question->kind, records->records->pdata[i],
                     records->records->pdata[j], error);
  ok = ok && read_frequency (evidence, connection, question->kind, records, error);
  cc_review_case_free (records);
  if (ok)
    return evidence;
  cc_review_evidence_free (evidence);
  return NULL;
}

void
cc_review_evidence_free (gpointer data)
{
  CcReviewEvidence *evidence = data;

  if (evidence == NULL)
    return;
  g_ptr_array_unref (evidence->pairs);
  g_free (evidence->name);
  g_free (evidence);
}
