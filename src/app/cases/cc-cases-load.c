/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cases-load.h"

#include <cc/store/cc-entity.h>
#include <cc/store/cc-record-detail.h>

#include <string.h>

static const char *const units[] = { "victim", "perpetrator", "event" };

CcCasesRequest *
cc_cases_request_new (const char *unit, const CcRecordQuery *query, CcRecordTable *table)
{
  CcCasesRequest *self = g_new0 (CcCasesRequest, 1);

  self->unit = g_strdup (unit);
  self->query = cc_record_query_copy (query);
  self->table = table != NULL ? cc_record_table_ref (table) : NULL;
  return self;
}

void
cc_cases_request_free (CcCasesRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_free (self->target);
  cc_record_query_free (self->query);
  cc_record_table_unref (self->table);
  g_free (self);
}

void
cc_cases_result_free (CcCasesResult *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_free (self->target);
  g_free (self->delivery);
  cc_record_query_free (self->query);
  cc_record_list_free (self->list);
  cc_record_table_unref (self->table);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

typedef struct
{
  CcSession      *session;
  CcConnection   *connection;
  CcCasesRequest *request;
  CcCasesResult  *result;
} Load;

/* "record:12" is the target for "record:": its value, NULL for other targets. */
static const char *
get_value (const Load *self, const char *prefix)
{
  const char *target = self->request->target;

  return target != NULL && g_str_has_prefix (target, prefix) ? target + strlen (prefix) : NULL;
}

static void
set_unit (Load *self, const char *unit)
{
  if (g_strcmp0 (self->result->unit, unit) == 0)
    return;
  g_free (self->result->unit);
  self->result->unit = g_strdup (unit);
  g_clear_pointer (&self->request->table, cc_record_table_unref);
  cc_record_query_clear (self->result->query);
}

/* A record that is gone leaves the list as it was: nobody has to know what a link once meant. */
static gboolean
find_record (Load *self, GError **error)
{
  CcCaseFile   *file = cc_session_get_file (self->session);
  const char   *record = get_value (self, "record:");
  const char   *saved = get_value (self, "saved:");
  const char   *person = get_value (self, "person:");
  const CcUnit *unit = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 id = 0;

  if (record != NULL)
    id = g_ascii_strtoll (record, NULL, 10);
  else if (saved != NULL)
    id = g_ascii_strtoll (saved, NULL, 10);
  else if (person != NULL)
    id = cc_record_find_member (self->connection, g_ascii_strtoll (person, NULL, 10), &problem);
  if (id != 0)
    id = cc_record_locate (file, self->connection, id, &unit, &problem);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (id == 0)
    return TRUE;
  self->result->select = id;
  set_unit (self, unit->name);
  return TRUE;
}

static void
find_unit (Load *self, const char *unit)
{
  CcPack *pack = cc_case_file_get_pack (cc_session_get_file (self->session));

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (unit, units[i]) == 0
        || strcmp (unit, cc_pack_find_unit (pack, units[i])->abbr) == 0)
      set_unit (self, units[i]);
}

static void
find_sign (Load *self, const char *sign)
{
  static const struct
  {
    const char  *name;
    CcRecordSign sign;
  } signs[] = { { "error", CC_SIGN_ERROR },
                { "warning", CC_SIGN_WARNING },
                { "pair", CC_SIGN_PAIR },
                { "joined", CC_SIGN_JOINED },
                { "typed", CC_SIGN_TYPED } };

  cc_record_query_clear (self->result->query);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strcmp (sign, signs[i].name) == 0)
      cc_record_query_choose (self->result->query, CC_FACET_SIGN, signs[i].sign, TRUE);
}

static gboolean
find_target (Load *self, GError **error)
{
  const char *value;

  if (!find_record (self, error))
    return FALSE;
  if ((value = get_value (self, "unit:")) != NULL)
    find_unit (self, value);
  else if (get_value (self, "state:parked") != NULL)
    set_unit (self, CC_CASES_PARKED);
  else if ((value = get_value (self, "sign:")) != NULL)
    find_sign (self, value);
  else if ((value = get_value (self, "submission:")) != NULL)
    {
      cc_record_query_clear (self->result->query);
      self->result->query->submission = g_ascii_strtoll (value, NULL, 10);
    }
  else if ((value = get_value (self, "entity:")) != NULL)
    {
      g_autoptr (CcEntity) entity =
          cc_entity_find (cc_session_get_file (self->session), value, NULL);

      cc_record_query_clear (self->result->query);
      if (entity != NULL)
        cc_record_query_choose (self->result->query, CC_FACET_AGENCY, entity->id, TRUE);
    }
  return TRUE;
}

static gboolean
is_listed (const CcCasesResult *result)
{
  for (guint i = 0; i < result->ids->len; i++)
    if (g_array_index (result->ids, gint64, i) == result->select)
      return TRUE;
  return FALSE;
}

static gboolean
ask (Load *self, GError **error)
{
  CcCasesResult *result = self->result;

  g_clear_pointer (&result->list, cc_record_list_free);
  g_clear_pointer (&result->ids, g_array_unref);
  result->list = cc_record_table_query (result->table, self->connection, result->query, error);
  if (result->list == NULL)
    return FALSE;
  result->ids = g_array_ref (result->list->ids);
  return TRUE;
}

/* A target that the query hides is shown by asking for less, and at last for what is withdrawn.
 * What was just saved changes nothing of what somebody asked for: there it is said. */
static gboolean
list_records (Load *self, GError **error)
{
  CcCasesResult *result = self->result;

  result->table = g_steal_pointer (&self->request->table);
  if (result->table == NULL)
    result->table = cc_record_table_load (cc_session_get_file (self->session), self->connection,
                                          result->unit, error);
  if (result->table == NULL || !ask (self, error))
    return FALSE;
  if (result->select == 0 || is_listed (result))
    return TRUE;
  if (get_value (self, "saved:") != NULL)
    {
      result->hidden = result->select;
      result->select = 0;
      return TRUE;
    }
  cc_record_query_clear (result->query);
  if (!ask (self, error))
    return FALSE;
  if (is_listed (result))
    return TRUE;
  cc_record_query_choose (result->query, CC_FACET_STATE, 1, TRUE);
  return ask (self, error);
}

/* A delivery of suspects alone is not shown as an empty list of victims. */
static gboolean
list_delivery (Load *self, GError **error)
{
  const gint64 submission = self->result->query->submission;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      set_unit (self, units[i]);
      self->result->query->submission = submission;
      g_clear_pointer (&self->result->table, cc_record_table_unref);
      if (!list_records (self, error))
        return FALSE;
      if (self->result->ids->len > 0)
        return TRUE;
    }
  return TRUE;
}

static gboolean
name_delivery (Load *self, GError **error)
{
  g_autoptr (GPtrArray) deliveries = NULL;

  if (self->result->query->submission == 0)
    return TRUE;
  deliveries = cc_submission_list (cc_session_get_file (self->session), error);
  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++)
    {
      const CcSubmission *delivery = g_ptr_array_index (deliveries, i);

      if (delivery->id == self->result->query->submission)
        self->result->delivery = g_strdup (delivery->file_name);
    }
  return deliveries != NULL;
}

gpointer
cc_cases_load (CcSession    *session,
               CcConnection *connection,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  CcCasesRequest *request = data;
  g_autoptr (CcCasesResult) result = g_new0 (CcCasesResult, 1);
  Load load = { session, connection, request, result };
  g_autoptr (GArray) parked = cc_parked_list (connection, 0, error);
  gboolean ok;

  if (parked == NULL)
    return NULL;
  result->n_parked = parked->len;
  result->unit = g_strdup (request->unit);
  result->query = cc_record_query_copy (request->query);
  result->target = g_strdup (request->target);
  if (!find_target (&load, error))
    return NULL;
  if (strcmp (result->unit, CC_CASES_PARKED) == 0)
    {
      result->ids = result->query->submission != 0
                        ? cc_parked_list (connection, result->query->submission, error)
                        : g_steal_pointer (&parked);
      ok = result->ids != NULL;
    }
  else if (get_value (&load, "submission:") != NULL)
    ok = list_delivery (&load, error);
  else
    ok = list_records (&load, error);
  return ok && name_delivery (&load, error) ? g_steal_pointer (&result) : NULL;
}
