/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-figure-params.h"

#include <string.h>

CcFigureParams *
cc_figure_params_new (const char *id, GArray *periods, const char *language)
{
  CcFigureParams *self = g_new0 (CcFigureParams, 1);

  self->id = g_strdup (id);
  self->periods = g_array_ref (periods);
  self->language = g_strdup (language);
  return self;
}

CcFigureParams *
cc_figure_params_copy (const CcFigureParams *self)
{
  CcFigureParams *copy = cc_figure_params_new (self->id, self->periods, self->language);

  copy->count = g_strdup (self->count);
  copy->rows = g_strdup (self->rows);
  copy->cols = g_strdup (self->cols);
  copy->where = g_strdup (self->where);
  copy->date = g_strdup (self->date);
  copy->agencies = g_strdupv (self->agencies);
  return copy;
}

void
cc_figure_params_free (CcFigureParams *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->count);
  g_free (self->rows);
  g_free (self->cols);
  g_free (self->where);
  g_free (self->date);
  g_array_unref (self->periods);
  g_strfreev (self->agencies);
  g_free (self->language);
  g_free (self);
}

void
cc_figure_params_set_years (CcFigureParams *self, int first, int last)
{
  g_array_unref (self->periods);
  self->periods = cc_periods_new_years (MIN (first, last), MAX (first, last), 1);
}

gboolean
cc_figure_params_set_days (CcFigureParams *self, const char *first, const char *last)
{
  g_autofree char *from = g_strstrip (g_strdup (first));
  g_autofree char *to = g_strstrip (g_strdup (last));
  CcInterval       begin, end;

  if (!cc_interval_from_iso (from, &begin) || !cc_interval_from_iso (to, &end)
      || begin.first > end.last)
    return FALSE;
  g_array_unref (self->periods);
  self->periods = cc_periods_new_days (begin.first, end.last);
  return TRUE;
}

void
cc_figure_params_set_agencies (CcFigureParams *self, char **keys, guint n_all)
{
  const guint n = keys != NULL ? g_strv_length (keys) : 0;

  g_clear_pointer (&self->agencies, g_strfreev);
  if (n > 0 && n < n_all)
    self->agencies = g_strdupv (keys);
}

CcReportFigureRequest
cc_figure_params_to_request (const CcFigureParams *self)
{
  return (CcReportFigureRequest){
    .id = self->id,
    .count = self->count,
    .rows = self->rows,
    .cols = self->cols,
    .where = self->where,
    .date = self->date,
    .periods = self->periods,
    .agencies = (const char *const *) self->agencies,
    .language = self->language,
  };
}

char *
cc_figure_params_make_file_name (const CcFigureParams *self, const char *suffix)
{
  const CcPeriod  *first = &g_array_index (self->periods, CcPeriod, 0);
  const CcPeriod  *last = &g_array_index (self->periods, CcPeriod, self->periods->len - 1);
  const char      *colon = self->id != NULL ? strchr (self->id, ':') : NULL;
  const char      *id = self->id == NULL ? "table" : colon != NULL ? colon + 1 : self->id;
  g_autofree char *from = cc_day_to_iso (first->interval.first);
  g_autofree char *to = cc_day_to_iso (last->interval.last);

  if (g_str_equal (first->code, "days"))
    return g_strdup_printf ("%s-%s-%s.%s", id, from, to, suffix);
  if (self->periods->len == 1)
    return g_strdup_printf ("%s-%s.%s", id, first->code, suffix);
  return g_strdup_printf ("%s-%s-%s.%s", id, first->code, last->code, suffix);
}

const char *
cc_figure_params_get_usual_date (const char *count)
{
  static const char *const dates[][2] = {
    { "victims", "detected-on" }, { "registrations", "registered-on" }, { "perps", "contact-on" },
    { "events", "recorded-on" },  { "returns", "period-to" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    if (g_str_equal (dates[i][0], count))
      return dates[i][1];
  return NULL;
}
